import ZeroMQ

/// Lets a great many tasks of one executor each wait for the reply to a request of its own, all with one DEALER.
struct Requests {
  let count: Int
  let transports: [Topology.Transport]
  let watchdog: Watchdog

  /// How the tasks come to their replies.
  private enum Way: String, CaseIterable {
    /// One task receives all replies and gives each to whom it is for; they may come in any order.
    case dispatched
    /// Each task receives after it has sent. Tasks have their turn in the order in which they come, so that replies in the order of
    /// the requests are each task's own; one that gives up breaks that.
    case inTurn
  }

  func run() async throws -> String {
    var results: [String] = []
    for transport in transports {
      for way in Way.allCases {
        watchdog.begin("requests over \(transport), \(way)")
        results.append("\(transport) \(way) \(Int(try await time(transport, way) / .milliseconds(1))) ms")
      }
    }
    return "\(count) tasks: \(results.joined(separator: ", "))"
  }

  private func time(_ transport: Topology.Transport, _ way: Way) async throws -> Duration {
    let context = try Context(.init(blocky: false))
    let (executor, serverExecutor) = (SocketExecutor(), SocketExecutor())
    let router = try context.socket(.router)
    // Otherwise it drops replies that the client does not take in fast enough.
    try router.set(.routerMandatory, to: true)
    let endpoint = try router.bind(transport.newEndpoint())
    let server = Task(executorPreference: serverExecutor) { try await Self.serve(router, holdingSome: way == .dispatched) }
    let dealer = try context.socket(.dealer)
    try dealer.connect(endpoint)
    let client = Client(dealer, on: executor)
    let dispatcher = way == .dispatched ? Task(executorPreference: executor) { try await client.dispatch() } : nil
    let start = ContinuousClock.now
    try await withThrowingTaskGroup { group in
      for number in 0..<count {
        group.addTask(executorPreference: executor) {
          let reply = way == .dispatched ? try await client.request(number) : try await client.requestInTurn(number)
          guard reply == Self.request(number) else { throw Fault("\(reply) is not the reply to \(number)") }
        }
      }
      while try await group.next() != nil { watchdog.move() }
    }
    let time = ContinuousClock.now - start
    dispatcher?.cancel()
    _ = await dispatcher?.result
    context.shutdown()
    try await server.value
    return time
  }

  fileprivate static func request(_ number: Int) -> Message { [Frame("\(number)"), "body"] }

  /// Returns each request; if told so, some of them after the one that follows.
  private static func serve(_ router: RouterSocket, holdingSome: Bool) async throws {
    var count = 0
    for try await request in router.messages {
      count += 1
      if holdingSome, count % 3 == 0, let next = try await router.receive(timeout: .milliseconds(1)) { try await router.send(next) }
      try await router.send(request)
    }
  }
}

/// A DEALER that any number of tasks send requests with.
private actor Client {
  private let executor: SocketExecutor
  private let dealer: DealerSocket
  private var waiting: [Frame: CheckedContinuation<Message, Never>] = [:]
  private var early: [Frame: Message] = [:]
  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  init(_ dealer: sending DealerSocket, on executor: SocketExecutor) {
    (self.dealer, self.executor) = (dealer, executor)
  }

  /// Receives the replies, until it is cancelled.
  func dispatch() async throws {
    for try await reply in dealer.messages {
      if let continuation = waiting.removeValue(forKey: reply[0]) {
        continuation.resume(returning: reply)
      } else {
        early[reply[0]] = reply
      }
    }
  }

  func request(_ number: Int) async throws -> Message {
    let request = Requests.request(number)
    let key = request[0]
    try await dealer.send(request)
    return await withCheckedContinuation { continuation in
      // The reply may have been faster than this task.
      if let reply = early.removeValue(forKey: key) { continuation.resume(returning: reply) } else { waiting[key] = continuation }
    }
  }

  func requestInTurn(_ number: Int) async throws -> Message {
    try await dealer.send(Requests.request(number))
    return try await dealer.receive()
  }
}
