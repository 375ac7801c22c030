import XCTest
import ZeroMQ

/// A frame that nobody else holds goes into a message with its bytes; any other stays as it was.
final class FrameMoveTests: ZeroMQTestCase {
  override var deadline: Duration { .seconds(120) }

  func testFramesOfALiteralArrive() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for size in Payload.sizes {
        let bytes = Payload.bytes(size)
        try push.send([Frame(copying: bytes), "", "text", Frame(copying: bytes)])
        XCTAssertEqual(try next(pull).arrays, [bytes, [], Array("text".utf8), bytes], "\(size) bytes over \(transport)")
      }
    }
  }

  func testFrameThatIsHeldStaysWhenItsMessageIsSent() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    for size in Payload.sizes {
      let bytes = Payload.bytes(size)
      let frame = Frame(copying: bytes)
      try push.send([frame, frame])
      try push.send(Message(frame))
      XCTAssertEqual(try next(pull).arrays, [bytes, bytes], "\(size) bytes")
      XCTAssertEqual(try next(pull).arrays, [bytes], "\(size) bytes")
      XCTAssertTrue(frame.hasBytes(bytes), "\(size) bytes")
    }
  }

  func testFramesOfAReceivedMessageStayWhenTheyAreSent() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let frames = Payload.frames()
      try push.send(Message(bytes: frames))
      let message = try next(pull)
      for number in frames.indices {
        try push.send([message[number], "", message[number]])
        XCTAssertEqual(try next(pull).arrays, [frames[number], [], frames[number]])
      }
      XCTAssertEqual(message.arrays, frames)
    }
  }

  func testLiteralOfManyFramesArrives() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let bytes = Payload.bytes(100)
    let frame = Frame(copying: bytes)
    try push.send([frame, "1", Frame(copying: bytes), "", frame, "5", Frame(copying: bytes), Frame()])
    let texts = ["1", "5"].map { Array($0.utf8) }
    XCTAssertEqual(try next(pull).arrays, [bytes, texts[0], bytes, [], bytes, texts[1], bytes, []])
  }

  func testEveryShortFrameOfAMessageIsReadAsItIs() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for size in 0...70 {
        let bytes = Payload.bytes(size, seed: size)
        try push.send([Frame(copying: bytes), Frame(copying: bytes)])
        let message = try next(pull)
        for frame in message {
          XCTAssertTrue(frame.hasBytes(bytes), "\(size) bytes over \(transport)")
          XCTAssertEqual(frame, Frame(copying: bytes))
          XCTAssertEqual(frame.hashValue, Frame(copying: bytes).hashValue)
        }
      }
    }
  }

  func testAdoptedBufferOfATemporaryFrameIsGivenBackOnce() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let (sent, dropped, single) = (AdoptedBuffer(1000), AdoptedBuffer(1000), AdoptedBuffer(1000))
    var message: Message? = [dropped.makeFrame(), ""]
    XCTAssertEqual(message?.arrays, [dropped.contents, []])
    XCTAssertEqual(dropped.releaseCount, 0)
    message = nil
    dropped.waitForRelease()
    try push.send([sent.makeFrame(), "more"])
    XCTAssertEqual(try next(pull).first?.hasBytes(sent.contents), true)
    try push.send(Message(single.makeFrame()))
    XCTAssertEqual(try next(pull).first?.hasBytes(single.contents), true)
    pull.close()
    XCTAssertEqual(dropped.releaseCount, 1)
    for buffer in [sent, single] {
      buffer.waitForRelease()
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testAdoptedBufferIsGivenBackAfterTheLastOfFrameAndMessage() {
    let buffer = AdoptedBuffer(1000)
    var frame: Frame? = buffer.makeFrame()
    var message: Message? = frame.map { [$0, $0] }
    frame = nil
    XCTAssertEqual(message?.arrays, [buffer.contents, buffer.contents])
    XCTAssertEqual(buffer.releaseCount, 0)
    message = nil
    buffer.waitForRelease()
    XCTAssertEqual(buffer.releaseCount, 1)
  }

  func testMessagesThatAreNotSentLeaveTheirMemoryIntact() throws {
    let push = try context.socket(.push)
    let frame = Frame(copying: Payload.bytes(100))
    for number in 0..<100 {
      XCTAssertFalse(try push.sendIfReady([frame, Frame(copying: Payload.bytes(200, seed: number))]))
      let message: Message = [Frame(copying: Payload.bytes(300, seed: number)), "\(number)"]
      XCTAssertEqual(message.arrays, [Payload.bytes(300, seed: number), Array("\(number)".utf8)])
    }
    XCTAssertTrue(frame.hasBytes(Payload.bytes(100)))
  }

  func testMessagesMadeOnManyThreadsKeepTheirBytes() throws {
    struct Wrong: Error {}
    let threads = (0..<8).map { number in
      TestThread {
        for round in 0..<2000 {
          let bytes = Payload.bytes(30 + round % 50, seed: number * 10_000 + round)
          let frame = Frame(copying: bytes)
          let messages: [Message] = [[Frame(copying: bytes), "", frame], Message(Frame(copying: bytes)), Message(frame)]
          guard messages.map(\.arrays) == [[bytes, [], bytes], [bytes], [bytes]] else { throw Wrong() }
        }
      }
    }
    for thread in threads { try thread.join(within: .seconds(60)) }
  }

  func testSentUniqueFramesGiveTheirBuffersBackOnce() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let buffers = (0..<100).map { AdoptedBuffer(1000, seed: $0) }
    for buffer in buffers {
      try push.send(buffer.makeUniqueFrame(), more: true)
      try push.send(UniqueFrame(copying: [1, 2, 3]), more: true)
      try push.send(UniqueFrame(copying: Array(repeating: 7, count: 100).lazy.map { $0 + 1 }), more: false)
      XCTAssertEqual(try next(pull).arrays, [buffer.contents, [1, 2, 3], Array(repeating: 8, count: 100)])
    }
    pull.close()
    for buffer in buffers {
      buffer.waitForRelease()
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }
}
