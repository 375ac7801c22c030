import Foundation
import ZeroMQ

/// Ends contexts in the middle of every call that waits, with monitors, authenticators and proxies alive.
struct Storm {
  let count: Int
  let watchdog: Watchdog

  /// A use of sockets of its own that goes on until its context ends.
  private typealias Blocking = @Sendable (Context, String) throws -> Void
  private typealias Asynchronous = @Sendable (Context, String) async throws -> Void

  func run(seed: UInt64) async throws -> String {
    watchdog.begin("contexts that end")
    let overseer = watchdog.worker("the end")
    var random = SeededGenerator(seed: seed)
    let executors: [SocketExecutor?] = [nil, SocketExecutor(), SocketExecutor()]
    var uses = 0
    for round in 0..<count {
      let context = try Context(.init(ioThreads: Int.random(in: 1...2, using: &random), blocky: false))
      let authenticator = random.isOne(in: 2) ? try Authenticator(context) : nil
      authenticator?.serve("global", by: random.isOne(in: 2) ? Self.slowDecision : .addressesOnly)
      // A monitor that nobody reads, and one whose socket is closed.
      let (first, second) = (try context.socket(.rep), try context.socket(.rep))
      let monitors = (try first.monitor(), try second.monitor())
      try second.bind("tcp://127.0.0.1:*")
      if random.isOne(in: 2) { second.close() }
      let (blocking, asynchronous) = (Self.blocking.shuffled(using: &random), Self.asynchronous.shuffled(using: &random))
      try await withThrowingTaskGroup { group in
        for (number, use) in blocking.prefix(Int.random(in: 1...5, using: &random)).enumerated() {
          let worker = watchdog.worker("\(use.name) in round \(round)")
          let endpoint = Self.endpoint(round, number, using: &random)
          group.addTask { try await onThread(worker) { try use.body(context, endpoint) } }
          uses += 1
        }
        for (number, use) in asynchronous.prefix(Int.random(in: 1...5, using: &random)).enumerated() {
          let worker = watchdog.worker("\(use.name) in round \(round)")
          let endpoint = Self.endpoint(round, 100 + number, using: &random)
          let executor = executors[Int.random(in: 0..<executors.count, using: &random)]
          group.addTask {
            worker.note(.receiving)
            try await Task(executorPreference: executor) {
              try await untilTheEnd(worker) { try await use.body(context, endpoint) }
            }.value
          }
          uses += 1
        }
        let time = [0, 100, 1000, 4000][Int.random(in: 0..<4, using: &random)]
        if time > 0 { try await Task.sleep(for: .microseconds(Int.random(in: 0...time, using: &random))) }
        overseer.note(.resting)
        if random.isOne(in: 3) { context.shutdown() }
        if random.isOne(in: 2) {
          group.addTask { try await context.terminate() }
          first.close()
          second.close()
        } else {
          context.shutdown()
        }
        try await group.waitForAll()
      }
      first.close()
      second.close()
      if random.isOne(in: 2) { try await context.terminate() }
      if random.isOne(in: 2) { await authenticator?.stop() }
      withExtendedLifetime(monitors) {}
      overseer.advance()
      watchdog.move()
      if round % 100 == 99 { watchdog.forgetFinished() }
    }
    overseer.note(.finished)
    return "\(count) contexts, \(uses) uses of their sockets"
  }

  /// An endpoint to use: one that is there, one that is not, or a name that is bound later or never.
  private static func endpoint(_ round: Int, _ number: Int, using random: inout SeededGenerator) -> String {
    ["inproc://\(round).\(number)", "inproc://shared", "tcp://127.0.0.1:1", "ipc:///tmp/soak-\(getpid())-nobody"][
      Int.random(in: 0..<4, using: &random)]
  }

  private static let slowDecision = AuthenticationPolicy.decision { _ async in
    try? await Task.sleep(for: .milliseconds(2))
    return .accept()
  }

  private static let blocking: [(name: String, body: Blocking)] = [
    (
      "send",
      { context, endpoint in
        let socket = try push(context, endpoint)
        while true { try socket.send(["one", "two"]) }
      }
    ),
    (
      "send in time",
      { context, endpoint in
        let socket = try push(context, endpoint)
        while true { _ = try socket.send("text", timeout: .milliseconds(1)) }
      }
    ),
    (
      "send if ready",
      { context, endpoint in
        let socket = try push(context, endpoint)
        while true { _ = try socket.sendIfReady("text") }
      }
    ),
    (
      "send frames",
      { context, endpoint in
        let socket = try push(context, endpoint)
        while true {
          try socket.send(UniqueFrame("one"), more: true)
          try socket.send(UniqueFrame("two"), more: false)
        }
      }
    ),
    (
      "receive",
      { context, _ in
        let socket = try pull(context)
        while true { _ = try socket.receive() }
      }
    ),
    (
      "receive in time",
      { context, _ in
        let socket = try pull(context)
        while true { _ = try socket.receive(timeout: .milliseconds(1)) }
      }
    ),
    (
      "receive frames",
      { context, _ in
        let socket = try pull(context)
        var frame = UniqueFrame()
        while true { try socket.receive(into: &frame) }
      }
    ),
    (
      "pair",
      { context, _ in
        let (push, pull) = (try context.socket(.push), try context.socket(.pull))
        try push.connect(try pull.bind("tcp://127.0.0.1:*"))
        while true {
          try push.send("ping")
          _ = try pull.receive()
        }
      }
    ),
    (
      "request",
      { context, endpoint in
        let socket = try context.socket(.req)
        try socket.connect(endpoint)
        while true { _ = try socket.request("ping") }
      }
    ),
    (
      "request in time",
      { context, endpoint in
        let socket = try context.socket(.req)
        try socket.connect(endpoint)
        while true { _ = try socket.request("ping", timeout: .milliseconds(1)) }
      }
    ),
    (
      "poll",
      { context, endpoint in
        let (push, pull) = (try push(context, endpoint), try pull(context))
        let monitor = try pull.monitor()
        var poller = Poller()
        poller.add(pull, for: .readable)
        poller.add(monitor)
        poller.add(push, for: [])
        while true { if try poller.wait().contains(monitor) { _ = try monitor.receiveIfReady() } }
      }
    ),
    (
      "read a monitor",
      { context, endpoint in
        let socket = try context.socket(.push)
        let monitor = try socket.monitor()
        try socket.connect(endpoint)
        while true { _ = try monitor.receive() }
      }
    ),
    (
      "wait for a connection",
      { context, endpoint in
        let socket = try context.socket(.push)
        let monitor = try socket.monitor()
        try socket.connect(endpoint)
        while true { _ = try monitor.waitForConnection(timeout: .seconds(100)) }
      }
    ),
    (
      "wait for subscribers",
      { context, _ in
        let socket = try context.socket(.xpub)
        try socket.bind("tcp://127.0.0.1:*")
        while true { _ = try socket.waitForSubscribers(1, timeout: .seconds(100)) }
      }
    ),
    (
      "proxy",
      { context, _ in
        let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
        try router.bind("tcp://127.0.0.1:*")
        try dealer.bind("tcp://127.0.0.1:*")
        try proxy(frontend: router, backend: dealer)
      }
    ),
    (
      "open and close",
      { context, endpoint in
        while true {
          let socket = try context.socket(.dealer)
          try socket.connect(endpoint)
          let monitor = try socket.monitor()
          try socket.send("text")
          try socket.disconnect(endpoint)
          socket.close()
          _ = try monitor.receiveIfReady()
        }
      }
    ),
    (
      "proxy with a capture",
      { context, endpoint in
        let (pull, push, capture) = (try pull(context), try push(context, endpoint), try context.socket(.pub))
        try capture.bind("tcp://127.0.0.1:*")
        try proxy(frontend: pull, backend: push, capture: capture)
      }
    ),
    (
      "wait for readiness",
      { context, _ in
        let socket = try pull(context)
        while true { _ = try socket.wait(for: .readable) }
      }
    ),
    (
      "react",
      { context, endpoint in
        let (push, pull) = (try push(context, endpoint), try pull(context))
        let reactor = Reactor()
        reactor.add(pull) { _ in _ = try pull.receiveIfReady() }
        reactor.add(push, for: .writable) { _ in _ = try push.sendIfReady("text") }
        _ = reactor.schedule(after: .microseconds(200), repeating: true) { _ in }
        while true { try reactor.run() }
      }
    ),
    (
      "request of a DEALER",
      { context, endpoint in
        let socket = try context.socket(.dealer)
        try socket.connect(endpoint)
        while true { _ = try socket.request("ping") }
      }
    ),
    (
      "read a monitor in time",
      { context, endpoint in
        let socket = try context.socket(.push)
        let monitor = try socket.monitor()
        try socket.connect(endpoint)
        while true { _ = try monitor.receive(timeout: .milliseconds(1)) }
      }
    ),
    (
      "wait for connections",
      { context, endpoint in
        let socket = try context.socket(.push)
        let monitor = try socket.monitor()
        try socket.connect(endpoint)
        while try !monitor.waitForConnections(2, timeout: .milliseconds(1)) {}
      }
    ),
    (
      "be authenticated",
      { context, _ in
        let (server, client) = (try context.socket(.pull), try context.socket(.push))
        try server.secure(.plainServer(domain: "global"))
        try client.secure(.plainClient(username: "user", password: "password"))
        try client.connect(try server.bind("tcp://127.0.0.1:*"))
        while true { _ = try server.receive() }
      }
    ),
  ]

  private static let asynchronous: [(name: String, body: Asynchronous)] = [
    (
      "send, async",
      { context, endpoint in
        let socket = try push(context, endpoint)
        while true { try await socket.send(["one", "two"]) }
      }
    ),
    (
      "send in time, async",
      { context, endpoint in
        let socket = try push(context, endpoint)
        while true { _ = try await socket.send("text", timeout: .milliseconds(1)) }
      }
    ),
    (
      "send frames, async",
      { context, endpoint in
        let socket = try push(context, endpoint)
        while true {
          try await socket.send(UniqueFrame("one"), more: true)
          try await socket.send(UniqueFrame("two"), more: false)
        }
      }
    ),
    (
      "receive, async",
      { context, _ in
        let socket = try pull(context)
        while true { _ = try await socket.receive() }
      }
    ),
    (
      "receive in time, async",
      { context, _ in
        let socket = try pull(context)
        while true { _ = try await socket.receive(timeout: .milliseconds(1)) }
      }
    ),
    (
      "receive frames, async",
      { context, _ in
        let socket = try pull(context)
        var frame = UniqueFrame()
        while true { try await socket.receive(into: &frame) }
      }
    ),
    (
      "messages",
      { context, _ in
        for try await _ in try pull(context).messages {}
      }
    ),
    (
      "wait for readiness",
      { context, _ in
        let socket = try pull(context)
        while true { _ = try await socket.wait(for: .readable) }
      }
    ),
    (
      "pair, async",
      { context, _ in
        let (push, pull) = (try context.socket(.push), try context.socket(.pull))
        try push.connect(try pull.bind("tcp://127.0.0.1:*"))
        while true {
          try await push.send("ping")
          _ = try await pull.receive()
        }
      }
    ),
    (
      "request, async",
      { context, endpoint in
        let socket = try context.socket(.req)
        try socket.connect(endpoint)
        while true { _ = try await socket.request("ping") }
      }
    ),
    (
      "request of a DEALER, async",
      { context, endpoint in
        let socket = try context.socket(.dealer)
        try socket.connect(endpoint)
        while true { _ = try await socket.request("ping") }
      }
    ),
    (
      "request in time, async",
      { context, endpoint in
        let socket = try context.socket(.dealer)
        try socket.connect(endpoint)
        while true { _ = try await socket.request("ping", timeout: .milliseconds(1)) }
      }
    ),
    (
      "poll, async",
      { context, endpoint in
        let (push, pull) = (try push(context, endpoint), try pull(context))
        let monitor = try pull.monitor()
        var poller = Poller()
        poller.add(pull, for: .readable)
        poller.add(monitor)
        poller.add(push, for: [])
        while true { if try await poller.wait().contains(monitor) { _ = try monitor.receiveIfReady() } }
      }
    ),
    (
      "read a monitor, async",
      { context, endpoint in
        let socket = try context.socket(.push)
        let monitor = try socket.monitor()
        try socket.connect(endpoint)
        while true { _ = try await monitor.receive() }
      }
    ),
    (
      "events of a monitor",
      { context, endpoint in
        let socket = try context.socket(.push)
        let monitor = try socket.monitor()
        try socket.connect(endpoint)
        for try await _ in monitor {}
      }
    ),
    (
      "wait for a connection, async",
      { context, endpoint in
        let socket = try context.socket(.push)
        let monitor = try socket.monitor()
        try socket.connect(endpoint)
        while true { _ = try await monitor.waitForConnection(timeout: .seconds(100)) }
      }
    ),
    (
      "wait for subscribers, async",
      { context, _ in
        let socket = try context.socket(.xpub)
        try socket.bind("tcp://127.0.0.1:*")
        while true { _ = try await socket.waitForSubscribers(1, timeout: .seconds(100)) }
      }
    ),
    (
      "wait for connections, async",
      { context, endpoint in
        let socket = try context.socket(.push)
        let monitor = try socket.monitor()
        try socket.connect(endpoint)
        while try await !monitor.waitForConnections(2, timeout: .milliseconds(1)) {}
      }
    ),
    (
      "read a monitor in time, async",
      { context, endpoint in
        let socket = try context.socket(.push)
        let monitor = try socket.monitor()
        try socket.connect(endpoint)
        while true { _ = try await monitor.receive(timeout: .milliseconds(1)) }
      }
    ),
    (
      "poll a descriptor, async",
      { context, _ in
        let (socket, pipe) = (try pull(context), Pipe())
        var poller = Poller()
        poller.add(socket, for: .readable)
        poller.add(fileDescriptor: pipe.fileHandleForReading.fileDescriptor, for: .readable)
        while true { _ = try await poller.wait() }
      }
    ),
    (
      "proxy with a capture, async",
      { context, endpoint in
        let (pull, push, capture) = (try pull(context), try push(context, endpoint), try context.socket(.pub))
        try capture.bind("tcp://127.0.0.1:*")
        try await proxy(frontend: pull, backend: push, capture: capture)
      }
    ),
    (
      "proxy, async",
      { context, _ in
        let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
        try router.bind("tcp://127.0.0.1:*")
        try dealer.bind("tcp://127.0.0.1:*")
        try await proxy(frontend: router, backend: dealer)
      }
    ),
  ]

  private static func push(_ context: Context, _ endpoint: String) throws -> sending PushSocket {
    let socket = try context.socket(.push)
    try socket.set(.sendHighWaterMark, to: 1)
    try socket.connect(endpoint)
    return socket
  }

  private static func pull(_ context: Context) throws -> sending PullSocket {
    let socket = try context.socket(.pull)
    try socket.bind("tcp://127.0.0.1:*")
    return socket
  }
}

/// Runs what waits on a thread of its own.
private func onThread(_ worker: Worker, _ body: @escaping @Sendable () throws -> Void) async throws {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread {
      worker.note(.receiving)
      continuation.resume(with: Result { try check(worker, Result { try body() }) })
    }
  }
}

private func untilTheEnd(_ worker: Worker, _ body: () async throws -> Void) async throws {
  let result: Result<Void, any Error>
  do { result = .success(try await body()) } catch { result = .failure(error) }
  try check(worker, result)
}

/// Takes the end of a context for what it is, and everything else for a fault.
private func check(_ worker: Worker, _ result: Result<Void, any Error>) throws {
  worker.note(.finished)
  do { try result.get() } catch .contextTerminated {} catch { throw Fault("\(worker.name): \(error)") }
}
