import ZeroMQ

/// Cancels a great many waits for one socket, and sees to it that nothing remains of them and the socket works.
struct CancelledWaits {
  let count: Int
  let watchdog: Watchdog

  private actor Owner {
    private let executor: SocketExecutor
    private let socket: PairSocket
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    init(_ socket: sending PairSocket, on executor: SocketExecutor) {
      (self.socket, self.executor) = (socket, executor)
    }

    /// How many waits have begun so far: whoever reads it finds their tasks suspended.
    private(set) var begun = 0

    func receive() async throws -> Message {
      begun += 1
      return try await socket.receive()
    }

    /// Waits in one of several ways.
    func wait(_ way: Int) async throws {
      begun += 1
      switch way {
      case 0: _ = try await socket.wait(for: .readable)
      case 1: _ = try await socket.receive(timeout: .seconds(100))
      case 2:
        var frame = UniqueFrame()
        try await socket.receive(into: &frame)
      default: _ = try await socket.receive()
      }
    }
  }

  func run() async throws -> String {
    watchdog.begin("waits that are cancelled")
    let worker = watchdog.worker("waits")
    let context = try Context(.init(blocky: false))
    let executor = SocketExecutor()
    let (socket, peer) = (try context.socket(.pair), try context.socket(.pair))
    try socket.connect(try peer.bind(Topology.Transport.inproc.newEndpoint()))
    let owner = Owner(socket, on: executor)
    // Those that wait for their turn behind a task that waits all the time are looked at as well as those that wait themselves.
    var (results, sent): ([String], Int) = ([], 0)
    for isBehind in [false, true] {
      let begun = await owner.begun
      let first = isBehind ? Task { try await owner.receive() } : nil
      while isBehind, await owner.begun == begun { await Task.yield() }
      // What grows to its size only once does so first.
      let start = try await cancel(count / 10, owner, worker)
      let end = try await cancel(count / 2, owner, worker)
      try end.check(against: start, margin: max(count * 16, 800_000))
      results.append("\(start) and \(end)")
      sent += 1
      guard try peer.sendIfReady("\(sent)") else { throw Fault("the peer cannot send") }
      let message = if let first { try await first.value } else { try await owner.receive() }
      guard message == Message("\(sent)") else { throw Fault("\(message) came instead of \(sent)") }
    }
    worker.note(.finished)
    return "\(count) waits: \(results[0]) before and after, \(results[1]) behind one that goes on"
  }

  /// Begins waits, some at a time, and cancels them.
  private func cancel(_ count: Int, _ owner: Owner, _ worker: Worker) async throws -> Resources {
    for start in stride(from: 0, to: count, by: 10) {
      worker.note(.receiving)
      let expected = await owner.begun + 10
      try await withThrowingTaskGroup { group in
        for number in start..<start + 10 {
          group.addTask { try await owner.wait(number % 4) }
        }
        while await owner.begun < expected { await Task.yield() }
        group.cancelAll()
        while let result = await group.nextResult() {
          if case .failure(let error) = result, error is CancellationError { continue }
          throw Fault("a cancelled wait ended with \(result)")
        }
      }
      worker.advance()
      watchdog.move()
    }
    return .now
  }
}
