import XCTest
import ZeroMQ

/// A buffer that a frame adopts arrives, and is given back exactly once.
final class AdoptedBufferTests: ZeroMQTestCase {
  override var deadline: Duration { .seconds(60) }

  private static let sizes = [0, 1, 23, 24, 33, 34, 1000, 100_000]

  /// Ends everything that could still give the buffer back, and checks that it was given back once.
  private func assertReleasedOnce(
    _ buffer: AdoptedBuffer, afterTerminating context: Context, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    try context.terminate()
    if buffer.releaseCount == 0 { buffer.waitForRelease(file: file, line: line) }
    XCTAssertEqual(buffer.releaseCount, 1, file: file, line: line)
  }

  /// Runs a test of two connected sockets for each size and transport, and checks what becomes of the buffer.
  private func check(
    file: StaticString = #filePath, line: UInt = #line,
    _ body: (_ buffer: AdoptedBuffer, _ pull: PullSocket, _ push: PushSocket) throws -> Void
  ) throws {
    for transport in Transport.allCases {
      for size in Self.sizes {
        let buffer = AdoptedBuffer(size)
        let context = try Context(Context.Configuration(blocky: false))
        let (pull, push) = (try context.socket(.pull), try context.socket(.push))
        try push.connect(try pull.bind(transport.newEndpoint()))
        try body(buffer, pull, push)
        push.close()
        pull.close()
        try assertReleasedOnce(buffer, afterTerminating: context, file: file, line: line)
      }
    }
  }

  func testSentFrameArrivesAndIsGivenBack() throws {
    try check { buffer, pull, push in
      try push.send(buffer.makeUniqueFrame(), more: false)
      XCTAssertEqual(try next(pull).arrays, [buffer.contents])
    }
  }

  func testBufferIsGivenBackWhileTheSocketsLive() throws {
    try check { buffer, pull, push in
      try push.send(buffer.makeUniqueFrame(), more: false)
      _ = try next(pull)
      // The next message takes the place of the one received.
      try push.send("next")
      XCTAssertEqual(try next(pull), "next")
      buffer.waitForRelease()
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testSentValueArrivesAndIsGivenBack() throws {
    try check { buffer, pull, push in
      try push.send(buffer.makeFrame())
      XCTAssertEqual(try next(pull).arrays, [buffer.contents])
    }
  }

  func testFrameCopiedIntoSeveralMessagesArrivesInAll() throws {
    try check { buffer, pull, push in
      let frame = buffer.makeFrame()
      let message: Message = ["first", frame, frame]
      try push.send(message)
      try push.send([frame])
      try push.send(message + [frame])
      try push.send(UniqueFrame(frame), more: false)
      let contents = buffer.contents
      XCTAssertEqual(try next(pull).dropFirst().map { array($0.bytes) }, [contents, contents])
      XCTAssertEqual(try next(pull).arrays, [contents])
      XCTAssertEqual(try next(pull).dropFirst().map { array($0.bytes) }, [contents, contents, contents])
      XCTAssertEqual(try next(pull).arrays, [contents])
      if contents.count > 23 { withExtendedLifetime(frame) { XCTAssertEqual(buffer.releaseCount, 0) } }
    }
  }

  func testUniqueFrameDroppedUnsentIsGivenBackAtOnce() {
    for size in Self.sizes {
      let buffer = AdoptedBuffer(size)
      _ = buffer.makeUniqueFrame()
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testValueDroppedUnsentIsGivenBackAtOnce() {
    for size in Self.sizes {
      let buffer = AdoptedBuffer(size)
      var frames = [buffer.makeFrame()]
      frames.append(frames[0])
      XCTAssertTrue(frames[1].hasBytes(buffer.contents))
      frames.removeAll()
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testCopyOfAUniqueFrameKeepsTheBuffer() {
    for size in Self.sizes {
      let buffer = AdoptedBuffer(size)
      var copies = [Frame]()
      do {
        var frame = buffer.makeUniqueFrame()
        copies = [Frame(frame.copy()), Frame(frame.copy())]
      }
      XCTAssertTrue(copies[1].hasBytes(buffer.contents))
      if size > 23 { XCTAssertEqual(buffer.releaseCount, 0) }
      copies.removeAll()
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testFrameConsumedByAFailedSendIsGivenBackAtOnce() throws {
    for size in Self.sizes {
      let buffer = AdoptedBuffer(size)
      let reply = try context.socket(.rep)
      assertThrows(.wrongState) { try reply.send(buffer.makeUniqueFrame(), more: false) }
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testFrameKeptByAFailedSendIsGivenBackWhenDropped() throws {
    for size in Self.sizes {
      let buffer = AdoptedBuffer(size)
      let reply = try context.socket(.rep)
      do {
        var frame = buffer.makeUniqueFrame()
        assertThrows(.wrongState) { try reply.send(&frame, more: false) }
        XCTAssertEqual(buffer.releaseCount, 0)
        XCTAssertEqual(array(frame.bytes), buffer.contents)
      }
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testFrameNotReadyToBeSentIsGivenBackWhenDropped() throws {
    for size in Self.sizes {
      let buffer = AdoptedBuffer(size)
      let push = try context.socket(.push)
      do {
        var frame = buffer.makeUniqueFrame()
        XCTAssertFalse(try push.sendIfReady(&frame, more: false))
        XCTAssertEqual(buffer.releaseCount, 0)
      }
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testMessageNotReadyToBeSentIsGivenBackWhenDropped() throws {
    for size in Self.sizes where size > 23 {
      let buffer = AdoptedBuffer(size)
      let push = try context.socket(.push)
      var message: Message? = ["first", buffer.makeFrame()]
      XCTAssertFalse(try push.sendIfReady(message!))
      XCTAssertFalse(try push.send(message!, timeout: .milliseconds(1)))
      XCTAssertEqual(buffer.releaseCount, 0)
      message = nil
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testMessageConsumedByAFailedSendIsGivenBackAtOnce() throws {
    for size in Self.sizes {
      let buffer = AdoptedBuffer(size)
      let reply = try context.socket(.rep)
      assertThrows(.wrongState) { try reply.send(["first", buffer.makeFrame()]) }
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testFrameToAnUnknownPeerIsGivenBackWhenDropped() throws {
    let router = try context.socket(.router)
    try router.set(.raw(33), to: true)
    for size in Self.sizes {
      let buffer = AdoptedBuffer(size)
      assertThrows(.hostUnreachable) { try router.send(["nobody", buffer.makeFrame()]) }
      XCTAssertEqual(buffer.releaseCount, 1)
    }
  }

  func testMessageDroppedByItsSocketIsGivenBack() throws {
    for size in Self.sizes {
      let buffer = AdoptedBuffer(size)
      // A PUB without subscribers, and a ROUTER that may drop.
      let (publisher, router) = (try context.socket(.pub), try context.socket(.router))
      try publisher.send(buffer.makeFrame())
      XCTAssertEqual(buffer.releaseCount, 1)
      let other = AdoptedBuffer(size)
      try router.send(["nobody", other.makeFrame()])
      XCTAssertEqual(other.releaseCount, 1)
    }
  }

  func testQueuedFrameIsGivenBackWhenTheContextEnds() throws {
    try check { buffer, _, push in
      try push.send(buffer.makeUniqueFrame(), more: false)
    }
  }

  func testBegunMessageIsGivenBackWhenTheContextEnds() throws {
    try check { buffer, _, push in
      try push.send(buffer.makeUniqueFrame(), more: true)
    }
  }

  func testFrameQueuedForAPeerThatNeverComesIsGivenBackWhenTheContextEnds() throws {
    for size in Self.sizes {
      let buffer = AdoptedBuffer(size)
      let context = try Context(Context.Configuration(blocky: false))
      let push = try context.socket(.push)
      try push.connect("inproc://nobody-\(size)")
      try push.send(buffer.makeUniqueFrame(), more: false)
      XCTAssertEqual(buffer.releaseCount, 0)
      push.close()
      try assertReleasedOnce(buffer, afterTerminating: context)
    }
  }

  func testEmptyBufferWithoutAnAddressIsGivenBack() {
    let done = expectation(description: "release")
    _ = unsafe UniqueFrame(adopting: UnsafeMutableRawBufferPointer(start: nil, count: 0)) { buffer in
      XCTAssertEqual(buffer.count, 0)
      done.fulfill()
    }
    wait(for: [done], timeout: 1)
  }

  func testHeldReceivedFrameKeepsTheBufferOverInproc() throws {
    let buffer = AdoptedBuffer(5000)
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    try push.send(buffer.makeUniqueFrame(), more: false)
    var message: Message? = try next(pull)
    try push.send("next")
    XCTAssertEqual(try next(pull), "next")
    XCTAssertEqual(buffer.releaseCount, 0)
    XCTAssertTrue(message![0].hasBytes(buffer.contents))
    message = nil
    XCTAssertEqual(buffer.releaseCount, 1)
  }
}
