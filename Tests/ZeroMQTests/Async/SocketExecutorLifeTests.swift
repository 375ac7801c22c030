import Foundation
import XCTest
import ZeroMQ

/// How executors end, and what they cost meanwhile.
final class SocketExecutorLifeTests: AsyncTestCase {
  func testShutdownEndsWaits() async throws {
    let executor = SocketExecutor()
    let context = context
    let hasBegun = Counter()
    let tasks: [Task<Void, any Error>] = (0..<4).map { number in
      Task(executorPreference: executor) {
        let socket = try context.socket(.pair)
        hasBegun.increment()
        switch number {
        case 0: _ = try await socket.receive()
        case 1: try await socket.send("lost")
        case 2: _ = try await socket.receive(timeout: AsyncTestCase.ages)
        default: _ = try await socket.wait(for: .readable)
        }
      }
    }
    await hasBegun.wait(for: 4)
    executor.shutdown()
    for task in tasks { await assertPrompt("shutdown") { await assertCancelled { try await task.value } } }
  }

  func testWaitsAfterShutdownEndAtOnce() async throws {
    let executor = SocketExecutor()
    executor.shutdown()
    let context = context
    for _ in 0..<3 {
      await assertPrompt("shutdown") {
        await assertCancelled { try await executor.run { _ = try await context.socket(.pull).receive() } }
      }
    }
  }

  func testTasksStillRunAfterShutdown() async throws {
    let executor = SocketExecutor()
    let context = context
    let before = await executor.run { 1 }
    executor.shutdown()
    executor.shutdown()
    let after = await executor.run { 2 }
    XCTAssertEqual([before, after], [1, 2])
    // What needs no waiting works.
    try await executor.run {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
      for _ in 0..<500 {
        try await push.send("still")
        let message = try await pull.receive()
        XCTAssertEqual(message, "still")
      }
    }
  }

  func testShutdownLeavesSocketsUsable() async throws {
    let executor = SocketExecutor()
    let socket = try Self.makePair(in: context)
    let endpoint = try socket.bind(Transport.inproc.newEndpoint())
    let owner = PinnedOwner(socket, on: executor)
    let tasks = (0..<5).map { number in Task { try await owner.receive(as: number) } }
    await owner.waitForArrivals(5)
    executor.shutdown()
    for task in tasks { await assertPrompt("shutdown") { await assertCancelled { _ = try await task.value } } }
    let peer = try Self.makePair(in: context)
    try peer.connect(endpoint)
    try await peer.send("kept")
    let message = try await owner.receiveIfReady()
    XCTAssertEqual(message, "kept")
  }

  /// The turn of a task whose executor is shut down may be with a task of another one.
  func testShutdownEndsTheWaitForATurn() async throws {
    let (first, second) = (SocketExecutor(), SocketExecutor())
    let socket = try Self.makePair(in: context)
    let owner = PlainOwner(socket)
    let taken = Task(executorPreference: first) { _ = try await owner.receive(as: 0) }
    await owner.waitForArrivals(1)
    let queued = Task(executorPreference: second) { try await owner.receive(as: 1) }
    // By then it is suspended. Nobody else uses the actor meanwhile, on whose thread the task would run.
    await second.run {}
    second.shutdown()
    let timer = Task {
      try await Task.sleep(for: AsyncTestCase.moment)
      await owner.close()
    }
    await assertCancelled { _ = try await queued.value }
    timer.cancel()
    taken.cancel()
    await assertCancelled { _ = try await taken.value }
  }

  func testSharedExecutorCannotBeShutDown() async throws {
    SocketExecutor.shared.shutdown()
    let context = context
    let thread = try await SocketExecutor.shared.run {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try push.connect(try pull.bind(Transport.tcp.newEndpoint()))
      let task = Task { try await push.send("late") }
      let message = try await pull.receive()
      XCTAssertEqual(message, "late")
      try await task.value
      return currentThread()
    }
    let again = await SocketExecutor.shared.run { currentThread() }
    XCTAssertEqual(thread, again)
  }

  #if os(Linux)
    /// The kernel's ID of the calling thread.
    private static func threadID() -> Int {
      let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self")
      return link?.split(separator: "/").last.flatMap { Int($0) } ?? 0
    }

    private static func isAlive(_ thread: Int) -> Bool {
      FileManager.default.fileExists(atPath: "/proc/self/task/\(thread)")
    }

    private func assertEnds(_ thread: Int, file: StaticString = #filePath, line: UInt = #line) async throws {
      let end = ContinuousClock.now + Self.patience
      while Self.isAlive(thread), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(1)) }
      XCTAssertFalse(Self.isAlive(thread), "the thread did not end", file: file, line: line)
    }

    func testThreadEndsWithTheLastReference() async throws {
      let thread = await SocketExecutor().run { SocketExecutorLifeTests.threadID() }
      try await assertEnds(thread)
      var executor: SocketExecutor? = SocketExecutor(spinTime: .microseconds(50))
      let other = await executor?.run { SocketExecutorLifeTests.threadID() } ?? 0
      XCTAssertTrue(Self.isAlive(other))
      executor = nil
      try await assertEnds(other)
    }

    func testThreadEndsWithTheActorThatKeepsTheExecutor() async throws {
      actor Keeper {
        let executor = SocketExecutor()
        nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
        func threadID() -> Int { SocketExecutorLifeTests.threadID() }
      }
      let thread = await Keeper().threadID()
      try await assertEnds(thread)
    }

    func testThreadEndsAfterShutdown() async throws {
      let executor = SocketExecutor()
      let thread = await executor.run { SocketExecutorLifeTests.threadID() }
      executor.shutdown()
      try await assertEnds(thread)
      let later = await executor.run { SocketExecutorLifeTests.threadID() }
      try await assertEnds(later)
    }

    func testExecutorThatIsNotUsedHasNoThread() async throws {
      let context = context
      // Those of the system and of the shared executor are there from here on.
      _ = try await SocketExecutor.shared.run { try context.socket(.pull).isClosed }
      let before = try threadCount()
      let executors = (0..<100).map { _ in SocketExecutor() }
      // Threads of tests that have ended may still go, but hardly any come.
      XCTAssertLessThan(try threadCount(), before + 50)
      withExtendedLifetime(executors) {}
    }

    /// The time that a thread has had a processor, in ticks of usually 10 ms.
    private static func ticks(_ thread: Int) throws -> Int {
      let text = try String(contentsOfFile: "/proc/self/task/\(thread)/stat", encoding: .utf8)
      // The name in parentheses may have spaces.
      let fields = try XCTUnwrap(text.split(separator: ")").last).split(separator: " ")
      return try XCTUnwrap(Int(fields[11])) + XCTUnwrap(Int(fields[12]))
    }

    /// How often a thread has gone to sleep.
    private static func sleeps(_ thread: Int) throws -> Int {
      let text = try String(contentsOfFile: "/proc/self/task/\(thread)/status", encoding: .utf8)
      let line = try XCTUnwrap(text.split(separator: "\n").first { $0.hasPrefix("voluntary_ctxt_switches") })
      return try XCTUnwrap(Int(line.split(separator: "\t").last ?? ""))
    }

    func testIdleExecutorDoesNothing() async throws {
      let context = context
      for spinTime in [Duration.zero, .microseconds(50)] {
        let executor = SocketExecutor(spinTime: spinTime)
        let waiting = Task(executorPreference: executor) { try await context.socket(.pull).receive() }
        let thread = await executor.run { SocketExecutorLifeTests.threadID() }
        try await Task.sleep(for: .milliseconds(50))
        let (ticks, sleeps) = (try Self.ticks(thread), try Self.sleeps(thread))
        try await Task.sleep(for: .milliseconds(150))
        XCTAssertEqual(try Self.sleeps(thread), sleeps)
        XCTAssertEqual(try Self.ticks(thread), ticks)
        waiting.cancel()
        await assertCancelled { _ = try await waiting.value }
      }
    }

    /// A wait that only its own socket ends, and a timeout far away.
    func testExecutorSleepsUntilItsNextDeadline() async throws {
      let context = context
      let executor = SocketExecutor()
      let waiting = Task(executorPreference: executor) { try await context.socket(.pull).receive(timeout: .milliseconds(150)) }
      let thread = await executor.run { SocketExecutorLifeTests.threadID() }
      try await Task.sleep(for: .milliseconds(20))
      let sleeps = try Self.sleeps(thread)
      _ = try await waiting.value
      XCTAssertLessThan(try Self.sleeps(thread) - sleeps, 10)
    }
  #endif

  func testOneOfManySocketsResumesOnlyTheTaskThatWaitsForIt() async throws {
    let executor = SocketExecutor()
    let context = context
    let count = 500
    try await executor.run {
      let resumed = Counter()
      var tasks: [Task<Message, any Error>] = []
      var peers: [PairSocket] = []
      for _ in 0..<count {
        let socket = try context.socket(.pair)
        let endpoint = try socket.bind(Transport.inproc.newEndpoint())
        tasks.append(
          Task(executorPreference: executor) {
            defer { resumed.increment() }
            return try await socket.receive()
          })
        let peer = try context.socket(.pair)
        try peer.connect(endpoint)
        peers.append(peer)
      }
      await letOthersWait()
      for (place, index) in [count / 2, 0, count - 1].enumerated() {
        try await peers[index].send("\(index)")
        let message = try await tasks[index].value
        XCTAssertEqual(message, Message("\(index)"))
        XCTAssertEqual(resumed.value, place + 1)
      }
      for task in tasks { task.cancel() }
      for task in tasks { _ = await task.result }
      XCTAssertEqual(resumed.value, count)
    }
  }

  func testExecutorsComeAndGo() async throws {
    let context = context
    for number in 0..<100 {
      let executor = SocketExecutor()
      let message = try await executor.run {
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
        let sender = Task(executorPreference: executor) { try await push.send("\(number)") }
        let message = try await pull.receive()
        try await sender.value
        return message
      }
      XCTAssertEqual(message, Message("\(number)"))
      if number.isMultiple(of: 2) { executor.shutdown() }
    }
  }
}
