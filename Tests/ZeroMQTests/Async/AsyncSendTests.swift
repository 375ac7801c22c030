import Foundation
import XCTest
import ZeroMQ

final class AsyncSendTests: AsyncTestCase {
  /// Sends numbered messages until no more can be sent for a while.
  @PinnedActor
  private func fill(_ push: PushSocket, from first: Int = 0) async throws -> Int {
    var (count, refusals) = (first, 0)
    // One refusal may only mean that the I/O threads have not run for a while.
    while count < 10_000, refusals < 3 {
      if try await push.send(numbered(count), timeout: .milliseconds(100)) {
        (count, refusals) = (count + 1, 0)
      } else {
        refusals += 1
      }
    }
    XCTAssertLessThan(count, 10_000)
    return count
  }

  /// Large enough to fill what the operating system buffers.
  private nonisolated func numbered(_ number: Int) -> Message { [Frame("\(number)"), Self.padding] }
  private static let padding = Frame(copying: Array(repeating: UInt8(7), count: 60_000))

  @PinnedActor
  private func assertNumbers(_ numbers: Range<Int>, from pull: PullSocket) async throws {
    for number in numbers {
      let message = try await next(from: pull)
      XCTAssertEqual(message.count, 2)
      XCTAssertEqual(message.first, Frame("\(number)"))
    }
  }

  @PinnedActor
  func testEveryFormSendsItsBytes() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let bytes = Payload.bytes(300)
      let text = "grüße, ZeroMQ 🚀"
      try await push.send(["message", "of frames"])
      var isSent = try await push.send(["message", "of frames"], timeout: Self.patience)
      XCTAssertTrue(isSent)
      try await push.send(text)
      isSent = try await push.send(text.dropLast(), timeout: Self.patience)
      XCTAssertTrue(isSent)
      try await push.send(bytes)
      isSent = try await push.send(Data(bytes), timeout: Self.patience)
      XCTAssertTrue(isSent)
      try await push.send(bytes.span)
      try await unsafe push.send(bytes.span.bytes)
      try await push.send(Frame("frame"))
      isSent = try await push.send(Frame("frame"), timeout: Self.patience)
      XCTAssertTrue(isSent)
      try await push.send("id", text, bytes)
      isSent = try await push.send("id", text, bytes, timeout: Self.patience)
      XCTAssertTrue(isSent)
      try await push.send(bytes.lazy.map { $0 })
      try await push.send(UniqueFrame(copying: bytes), more: false)
      var frame = UniqueFrame(copying: bytes)
      try await push.send(&frame, more: true)
      XCTAssertEqual(array(frame.bytes), [])
      try await push.send(&frame, more: false)
      let expected: [Message] = [
        ["message", "of frames"], ["message", "of frames"], Message(text), Message(text.dropLast()),
        Message(copying: bytes), Message(copying: bytes), Message(copying: bytes), Message(copying: bytes), "frame", "frame",
        ["id", Frame(text), Frame(bytes)], ["id", Frame(text), Frame(bytes)], Message(bytes),
        Message(copying: bytes), [Frame(copying: bytes), ""],
      ]
      for message in expected {
        let received = try await next(from: pull)
        XCTAssertEqual(received, message)
      }
    }
  }

  @PinnedActor
  func testMessageWithoutFramesIsAnError() async throws {
    let (_, push) = try pair(.pull, .push, over: .inproc)
    await assertError(.invalidArgument) { try await push.send(Message()) }
    await assertError(.invalidArgument) { _ = try await push.send(Message(), timeout: Self.ages) }
  }

  @PinnedActor
  func testSendingOutOfTurnIsAnError() async throws {
    let (rep, req) = try pair(.rep, .req, over: .inproc)
    await assertError(.wrongState) { try await rep.send("reply") }
    try await req.send("request")
    await assertError(.wrongState) { try await req.send("request") }
    await assertError(.wrongState) { _ = try await req.send("request", timeout: Self.ages) }
  }

  @PinnedActor
  func testSendWaitsAtTheHighWaterMarkAndGoesOn() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try narrowPair(.pull, .push, over: transport)
      let count = try await fill(push)
      let task = Task { try await push.send(self.numbered(count)) }
      await letOthersWait()
      try await assertNumbers(0..<count, from: pull)
      try await assertPrompt("\(transport)") { try await task.value }
      try await assertNumbers(count..<count + 1, from: pull)
    }
  }

  @PinnedActor
  func testTimeoutAtTheHighWaterMarkSendsNothing() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try narrowPair(.pull, .push, over: transport)
      let count = try await fill(push)
      let isSent = try await push.send(["lost", "message"], timeout: .milliseconds(10))
      XCTAssertFalse(isSent)
      try push.set(.sendTimeout, to: .milliseconds(10))
      await assertError(.wouldBlock) { try await push.send("lost") }
      await assertError(.wouldBlock) { try await push.send(["lost", "message"]) }
      try push.set(.sendTimeout, to: nil)
      try await assertNumbers(0..<count, from: pull)
      try await push.send(numbered(count))
      try await assertNumbers(count..<count + 1, from: pull)
    }
  }

  @PinnedActor
  func testCancellationAtTheHighWaterMarkSendsNothing() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try narrowPair(.pull, .push, over: transport)
      let count = try await fill(push)
      let task = Task { try await push.send(["lost", "message"]) }
      await letOthersWait()
      task.cancel()
      await assertPrompt("\(transport)") { await assertCancelled { try await task.value } }
      try await assertNumbers(0..<count, from: pull)
      try await push.send(numbered(count))
      try await assertNumbers(count..<count + 1, from: pull)
    }
  }

  @PinnedActor
  func testMessageIsSentOnceOrNotAtAllWhenCancelledAsRoomComes() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try narrowPair(.pull, .push, over: transport)
      var sent = try await fill(push)
      var received = 0
      for _ in 0..<100 {
        let task = Task { [sent] in try await push.send(self.numbered(sent)) }
        await letOthersWait()
        let thread = TestThread { task.cancel() }
        try await assertNumbers(received..<received + 1, from: pull)
        received += 1
        do {
          try await task.value
          sent += 1
        } catch is CancellationError {}
        try thread.join()
      }
      try await assertNumbers(received..<sent, from: pull)
      try await push.send("the end")
      let message = try await next(from: pull)
      XCTAssertEqual(message, "the end")
    }
  }

  @PinnedActor
  func testManyMessagesPassAtTheHighWaterMarkInBothDirections() async throws {
    for transport in Transport.allCases {
      let (bound, connected) = try narrowPair(.pair, .pair, over: transport, mark: 2)
      let count = 500
      func send(_ socket: PairSocket) -> Task<Void, any Error> {
        Task { for number in 0..<count { try await socket.send([Frame("\(number)"), "more"]) } }
      }
      func receive(_ socket: PairSocket) -> Task<Void, any Error> {
        Task {
          for number in 0..<count {
            let message = try await self.next(from: socket)
            XCTAssertEqual(message, [Frame("\(number)"), "more"])
          }
        }
      }
      for task in [send(bound), send(connected), receive(bound), receive(connected)] { try await task.value }
    }
  }

  @PinnedActor
  func testSendWithoutAPeerWaitsForOne() async throws {
    for transport in Transport.allCases {
      let push = try context.socket(.push)
      let endpoint = try push.bind(transport.newEndpoint())
      let task = Task { try await push.send(["waited", "for"]) }
      await letOthersWait()
      let pull = try context.socket(.pull)
      try pull.connect(endpoint)
      try await assertPrompt("\(transport)") { try await task.value }
      let message = try await next(from: pull)
      XCTAssertEqual(message, ["waited", "for"])
    }
  }

  @PinnedActor
  func testRestOfAMessageIsSentByACancelledTask() async throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let task = Task {
      var frame = UniqueFrame(copying: "one".utf8)
      try await push.send(&frame, more: true)
      cancelCurrentTask()
      try await push.send(UniqueFrame(copying: "two".utf8), more: false)
      await self.assertCancelled { try await push.send(UniqueFrame(copying: "three".utf8), more: false) }
    }
    try await task.value
    try await push.send("next")
    let first = try await next(from: pull)
    XCTAssertEqual(first, ["one", "two"])
    let second = try await next(from: pull)
    XCTAssertEqual(second, "next")
  }
}
