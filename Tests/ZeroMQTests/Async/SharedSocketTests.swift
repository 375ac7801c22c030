import Foundation
import XCTest
import ZeroMQ

/// Several tasks of one actor that use one socket.
final class SharedSocketTests: AsyncTestCase {
  /// Runs something with owners of either kind, whose peer belongs to the test.
  private func overEachOwner(
    mark: Int = 1000, transports: [Transport] = Transport.allCases,
    _ body: (_ owner: any SocketOwner, _ peer: PairSocket, _ what: String) async throws -> Void
  ) async throws {
    for transport in transports {
      for isPinned in [true, false] {
        let socket = try Self.makePair(in: context, mark: mark)
        let endpoint = try socket.bind(transport.newEndpoint())
        let peer = try Self.makePair(in: context, mark: mark)
        try peer.connect(endpoint)
        let owner: any SocketOwner = isPinned ? PinnedOwner(socket) : PlainOwner(socket)
        try await body(owner, peer, "\(isPinned ? "pinned" : "plain") over \(transport)")
      }
    }
  }

  func testEachOfManyTasksGetsOneMessageInItsTurn() async throws {
    let count = 1000
    try await overEachOwner(mark: 0) { owner, peer, what in
      let tasks = (0..<count).map { number in Task { try await owner.receive(as: number) } }
      await owner.waitForArrivals(count)
      for number in 0..<count { try await peer.send(["\(number)", "more"]) }
      let order = await owner.arrivals
      for (place, number) in order.enumerated() {
        let message = try await tasks[number].value
        XCTAssertEqual(message, ["\(place)", "more"], what)
      }
    }
  }

  /// The last of several tasks has not looked itself when its turn comes.
  func testTasksGetMessagesThatHaveComeTogether() async throws {
    try await overEachOwner { owner, peer, what in
      for _ in 0..<50 {
        let tasks = (0..<3).map { number in Task { try await owner.receive(as: number) } }
        for number in 0..<3 { try await peer.send("\(number)") }
        var texts: Set<Message> = []
        for task in tasks { texts.insert(try await task.value) }
        XCTAssertEqual(texts, ["0", "1", "2"], what)
      }
    }
  }

  func testManyTasksSendAtTheHighWaterMark() async throws {
    let count = 300
    try await overEachOwner(mark: 2) { owner, peer, what in
      let tasks = (0..<count).map { number in Task { try await owner.send(["\(number)", "more"], as: number) } }
      var numbers: [Int] = []
      for _ in 0..<count {
        let message = try await next(from: peer)
        XCTAssertEqual(message.count, 2)
        numbers.append(try XCTUnwrap(Int(String(decoding: message[0], as: UTF8.self))))
      }
      for task in tasks { try await task.value }
      let arrivals = await owner.arrivals
      XCTAssertEqual(numbers, arrivals, what)
    }
  }

  func testTasksSendAndReceiveAtTheSameTime() async throws {
    let count = 300
    try await overEachOwner(mark: 2) { owner, peer, what in
      let sender = Task { for number in 0..<count { try await owner.send("\(number)") } }
      let receiver = Task { for number in 0..<count { try await Self.assertEqual(owner.receive(), "\(number)", what) } }
      for number in 0..<count {
        try await peer.send("\(number)")
        let message = try await next(from: peer)
        XCTAssertEqual(message, Message("\(number)"), what)
      }
      try await sender.value
      try await receiver.value
    }
  }

  private static func assertEqual(_ message: Message, _ expected: Message, _ what: String) {
    XCTAssertEqual(message, expected, what)
  }

  func testClosingEndsAllWaits() async throws {
    let count = 30
    try await overEachOwner { owner, peer, what in
      var tasks = (0..<count).map { number in Task { _ = try await owner.receive(as: number) } }
      tasks += (0..<count).map { _ in Task { _ = try await owner.wait(for: .readable) } }
      await owner.waitForArrivals(count)
      await owner.close()
      for task in tasks {
        await assertPrompt(what) { await assertError(.notSocket, what) { try await task.value } }
      }
    }
  }

  func testClosingEndsAllWaitsToSend() async throws {
    let count = 30
    try await overEachOwner(mark: 1, transports: [.inproc]) { owner, peer, what in
      while try await owner.sendIfReady("fill") {}
      let tasks = (0..<count).map { number in Task { _ = try await owner.send("lost", as: number) } }
      await owner.waitForArrivals(count)
      await owner.close()
      for task in tasks {
        await assertPrompt(what) { await assertError(.notSocket, what) { try await task.value } }
      }
    }
  }

  func testShutdownEndsAllWaits() async throws {
    for isPinned in [true, false] {
      let context = try Context()
      let socket = try context.socket(.pair)
      let owner: any SocketOwner = isPinned ? PinnedOwner(socket) : PlainOwner(socket)
      var tasks = (0..<30).map { number in Task { _ = try await owner.receive(as: number) } }
      tasks += (0..<30).map { number in Task { _ = try await owner.send("lost", as: number) } }
      await owner.waitForArrivals(60)
      context.shutdown()
      for task in tasks {
        await assertPrompt("shutdown") { await assertError(.contextTerminated) { try await task.value } }
      }
    }
  }

  func testCancellingOneTaskLeavesTheOthers() async throws {
    let count = 20
    try await overEachOwner { owner, peer, what in
      let tasks = (0..<count).map { number in Task { try await owner.receive(as: number) } }
      await owner.waitForArrivals(count)
      let order = await owner.arrivals
      // The one whose turn it is among them.
      for place in stride(from: 0, to: count, by: 2) { tasks[order[place]].cancel() }
      for place in stride(from: 0, to: count, by: 2) {
        await assertPrompt(what) { await assertCancelled(what) { _ = try await tasks[order[place]].value } }
      }
      for place in stride(from: 1, to: count, by: 2) {
        try await peer.send("\(place)")
        let message = try await tasks[order[place]].value
        XCTAssertEqual(message, Message("\(place)"), what)
      }
    }
  }

  func testTimeoutOfATaskThatHasNotItsTurnEnds() async throws {
    try await overEachOwner { owner, peer, what in
      let first = Task { try await owner.receive() }
      await owner.waitForArrivals(1)
      let nothing = try await assertPrompt(what) { try await owner.receive(timeout: .milliseconds(5)) }
      XCTAssertNil(nothing, what)
      try await peer.send("for the first")
      let message = try await first.value
      XCTAssertEqual(message, "for the first", what)
      try await peer.send("for the next")
      let second = try await owner.receive()
      XCTAssertEqual(second, "for the next", what)
    }
  }

  /// Each of these calls may notice what a waiting task is waiting for, and then nobody else tells that task.
  func testCallsThatDoNotWaitKeepNobodyFromItsMessage() async throws {
    let calls: [(String, @Sendable (any SocketOwner) async throws -> Void)] = [
      ("sendIfReady", { _ = try await $0.sendIfReady("seen") }),
      ("events", { _ = try await $0.events() }),
      ("set", { try await $0.setLinger() }),
      ("bind", { try await $0.bindAnew() }),
      ("poll", { _ = try await $0.poll() }),
      ("send", { try await $0.send("seen") }),
      ("wait", { _ = try await $0.wait(for: .writable) }),
      ("monitor", { try await $0.monitor() }),
    ]
    try await overEachOwner(mark: 0) { owner, peer, what in
      for (name, call) in calls {
        for number in 0..<20 {
          let task = Task { try await owner.receive() }
          let caller = Task { for _ in 0..<3 { try await call(owner) } }
          try await peer.send("\(number)")
          try await caller.value
          let message = try await assertPrompt("\(name) \(what)") { try await task.value }
          XCTAssertEqual(message, Message("\(number)"), "\(name) \(what)")
        }
      }
    }
  }

  func testReceivesThatDoNotWaitAndThoseThatDoGetEachMessageOnce() async throws {
    let count = 500
    try await overEachOwner(mark: 0) { owner, peer, what in
      let waiting = Task {
        var messages: [Message] = []
        while let message = try await owner.receive(timeout: Self.patience), message != "the end" { messages.append(message) }
        return messages
      }
      let looking = Task {
        var messages: [Message] = []
        while !Task.isCancelled {
          if let message = try await owner.receiveIfReady() {
            if message == "the end" {
              try await owner.send("the end was taken")
              break
            }
            messages.append(message)
          }
          await Task.yield()
        }
        return messages
      }
      for number in 0..<count { try await peer.send(["\(number)", "more"]) }
      try await peer.send("the end")
      // Whoever has not got the end gets one of its own.
      let hasBeenTaken = try await peer.receive(timeout: .milliseconds(100)) != nil
      if hasBeenTaken { try await peer.send("the end") }
      let first = try await waiting.value
      looking.cancel()
      let all = try await first + looking.value
      XCTAssertEqual(all.count, count, what)
      XCTAssertEqual(Set(all), Set((0..<count).map { ["\($0)", "more"] }), what)
    }
  }

  func testCallThatBlocksWorksWhileTasksWait() async throws {
    try await overEachOwner { owner, peer, what in
      let task = Task { try await owner.receive() }
      await owner.waitForArrivals(1)
      let nothing = try await owner.block(for: .milliseconds(10))
      XCTAssertNil(nothing, what)
      try await peer.send("one")
      try await peer.send("two")
      let taken = try await owner.block(for: .milliseconds(10))
      var messages: Set<Message> = [try await assertPrompt(what) { try await task.value }]
      if let taken { messages.insert(taken) } else { messages.insert(try await owner.receive()) }
      XCTAssertEqual(messages, ["one", "two"], what)
    }
  }

  /// A wait that was cancelled, but whose task has not run since, knows of nothing that others noticed meanwhile.
  func testMessageIsNotMissedWhenAnotherWaitWasCancelled() async throws {
    let socket = try Self.makePair(in: context, mark: 1)
    let endpoint = try socket.bind(Transport.inproc.newEndpoint())
    let peer = try Self.makePair(in: context, mark: 1)
    try peer.connect(endpoint)
    let owner = PinnedOwner(socket)
    while try await owner.sendIfReady("fill") {}
    try await owner.noticeForACancelledWait(peer: Handover(peer))
  }

  func testSocketIsUsedFromTasksOnSeveralExecutors() async throws {
    try await overEachOwner(mark: 3) { owner, peer, what in
      let count = 200
      let executors: [SocketExecutor?] = [SocketExecutor(), SocketExecutor(), nil]
      let senders = executors.enumerated().map { index, executor in
        Task(executorPreference: executor) { for number in 0..<count { try await owner.send(["\(index)", "\(number)"]) } }
      }
      let receivers = executors.map { executor in
        Task(executorPreference: executor) {
          var messages: [Message] = []
          while let message = try await owner.receive(timeout: Self.patience), message != "the end" { messages.append(message) }
          return messages
        }
      }
      var nextNumbers: [Frame: Int] = [:]
      for number in 0..<count * executors.count {
        try await peer.send(["\(number)"])
        let message = try await next(from: peer)
        let expected = nextNumbers[message[0], default: 0]
        XCTAssertEqual(message[1], Frame("\(expected)"), what)
        nextNumbers[message[0]] = expected + 1
      }
      for _ in executors { try await peer.send("the end") }
      for sender in senders { try await sender.value }
      var all: [Message] = []
      for receiver in receivers { all += try await receiver.value }
      XCTAssertEqual(all.count, count * executors.count, what)
      XCTAssertEqual(Set(all).count, all.count, what)
    }
  }
}

extension PinnedOwner {
  /// One task waits to receive, one to send, and one for room.
  fileprivate func noticeForACancelledWait(peer: Handover<PairSocket>) async throws {
    let peer = try peer.take()
    let sender = Task { try await self.socket.send("lost") }
    await letOthersWait()
    let receiver = Task { try await self.socket.receive() }
    await letOthersWait()
    // From here on nobody else runs on this actor, until this task waits itself.
    XCTAssertTrue(try peer.sendIfReady("noticed by the poll"))
    sender.cancel()
    let room = try await socket.wait(for: .writable, timeout: .milliseconds(20))
    XCTAssertEqual(room, [])
    do {
      try await sender.value
      XCTFail("not cancelled")
    } catch is CancellationError {}
    let timer = Task {
      try await Task.sleep(for: AsyncTestCase.moment)
      receiver.cancel()
    }
    let message = try await receiver.value
    timer.cancel()
    XCTAssertEqual(message, "noticed by the poll")
  }
}
