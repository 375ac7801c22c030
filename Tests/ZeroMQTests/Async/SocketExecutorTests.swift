import Foundation
import XCTest
import ZeroMQ

final class SocketExecutorTests: AsyncTestCase {
  private struct Oops: Error, Equatable { var number: Int }

  func testRunStaysOnOneThreadThroughAwaits() async throws {
    for transport in Transport.allCases {
      let executor = SocketExecutor()
      let context = context
      try await executor.run {
        let thread = currentThread()
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        try push.connect(try pull.bind(transport.newEndpoint()))
        for number in 0..<50 {
          try await push.send("\(number)")
          let message = try await pull.receive()
          XCTAssertEqual(message, Message("\(number)"))
          XCTAssertEqual(currentThread(), thread)
          let nothing = try await pull.receive(timeout: .microseconds(100))
          XCTAssertNil(nothing)
          XCTAssertEqual(currentThread(), thread)
          await Task.yield()
          XCTAssertEqual(currentThread(), thread)
          try await Task.sleep(for: .microseconds(10))
          XCTAssertEqual(currentThread(), thread)
          await SocketExecutorTests.concurrentFunction(thread)
          XCTAssertEqual(currentThread(), thread)
        }
      }
    }
  }

  @concurrent
  private static func concurrentFunction(_ thread: UInt) async {
    XCTAssertEqual(currentThread(), thread)
    await Task.yield()
    XCTAssertEqual(currentThread(), thread)
  }

  func testRunIsOnAThreadOfItsOwn() async throws {
    let executor = SocketExecutor()
    let first = await executor.run { currentThread() }
    let second = await executor.run { currentThread() }
    XCTAssertEqual(first, second)
    let other = SocketExecutor()
    let third = await other.run { currentThread() }
    XCTAssertNotEqual(first, third)
    // The first thread lasts as long as its executor.
    withExtendedLifetime((executor, other)) {}
  }

  func testChildTasksAreOnTheirParentsThread() async throws {
    let executor = SocketExecutor()
    try await executor.run {
      let thread = currentThread()
      async let child = currentThread()
      let childThread = await child
      XCTAssertEqual(childThread, thread)
      try await withThrowingTaskGroup(of: UInt.self) { group in
        for _ in 0..<10 {
          group.addTask {
            await Task.yield()
            return currentThread()
          }
        }
        for try await childThread in group { XCTAssertEqual(childThread, thread) }
      }
    }
  }

  func testTaskThatPrefersTheExecutorIsOnItsThread() async throws {
    let executor = SocketExecutor()
    let thread = await executor.run { currentThread() }
    let context = context
    let task = Task(executorPreference: executor) {
      XCTAssertEqual(currentThread(), thread)
      let pull = try context.socket(.pull)
      let nothing = try await pull.receive(timeout: .milliseconds(1))
      XCTAssertNil(nothing)
      XCTAssertEqual(currentThread(), thread)
    }
    try await task.value
    let detached = Task.detached(executorPreference: executor) { currentThread() }
    let detachedThread = await detached.value
    XCTAssertEqual(detachedThread, thread)
  }

  func testRunWithinRunOfAnotherExecutorComesBack() async throws {
    let (outer, inner) = (SocketExecutor(), SocketExecutor())
    await outer.run {
      let thread = currentThread()
      let other = await inner.run { currentThread() }
      XCTAssertNotEqual(other, thread)
      XCTAssertEqual(currentThread(), thread)
      let same = await outer.run { currentThread() }
      XCTAssertEqual(same, thread)
    }
  }

  func testRunReturnsWhatItsBodyReturns() async throws {
    let executor = SocketExecutor()
    let text = await executor.run { "result" }
    XCTAssertEqual(text, "result")
    let nothing: Int? = await executor.run { nil }
    XCTAssertNil(nothing)
  }

  func testRunThrowsWhatItsBodyThrows() async throws {
    let executor = SocketExecutor()
    do {
      try await executor.run { () async throws(Oops) in throw Oops(number: 42) }
      XCTFail("nothing was thrown")
    } catch {
      // The type of the error is known here.
      XCTAssertEqual(error.number, 42)
    }
    await assertError(.wrongState) {
      let context = context
      try await executor.run {
        let req = try context.socket(.req)
        _ = try await req.receive()
      }
    }
  }

  func testCancellingTheCallerCancelsWhatRuns() async throws {
    let executor = SocketExecutor()
    let context = context
    let hasBegun = DispatchSemaphore(value: 0)
    let task = Task {
      try await executor.run {
        let pull = try context.socket(.pull)
        hasBegun.signal()
        _ = try await pull.receive()
      }
    }
    await Self.wait(for: hasBegun)
    task.cancel()
    await assertPrompt("cancellation") { await assertCancelled { try await task.value } }
  }

  @concurrent
  private static func wait(for semaphore: DispatchSemaphore) async {
    func wait() { XCTAssertEqual(semaphore.wait(timeout: .now() + patience.seconds), .success) }
    wait()
  }

  func testSocketIsGivenToWhatRuns() async throws {
    for transport in Transport.allCases {
      let pull = try context.socket(.pull)
      let endpoint = try pull.bind(transport.newEndpoint())
      let push = try context.socket(.push)
      try push.connect(endpoint)
      try await push.send("one")
      try await push.send("two")
      let messages = try await SocketExecutor().run {
        var messages: [Message] = []
        for try await message in pull.messages {
          messages.append(message)
          if messages.count == 2 { break }
        }
        return messages
      }
      XCTAssertEqual(messages, ["one", "two"])
    }
  }

  func testSpinningExecutorWorks() async throws {
    let executor = SocketExecutor(spinTime: .microseconds(200))
    let context = context
    for transport in Transport.allCases {
      try await executor.run {
        let (rep, req) = (try context.socket(.rep), try context.socket(.req))
        try req.connect(try rep.bind(transport.newEndpoint()))
        let server = Task { for try await request in rep.messages { try await rep.send(request) } }
        for number in 0..<50 {
          let reply = try await req.request(Message("\(number)"), timeout: ZeroMQTestCase.patience)
          XCTAssertEqual(reply, Message("\(number)"))
        }
        let nothing = try await context.socket(.pull).receive(timeout: .milliseconds(2))
        XCTAssertNil(nothing)
        server.cancel()
        _ = await server.result
      }
    }
  }

  func testExecutorsExchangeMessages() async throws {
    for transport in Transport.allCases {
      let (first, second) = (SocketExecutor(), SocketExecutor(spinTime: .microseconds(20)))
      let context = context
      let rep = try context.socket(.rep)
      let endpoint = try rep.bind(transport.newEndpoint())
      let server = Task(executorPreference: first) {
        for try await request in rep.messages { try await rep.send(request) }
      }
      try await second.run {
        let req = try context.socket(.req)
        try req.connect(endpoint)
        for number in 0..<100 {
          try await req.send("\(number)")
          let reply = try await req.receive()
          XCTAssertEqual(reply, Message("\(number)"))
        }
      }
      server.cancel()
      await assertCancelled { try await server.value }
    }
  }

  func testJobFromAnotherThreadWakesAnIdleExecutor() async throws {
    let executor = SocketExecutor()
    let context = context
    // Something to sleep with.
    let waiting = Task { try await executor.run { try await context.socket(.pull).receive() } }
    for _ in 0..<100 {
      let thread = await assertPrompt("waking") { await executor.run { currentThread() } }
      XCTAssertNotEqual(thread, 0)
      if Bool.random() { try await Task.sleep(for: .microseconds(200)) }
    }
    waiting.cancel()
    _ = await waiting.result
  }

  func testManyTasksOfAnExecutorWaitForTime() async throws {
    let executor = SocketExecutor()
    let context = context
    try await executor.run {
      try await withThrowingTaskGroup(of: Duration.self) { group in
        for number in 0..<100 {
          group.addTask {
            let time = Duration.milliseconds(number * 37 % 50)
            let start = ContinuousClock.now
            let nothing = try await context.socket(.pull).receive(timeout: time)
            XCTAssertNil(nothing)
            return ContinuousClock.now - start - time
          }
        }
        for try await rest in group {
          XCTAssertGreaterThanOrEqual(rest, .zero)
          XCTAssertLessThan(rest, AsyncTestCase.moment)
        }
      }
    }
  }

  // MARK: Fairness

  func testFloodOfOneSocketDoesNotStarveOtherTasks() async throws {
    let context = context
    let floods: [(String, @Sendable (PushSocket, PullSocket) async throws -> Void)] = [
      (
        "messages",
        { push, pull in
          try await push.send("flood")
          _ = try await pull.receive()
        }
      ),
      (
        "timeouts",
        { push, pull in
          _ = try await push.send(["flood"], timeout: .seconds(1))
          _ = try await pull.receive(timeout: .seconds(1))
        }
      ),
      (
        "frames",
        { push, pull in
          var frame = UniqueFrame(copying: "flood".utf8)
          try await push.send(&frame, more: true)
          try await push.send(&frame, more: false)
          try await pull.receive(into: &frame)
          try await pull.receive(into: &frame)
        }
      ),
      (
        "receiving only",
        { push, pull in
          // libzmq: it does not look every time whether the peer has made room.
          guard try push.sendIfReady("flood") else { return }
          _ = try await pull.receive()
        }
      ),
      ("waiting", { push, pull in _ = try await push.wait(for: .writable) }),
      (
        "polling a descriptor",
        { push, pull in
          var poller = Poller()
          // Always writable.
          poller.add(fileDescriptor: STDERR_FILENO, for: .writable)
          for _ in 0..<1000 { _ = try await poller.wait(timeout: .seconds(1)) }
        }
      ),
    ]
    for (name, flood) in floods {
      let executor = SocketExecutor()
      let isDone = Counter()
      try await assertPrompt(name) {
        try await executor.run {
          let other = Task(executorPreference: executor) {
            let (pull, push) = (try context.socket(.pull), try context.socket(.push))
            try push.connect(try pull.bind(Transport.tcp.newEndpoint()))
            for number in 0..<20 {
              try await push.send("\(number)")
              let message = try await pull.receive()
              XCTAssertEqual(message, Message("\(number)"))
            }
            // Closed any earlier, it would take what it has sent with it.
            withExtendedLifetime(push) {}
          }
          let (pull, push) = (try context.socket(.pull), try context.socket(.push))
          try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
          let watcher = Task(executorPreference: executor) {
            try await other.value
            isDone.increment()
          }
          let end = ContinuousClock.now + AsyncTestCase.moment
          while isDone.value == 0, ContinuousClock.now < end { try await flood(push, pull) }
          try await watcher.value
        }
      }
    }
  }

  func testTaskThatCameTogetherWithAFloodHasItsTurn() async throws {
    let executor = SocketExecutor()
    let context = context
    try await assertPrompt("the second task") {
      try await executor.run {
        let isDone = Counter()
        let flood = Task(executorPreference: executor) {
          let (pull, push) = (try context.socket(.pull), try context.socket(.push))
          try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
          let end = ContinuousClock.now + AsyncTestCase.moment
          while isDone.value == 0, ContinuousClock.now < end {
            try await push.send("flood")
            _ = try await pull.receive()
          }
        }
        let second = Task(executorPreference: executor) { isDone.increment() }
        await second.value
        try await flood.value
      }
    }
  }

  func testFloodFromAnotherThreadDoesNotStarveOtherTasks() async throws {
    let context = context
    let executor = SocketExecutor()
    let isDone = Counter()
    try await withThrowingTaskGroup { group in
      let pull = try context.socket(.pull)
      let endpoint = try pull.bind(Transport.inproc.newEndpoint())
      group.addTask {
        try await SocketExecutor().run {
          let push = try context.socket(.push)
          try push.connect(endpoint)
          while isDone.value == 0 { try await push.send("flood") }
          try await push.send("the end")
        }
      }
      group.addTask(executorPreference: executor) {
        for try await message in pull.messages where message == "the end" { break }
      }
      await assertPrompt("others") {
        for _ in 0..<20 { await executor.run { await Task.yield() } }
      }
      isDone.increment()
      try await group.waitForAll()
    }
  }
}
