import Foundation
import XCTest
import ZeroMQ

/// Tasks whose calls are always ready leave time for everything else that an executor does.
final class ExecutorFairnessTests: AsyncTestCase {
  /// There are a dozen floods, each of which a failure lets go on to its end.
  override var deadline: Duration { .seconds(200) }

  /// How long a flood goes on, and how far it has come.
  private final class Flood: Sendable {
    let executor: SocketExecutor
    private let calls = Counter()
    private let isOver = Counter()
    private let end = ContinuousClock.now + AsyncTestCase.moment

    init(on executor: SocketExecutor) {
      self.executor = executor
    }

    /// Whether there is a further call; asked before each.
    var goesOn: Bool {
      calls.increment()
      return isOver.value == 0 && ContinuousClock.now < end
    }

    /// Whether it has ended by itself, because nothing has ended it in time.
    var hasRunOut: Bool { ContinuousClock.now >= end }

    /// Lets it come into its stride.
    func waitForCalls() async { await calls.wait(for: calls.value + 500) }

    func stop() { isOver.increment() }
  }

  private typealias Body = @Sendable (Context, Flood) async throws -> Void

  /// What never waits, or hardly ever, in a task of the flood's executor.
  private static let floods: [(name: String, body: Body)] = [
    (
      "sends",
      { context, flood in
        let pub = try context.socket(.pub)
        while flood.goesOn { try await pub.send("flood") }
      }
    ),
    (
      "two tasks",
      { context, flood in
        let other = Task(executorPreference: flood.executor) {
          let pub = try context.socket(.pub)
          while flood.goesOn { try await pub.send("flood") }
        }
        let pub = try context.socket(.pub)
        while flood.goesOn { try await pub.send("flood") }
        try await other.value
      }
    ),
    (
      "an actor",
      { context, flood in
        let publisher = Publisher(try context.socket(.pub), on: flood.executor)
        try await publisher.publish { flood.goesOn }
      }
    ),
    (
      "a sequence of messages",
      { context, flood in
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
        try await push.send("flood")
        for try await message in pull.messages {
          guard flood.goesOn else { break }
          try await push.send(message)
        }
      }
    ),
    (
      "messages with a timeout",
      { context, flood in
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
        while flood.goesOn {
          _ = try await push.send("flood", timeout: .seconds(1))
          _ = try await pull.receive(timeout: .seconds(1))
        }
      }
    ),
    (
      "waits for a socket",
      { context, flood in
        let pub = try context.socket(.pub)
        while flood.goesOn { _ = try await pub.wait(for: .writable) }
      }
    ),
    (
      "a poller of sockets",
      { context, flood in
        let (pub, pull) = (try context.socket(.pub), try context.socket(.pull))
        var poller = Poller()
        poller.add(pull, for: .readable)
        poller.add(pub, for: .writable)
        while flood.goesOn { _ = try await poller.wait() }
      }
    ),
    (
      "a poller of a descriptor",
      { _, flood in
        var poller = Poller()
        poller.add(fileDescriptor: STDERR_FILENO, for: .writable)
        while flood.goesOn { _ = try await poller.wait() }
      }
    ),
    (
      "new pollers of a descriptor",
      { _, flood in
        while flood.goesOn {
          var poller = Poller()
          poller.add(fileDescriptor: STDERR_FILENO, for: .writable)
          _ = try await poller.wait()
        }
      }
    ),
    (
      "a poller of a monitor",
      { context, flood in
        let socket = try context.socket(.pull)
        let monitor = try socket.monitor()
        try socket.bind("tcp://127.0.0.1:*")
        var poller = Poller()
        poller.add(monitor)
        while flood.goesOn { _ = try await poller.wait() }
      }
    ),
    (
      "new sockets",
      { context, flood in
        while flood.goesOn {
          do {
            let pub = try context.socket(.pub)
            try await pub.send("flood")
          } catch .tooManyOpenFiles {
            // libzmq releases closed sockets on a thread of its own.
            sched_yield()
          }
        }
      }
    ),
    (
      "requests",
      { context, flood in
        let (rep, req) = (try context.socket(.rep), try context.socket(.req))
        try req.connect(try rep.bind(Transport.inproc.newEndpoint()))
        let server = Task(executorPreference: flood.executor) {
          for try await request in rep.messages { try await rep.send(request) }
        }
        while flood.goesOn { _ = try await req.request("flood") }
        server.cancel()
        _ = await server.result
      }
    ),
    (
      "a request among messages that are no replies",
      { context, flood in
        let router = try context.socket(.router)
        try router.set(.routerMandatory, to: true)
        let endpoint = try router.bind(Transport.inproc.newEndpoint())
        let dealer = try context.socket(.dealer)
        try dealer.set(.routingID, to: "dealer")
        try dealer.connect(endpoint)
        let other = Task(executorPreference: SocketExecutor()) {
          while flood.goesOn { _ = try await router.send("dealer", "no reply", timeout: .milliseconds(10)) }
        }
        while flood.goesOn { _ = try await dealer.request("flood", timeout: .milliseconds(10)) }
        try await other.value
      }
    ),
    (
      "a proxy",
      { context, flood in
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        let (frontend, backend) = (try pull.bind(Transport.inproc.newEndpoint()), try push.bind(Transport.inproc.newEndpoint()))
        let control = ProxyControl()
        let producer = Task(executorPreference: SocketExecutor()) {
          let socket = try context.socket(.push)
          try socket.connect(frontend)
          while flood.goesOn { _ = try await socket.send("flood", timeout: .milliseconds(10)) }
          control.terminate()
        }
        let consumer = Task(executorPreference: SocketExecutor()) {
          let socket = try context.socket(.pull)
          try socket.connect(backend)
          while flood.goesOn { _ = try await socket.receive(timeout: .milliseconds(10)) }
        }
        try await proxy(frontend: pull, backend: push, control: control)
        try await producer.value
        try await consumer.value
      }
    ),
  ]

  /// Checks something during each of the floods, which must still go on afterwards.
  private func duringFloods(
    line: UInt = #line, _ check: (_ name: String, Flood, Task<Void, any Error>) async throws -> Void
  ) async throws {
    for (name, body) in Self.floods {
      let flood = Flood(on: SocketExecutor())
      let context = context
      let running = Task(executorPreference: flood.executor) { try await body(context, flood) }
      await flood.waitForCalls()
      try await assertPrompt(name, line: line) { try await check(name, flood, running) }
      XCTAssertFalse(flood.hasRunOut, "\(name) left no time for others", line: line)
      flood.stop()
      if case .failure(let error) = await running.result { XCTAssert(error is CancellationError, "\(name): \(error)", line: line) }
    }
  }

  func testDeadlinesOfOtherTasksPass() async throws {
    let context = context
    try await duringFloods { name, flood, _ in
      let other = Task(executorPreference: flood.executor) {
        let pull = try context.socket(.pull)
        for _ in 0..<10 { if try await pull.receive(timeout: .milliseconds(1)) != nil { return false } }
        return true
      }
      let isInTime = try await other.value
      XCTAssertTrue(isInTime, name)
    }
  }

  func testMessagesWakeOtherTasks() async throws {
    let context = context
    try await duringFloods { _, flood, _ in
      let (rep, req) = (try context.socket(.rep), try context.socket(.req))
      let endpoint = try rep.bind(Transport.tcp.newEndpoint())
      let server = Task(executorPreference: flood.executor) {
        for try await request in rep.messages { try await rep.send(request) }
      }
      try req.connect(endpoint)
      for _ in 0..<10 { _ = try await req.request("ping") }
      server.cancel()
      _ = await server.result
    }
  }

  func testJobsOfOtherThreadsRun() async throws {
    try await duringFloods { _, flood, _ in
      for _ in 0..<20 { await flood.executor.run { await Task.yield() } }
    }
  }

  /// Starts a task that waits for a message which never comes, and returns when it is about to.
  private static func startWaiting(on executor: SocketExecutor, in context: Context) async -> Task<Void, any Error> {
    let (isWaiting, waiting) = AsyncStream.makeStream(of: Void.self)
    let task = Task(executorPreference: executor) {
      let pull = try context.socket(.pull)
      waiting.finish()
      _ = try await pull.receive()
    }
    for await _ in isWaiting {}
    return task
  }

  func testOtherTasksAreCancelled() async throws {
    let context = context
    try await duringFloods { name, flood, _ in
      for _ in 0..<10 {
        let other = await Self.startWaiting(on: flood.executor, in: context)
        other.cancel()
        await assertCancelled(name) { try await other.value }
      }
    }
  }

  func testFloodItselfIsCancelled() async throws {
    try await duringFloods { _, _, running in
      running.cancel()
      _ = await running.result
    }
  }

  func testShutdownCancelsTheWaitsOfOtherTasksAndLetsJobsRun() async throws {
    let context = context
    try await duringFloods { name, flood, _ in
      let other = await Self.startWaiting(on: flood.executor, in: context)
      flood.executor.shutdown()
      await assertCancelled(name) { try await other.value }
      // Jobs still run.
      for _ in 0..<5 { await flood.executor.run { await Task.yield() } }
    }
  }

  /// The events of a monitor end at some time, so another thread's job must come before their end.
  func testEventsOfAMonitorLeaveTimeForOtherThreads() async throws {
    let executor = SocketExecutor()
    let socket = try context.socket(.pull)
    let monitor = try socket.monitor()
    let count = 1000
    for _ in 0..<count { try socket.unbind(try socket.bind("tcp://127.0.0.1:*")) }
    socket.close()
    let (hasBegun, hasJob) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let received = Counter()
    let receivedBefore = Counter()
    let thread = TestThread {
      hasBegun.wait()
      Task(executorPreference: executor) { receivedBefore.add(received.value) }
      hasJob.signal()
    }
    let reader = Task(executorPreference: executor) {
      for try await _ in monitor {
        received.increment()
        guard received.value == 1 else { continue }
        hasBegun.signal()
        ExecutorFairnessTests.block(until: hasJob)
      }
    }
    try await reader.value
    try thread.join()
    XCTAssertGreaterThan(received.value, 2 * count)
    XCTAssertGreaterThan(receivedBefore.value, 0)
    XCTAssertLessThan(receivedBefore.value, 500)
  }

  private static func block(until semaphore: DispatchSemaphore) {
    XCTAssertEqual(semaphore.wait(timeout: .now() + patience.seconds), .success)
  }

  /// Subscriptions that come and go are read without end, but not longer than the timeout says.
  func testWaitForSubscribersEndsInTimeDuringAFlood() async throws {
    let context = context
    let flood = Flood(on: SocketExecutor())
    let xpub = try context.socket(.xpub)
    let endpoint = try xpub.bind(Transport.inproc.newEndpoint())
    let subscriber = Task(executorPreference: SocketExecutor()) {
      let xsub = try context.socket(.xsub)
      try xsub.connect(endpoint)
      var number = 0
      while flood.goesOn {
        number += 1
        try await xsub.send(number % 2 == 1 ? [1, 65] : [0, 65])
      }
    }
    await flood.waitForCalls()
    let waiter = Task(executorPreference: flood.executor) { try await xpub.waitForSubscribers(2, timeout: .milliseconds(100)) }
    let isThere = try await assertPrompt("the timeout") { try await waiter.value }
    XCTAssertFalse(isThere)
    XCTAssertFalse(flood.hasRunOut)
    flood.stop()
    try await subscriber.value
  }
}

/// An actor on a socket executor, whose socket never waits.
private actor Publisher {
  private let executor: SocketExecutor
  private let socket: PubSocket

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  init(_ socket: sending PubSocket, on executor: SocketExecutor) {
    (self.socket, self.executor) = (socket, executor)
  }

  func publish(while goesOn: @Sendable () -> Bool) async throws {
    while goesOn() { try await socket.send("flood") }
  }
}
