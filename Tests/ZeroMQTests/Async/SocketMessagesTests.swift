import Foundation
import XCTest
import ZeroMQ

/// Messages as a sequence.
final class SocketMessagesTests: AsyncTestCase {
  @PinnedActor
  func testLoopGetsMessagesInOrder() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let sender = Task { for number in 0..<200 { try await push.send(["\(number)", "more"]) } }
      var count = 0
      for try await message in pull.messages {
        XCTAssertEqual(message, ["\(count)", "more"])
        count += 1
        if count == 200 { break }
      }
      try await sender.value
    }
  }

  @PinnedActor
  func testLoopThatIsLeftTakesNothingMore() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for number in 0..<3 { try await push.send("\(number)") }
      for try await message in pull.messages {
        XCTAssertEqual(message, "0")
        break
      }
      for try await message in pull.messages {
        XCTAssertEqual(message, "1")
        break
      }
      let message = try await next(from: pull)
      XCTAssertEqual(message, "2")
    }
  }

  @PinnedActor
  func testClosingEndsTheLoop() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let loop = Task {
        var count = 0
        for try await _ in pull.messages { count += 1 }
        return count
      }
      try await push.send("one")
      try await push.send("two")
      await letOthersWait()
      if transport != .inproc {
        // Until the messages have come over, the loop cannot be seen from here to have taken them.
        let (second, first) = try pair(.pull, .push, over: transport)
        try await first.send("later")
        _ = try await next(from: second)
      }
      pull.close()
      let count = try await assertPrompt("closing") { try await loop.value }
      XCTAssertLessThanOrEqual(count, 2)
      if transport == .inproc { XCTAssertEqual(count, 2) }
      for try await _ in pull.messages { XCTFail("a closed socket has no messages") }
    }
  }

  @PinnedActor
  func testLoopMayCloseItsSocket() async throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    try await push.send("one")
    try await push.send("two")
    var messages: [Message] = []
    for try await message in pull.messages {
      messages.append(message)
      pull.close()
    }
    XCTAssertEqual(messages, ["one"])
  }

  @PinnedActor
  func testShutdownEndsTheLoop() async throws {
    for isWaiting in [true, false] {
      let context = try Context()
      let pull = try context.socket(.pull)
      let loop = Task { for try await _ in pull.messages {} }
      if isWaiting { await letOthersWait() }
      context.shutdown()
      try await assertPrompt("shutdown") { try await loop.value }
    }
  }

  @PinnedActor
  func testCancellationEndsTheLoopWithAnError() async throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let loop = Task { for try await _ in pull.messages {} }
      await letOthersWait()
      loop.cancel()
      await assertPrompt("cancellation") { await assertCancelled { try await loop.value } }
      try await push.send("kept")
      for try await message in pull.messages {
        XCTAssertEqual(message, "kept")
        break
      }
    }
  }

  @PinnedActor
  func testErrorsOfTheSocketAreThrown() async throws {
    let req = try context.socket(.req)
    await assertError(.wrongState) { for try await _ in req.messages {} }
    let pull = try context.socket(.pull)
    try pull.set(.receiveTimeout, to: .milliseconds(1))
    await assertError(.wouldBlock) { for try await _ in pull.messages {} }
    await assertError(.notSupported) {
      for try await _ in try self.context.socket(ofType: .pub).messages {}
    }
  }

  @PinnedActor
  func testServerAnswersAsLongAsItsTaskRuns() async throws {
    for transport in Transport.allCases {
      let (rep, req) = try pair(.rep, .req, over: transport)
      let server = Task { for try await request in rep.messages { try await rep.send(["re"] + request) } }
      for number in 0..<50 {
        try await req.send("\(number)")
        let reply = try await next(from: req)
        XCTAssertEqual(reply, ["re", Frame("\(number)")])
      }
      server.cancel()
      await assertCancelled { try await server.value }
    }
  }

  func testLoopWorksOffEveryActor() async throws {
    let (pull, push) = try pair(.pull, .push, over: .tcp)
    for number in 0..<20 { try await push.send("\(number)") }
    var count = 0
    for try await message in pull.messages {
      XCTAssertEqual(message, Message("\(count)"))
      count += 1
      if count == 20 { break }
    }
  }

  @PlainActor
  func testLoopWorksOnADefaultActor() async throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try push.connect(try pull.bind(Transport.tcp.newEndpoint()))
    let sender = Task { for number in 0..<20 { try await push.send("\(number)") } }
    var count = 0
    for try await message in pull.messages {
      PlainActor.assertIsolated()
      XCTAssertEqual(message, Message("\(count)"))
      count += 1
      if count == 20 { break }
    }
    try await sender.value
  }
}
