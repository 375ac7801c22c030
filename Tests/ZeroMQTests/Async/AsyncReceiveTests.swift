import Foundation
import XCTest
import ZeroMQ

final class AsyncReceiveTests: AsyncTestCase {
  @PinnedActor
  func testMessageThatIsThereIsReceived() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      try await push.send(["one", "", "three"])
      let first = try await next(from: pull)
      XCTAssertEqual(first, ["one", "", "three"])
      try await push.send("two")
      let events = try await pull.wait(for: .readable, timeout: Self.patience)
      XCTAssertEqual(events, .readable)
      let second = try await pull.receive()
      XCTAssertEqual(second, "two")
    }
  }

  @PinnedActor
  func testTaskWaitsForItsMessage() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for number in 0..<20 {
        let task = Task { try await pull.receive() }
        await letOthersWait()
        let message = Message(bytes: Payload.frames(seed: number))
        try await push.send(message)
        let received = try await task.value
        XCTAssertEqual(received, message)
      }
    }
  }

  @PinnedActor
  func testTimeoutEndsWithoutAMessage() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let start = ContinuousClock.now
      let nothing = try await pull.receive(timeout: .milliseconds(30))
      XCTAssertNil(nothing)
      XCTAssertGreaterThanOrEqual(ContinuousClock.now - start, .milliseconds(30))
      try await push.send(["still", "usable"])
      let message = try await next(from: pull)
      XCTAssertEqual(message, ["still", "usable"])
    }
  }

  @PinnedActor
  func testTimeoutOfZeroOrLessDoesNotWait() async throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    for timeout in [Duration.zero, .seconds(-1)] {
      let nothing = try await assertPrompt("no time") { try await pull.receive(timeout: timeout) }
      XCTAssertNil(nothing)
      try await push.send("there")
      let message = try await pull.receive(timeout: timeout)
      XCTAssertEqual(message, "there")
    }
  }

  @PinnedActor
  func testLongestTimeoutWaits() async throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    // The last two lie around what 64 bits of nanoseconds hold.
    for timeout in [Duration.seconds(Int64.max), .milliseconds(9_223_372_036_999), .milliseconds(9_223_372_036_000)] {
      let task = Task { try await pull.receive(timeout: timeout) }
      await letOthersWait()
      try await push.send("there")
      let message = try await task.value
      XCTAssertEqual(message, "there")
    }
  }

  @PinnedActor
  func testReceiveTimeoutOptionIsAnError() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      try pull.set(.receiveTimeout, to: .milliseconds(20))
      let error = await assertError(.wouldBlock) { _ = try await pull.receive() }
      XCTAssertEqual(error?.operation, "zmq_msg_recv")
      await assertError(.wouldBlock) {
        var frame = UniqueFrame()
        try await pull.receive(into: &frame)
      }
      try await push.send("still usable")
      let message = try await next(from: pull)
      XCTAssertEqual(message, "still usable")
    }
  }

  @PinnedActor
  func testTimeoutOverridesTheOption() async throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    try pull.set(.receiveTimeout, to: .milliseconds(1))
    let task = Task { try await pull.receive(timeout: Self.ages) }
    _ = try await push.wait(for: .readable, timeout: .milliseconds(30))
    try await push.send("late")
    let message = try await task.value
    XCTAssertEqual(message, "late")
  }

  @PinnedActor
  func testReceiveTimeoutOptionOfZeroDoesNotWait() async throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    try pull.set(.receiveTimeout, to: .zero)
    await assertPrompt("no time") { await assertError(.wouldBlock) { _ = try await pull.receive() } }
    try await push.send("there")
    let message = try await pull.receive()
    XCTAssertEqual(message, "there")
  }

  @PinnedActor
  func testReceivingOutOfTurnIsAnError() async throws {
    let (rep, req) = try pair(.rep, .req, over: .inproc)
    await assertError(.wrongState) { _ = try await req.receive() }
    await assertError(.wrongState) { _ = try await req.receive(timeout: Self.ages) }
    try await req.send("request")
    let request = try await next(from: rep)
    XCTAssertEqual(request, "request")
    await assertError(.wrongState) { _ = try await rep.receive() }
  }

  @PinnedActor
  func testFramesOfAMessageAreReceivedOneByOne() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let frames = Payload.frames(seed: 7)
      let task = Task {
        var frame = UniqueFrame()
        var received: [[UInt8]] = []
        repeat {
          try await pull.receive(into: &frame)
          received.append(array(frame.bytes))
        } while frame.hasMore
        return received
      }
      await letOthersWait()
      try await push.send(Message(bytes: frames))
      let received = try await task.value
      XCTAssertEqual(received, frames)
    }
  }

  @PinnedActor
  func testFrameIsEmptyAfterAFailedReceive() async throws {
    let (pull, _) = try pair(.pull, .push, over: .inproc)
    try pull.set(.receiveTimeout, to: .milliseconds(1))
    var frame = UniqueFrame(copying: "old".utf8)
    do {
      try await pull.receive(into: &frame)
      XCTFail("nothing was thrown")
    } catch {
      XCTAssertEqual(array(frame.bytes), [])
    }
  }

  /// libzmq itself leaves the frame as it was, on some types of sockets.
  @PinnedActor
  func testFrameIsEmptyAfterACancelledReceive() async throws {
    for type in [SocketType.pull, .xpub, .stream] {
      let socket = try context.socket(ofType: type)
      let task = Task {
        var frame = UniqueFrame(copying: "old".utf8)
        do {
          try await socket.receive(into: &frame)
        } catch is CancellationError {
          return array(frame.bytes)
        }
        return [1]
      }
      await letOthersWait()
      task.cancel()
      let bytes = try await task.value
      XCTAssertEqual(bytes, [], "\(type)")
    }
  }

  @PinnedActor
  func testMessageIsReceivedOrLeftWholeWhenCancelledAsItComes() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      var received: [Message] = []
      let rounds = 200
      for number in 0..<rounds {
        let task = Task { try await pull.receive() }
        await letOthersWait()
        let thread = TestThread { task.cancel() }
        try await push.send(["\(number)", "second", Frame(copying: Payload.bytes(number * 7 % 3000, seed: number))])
        do { received.append(try await task.value) } catch is CancellationError {}
        try thread.join()
      }
      while received.count < rounds { received.append(try await next(from: pull)) }
      for (number, message) in received.enumerated() {
        XCTAssertEqual(message.count, 3)
        XCTAssertEqual(message.first, Frame("\(number)"))
        XCTAssertEqual(message.last?.hasBytes(Payload.bytes(number * 7 % 3000, seed: number)), true)
      }
    }
  }

  @PinnedActor
  func testMessageIsReceivedOrLeftWholeWhenItComesAsTheTimeEnds() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      var received: [Message] = []
      let rounds = 100
      for number in 0..<rounds {
        let task = Task { try await pull.receive(timeout: .microseconds(number * 13 % 1200)) }
        await letOthersWait()
        try await push.send(["\(number)", "second"])
        if let message = try await task.value { received.append(message) }
      }
      while received.count < rounds { received.append(try await next(from: pull)) }
      XCTAssertEqual(received, (0..<rounds).map { ["\($0)", "second"] })
    }
  }

  @PinnedActor
  func testFrameIsReceivedOrLeftWhenCancelledAsItComes() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      var received: [[[UInt8]]] = []
      let rounds = 100
      for number in 0..<rounds {
        let task = Task {
          var frame = UniqueFrame()
          var frames: [[UInt8]] = []
          repeat {
            try await pull.receive(into: &frame)
            frames.append(array(frame.bytes))
          } while frame.hasMore
          return frames
        }
        await letOthersWait()
        let thread = TestThread { task.cancel() }
        try await push.send(Message(bytes: [Array("\(number)".utf8), [1], [2]]))
        do { received.append(try await task.value) } catch is CancellationError {}
        try thread.join()
      }
      while received.count < rounds { received.append(try await next(from: pull).arrays) }
      XCTAssertEqual(received, (0..<rounds).map { [Array("\($0)".utf8), [1], [2]] })
    }
  }

  /// Reading on after a cancellation in mid-message, with whatever call, leaves nothing behind.
  @PinnedActor
  func testRestOfAMessageIsReceivedByACancelledTask() async throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    try await push.send(["one", "two"])
    try await push.send("next")
    let task = Task {
      var frame = UniqueFrame()
      try await pull.receive(into: &frame)
      cancelCurrentTask()
      try await pull.receive(into: &frame)
      XCTAssertEqual(array(frame.bytes), Array("two".utf8))
      XCTAssertFalse(frame.hasMore)
      await self.assertCancelled { try await pull.receive(into: &frame) }
    }
    try await task.value
    let message = try await next(from: pull)
    XCTAssertEqual(message, "next")
  }

  @MainActor
  func testMessageIsReceivedOnTheMainActor() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let task = Task { try await pull.receive() }
      await letOthersWait()
      try await push.send(["on", "the main actor"])
      let message = try await task.value
      XCTAssertEqual(message, ["on", "the main actor"])
      let cancelled = Task { try await pull.receive() }
      await letOthersWait()
      cancelled.cancel()
      await assertCancelled { _ = try await cancelled.value }
      MainActor.assertIsolated()
    }
  }
}
