import ZeroMQ

/// Opens sockets, uses them from tasks and closes them, again and again, and sees to it that nothing remains.
struct SocketTurns {
  let count: Int
  let transports: [Topology.Transport]
  let watchdog: Watchdog

  /// Sockets that are closed are released by libzmq some time later: what remains of them is waited for above this.
  private static let descriptorLimit = 300

  func run(seed: UInt64) async throws -> String {
    watchdog.begin("sockets that are opened and closed")
    let worker = watchdog.worker("sockets")
    let context = try Context(.init(blocky: false))
    let (server, executor) = (SocketExecutor(), SocketExecutor())
    var endpoints: [String] = []
    var tasks: [Task<Void, any Error>] = []
    for transport in transports {
      let router = try context.socket(.router)
      let endpoint = try router.bind(transport.newEndpoint())
      // tcp keeps the ports of closed connections for a minute, so it has its turn less often.
      endpoints += Array(repeating: endpoint, count: transport == .tcp ? 1 : 10)
      tasks.append(Task(executorPreference: server) { for try await request in router.messages { try await router.send(request) } })
    }
    let result = try await executor.run { [endpoints] in try await turn(context, endpoints, worker, seed) }
    context.shutdown()
    for task in tasks { try await task.value }
    try await context.terminate()
    worker.note(.finished)
    return result
  }

  private func turn(_ context: Context, _ endpoints: [String], _ worker: Worker, _ seed: UInt64) async throws -> String {
    var random = SeededGenerator(seed: seed)
    var start: Resources?
    // The system's timers have descriptors of their own from their first use on.
    try await Task.sleep(for: .milliseconds(1))
    for number in 0..<count {
      let endpoint = endpoints[number % endpoints.count]
      try await use(context, endpoint, number, worker, &random)
      watchdog.move()
      worker.advance()
      if number % 50 == 0 { try await waitForRelease(Self.descriptorLimit) }
      // What grows to its size only once has done so.
      if start == nil, number >= count / 5 {
        try await waitForRelease(40)
        start = .now
      }
    }
    try await waitForRelease((start?.descriptors ?? 40) + Resources.descriptorMargin)
    let end = Resources.now
    // As many sockets as may be left to be released at once take some megabytes, once they have been.
    if let start { try end.check(against: start, margin: 8_000_000) }
    return "\(count) sockets; \(start ?? end) after a fifth of them, \(end) at the end"
  }

  /// Lets one socket wait in several ways, all of which end.
  private func use(
    _ context: Context, _ endpoint: String, _ number: Int, _ worker: Worker, _ random: inout SeededGenerator
  ) async throws {
    let dealer = try context.socket(.dealer)
    worker.note(.sending)
    try dealer.connect(endpoint)
    // Not answered yet: a wait that its time ends.
    if random.isOne(in: 50) { _ = try await dealer.receive(timeout: .microseconds(50)) }
    try await dealer.send("\(number)")
    worker.note(.receiving)
    if random.isOne(in: 2) { _ = try await dealer.wait(for: .readable) }
    guard try await dealer.receive() == Message("\(number)") else { throw Fault("reply \(number) is another one") }
    if random.isOne(in: 4) {
      // The socket goes together with its task, whose wait is cancelled.
      let task = Task { try await dealer.receive() }
      await Task.yield()
      task.cancel()
      if case .success = await task.result { throw Fault("a cancelled receive of socket \(number) ended with a message") }
    } else if random.isOne(in: 2) {
      dealer.close()
    }
  }

  /// Waits until libzmq has released the descriptors of what was closed.
  private func waitForRelease(_ limit: Int) async throws {
    for _ in 0..<10_000 {
      guard let open = Resources.openDescriptors, open > limit else { return }
      try await Task.sleep(for: .milliseconds(1))
    }
    throw Fault("descriptors remain open: \(Resources.now)")
  }
}
