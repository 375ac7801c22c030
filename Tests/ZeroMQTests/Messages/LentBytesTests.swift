import XCTest
import ZeroMQ

/// The spans that frames lend show the frame's bytes, wherever the frame lies, also in optimized code.
final class LentBytesTests: ZeroMQTestCase {
  private static let sizes = [1, 8, 22, 23, 24, 30, 33, 34, 200]

  private func forEachSize(_ body: (_ frame: Frame, _ bytes: [UInt8]) throws -> Void) rethrows {
    for size in Self.sizes {
      let bytes = Payload.bytes(size)
      try body(Frame(copying: bytes), bytes)
    }
  }

  func testFrameInALocalLendsItsBytes() {
    forEachSize { frame, bytes in
      let constant = frame
      var variable = frame
      let first = constant.bytes
      XCTAssertEqual(array(first), bytes)
      XCTAssertEqual(lend(changing: &variable), bytes)
      variable = "other"
      let second = variable.bytes
      XCTAssertEqual(array(second), Array("other".utf8))
    }
  }

  @inline(never)
  private func lend(_ frame: Frame) -> [UInt8] {
    let span = frame.bytes
    return array(span)
  }

  @inline(never)
  private func lend(consuming frame: consuming Frame) -> [UInt8] {
    let span = frame.bytes
    return array(span)
  }

  @inline(never)
  private func lend(changing frame: inout Frame) -> [UInt8] {
    let span = frame.bytes
    return array(span)
  }

  @inline(never)
  private func lend(_ frames: some Collection<Frame>) -> [[UInt8]] {
    frames.map { array($0.bytes) }
  }

  @inline(never)
  private func span(of frame: borrowing Frame, _ body: (RawSpan) -> [UInt8]) -> [UInt8] {
    body(frame.bytes)
  }

  func testFrameInAParameterLendsItsBytes() {
    forEachSize { frame, bytes in
      var variable = frame
      XCTAssertEqual(lend(frame), bytes)
      XCTAssertEqual(lend(consuming: frame), bytes)
      XCTAssertEqual(lend(changing: &variable), bytes)
      XCTAssertEqual(lend([frame, frame]), [bytes, bytes])
      XCTAssertEqual(span(of: frame, array), bytes)
      XCTAssertEqual(lend(Frame(copying: bytes)), bytes)
    }
  }

  private final class Holder {
    let constant: Frame
    var variable: Frame
    var optional: Frame?
    var nested: (name: String, frame: Frame)
    static nonisolated(unsafe) var global: Frame = ""

    init(_ frame: Frame) {
      constant = frame
      variable = frame
      optional = frame
      nested = ("x", frame)
    }

    var computed: Frame { Frame(copying: variable) }
  }

  func testFrameInAClassLendsItsBytes() {
    forEachSize { frame, bytes in
      let holder = Holder(frame)
      let (first, second, third) = (holder.constant.bytes, holder.variable.bytes, holder.nested.frame.bytes)
      XCTAssertEqual(array(first), bytes)
      XCTAssertEqual(array(second), bytes)
      XCTAssertEqual(array(third), bytes)
      let fourth = holder.computed.bytes
      XCTAssertEqual(array(fourth), bytes)
      if let inside = holder.optional { XCTAssertEqual(array(inside.bytes), bytes) }
      let fifth = holder.optional!.bytes
      XCTAssertEqual(array(fifth), bytes)
    }
  }

  func testFrameInAStaticVariableLendsItsBytes() {
    forEachSize { frame, bytes in
      unsafe Holder.global = frame
      let span = unsafe Holder.global.bytes
      XCTAssertEqual(array(span), bytes)
    }
  }

  func testFrameInAContainerLendsItsBytes() {
    forEachSize { frame, bytes in
      let frames = ["before", frame, "after"]
      let span = frames[1].bytes
      XCTAssertEqual(array(span), bytes)
      let dictionary = ["key": frame]
      let value = dictionary["key"]!.bytes
      XCTAssertEqual(array(value), bytes)
      let tuple = (1, frame)
      let element = tuple.1.bytes
      XCTAssertEqual(array(element), bytes)
      let box: any Sendable = frame
      XCTAssertEqual(array((box as! Frame).bytes), bytes)
    }
  }

  func testFrameOfAMessageLendsItsBytes() {
    forEachSize { frame, bytes in
      let message: Message = ["before", frame, "after"]
      let span = message[1].bytes
      XCTAssertEqual(array(span), bytes)
      let last = Message(message[...1]).last!.bytes
      XCTAssertEqual(array(last), bytes)
    }
  }

  func testFrameInAClosureLendsItsBytes() {
    forEachSize { frame, bytes in
      let escaping: @Sendable () -> [UInt8] = {
        let span = frame.bytes
        return array(span)
      }
      XCTAssertEqual(escaping(), bytes)
      XCTAssertEqual([frame, frame].map { array($0.bytes) }, [bytes, bytes])
    }
  }

  func testManySpansOfOneFrameShowTheSame() {
    forEachSize { frame, bytes in
      let (first, second) = (frame.bytes, frame.bytes)
      let part = first.extracting(1..<first.byteCount)
      XCTAssertEqual(array(first), array(second))
      XCTAssertEqual(array(part), Array(bytes.dropFirst()))
    }
  }

  func testSpanStaysWhileOtherFramesComeAndGo() {
    forEachSize { frame, bytes in
      let span = frame.bytes
      var others: [Frame] = []
      for number in 0..<50 { others.append(Frame(copying: Payload.bytes(bytes.count, seed: number))) }
      XCTAssertEqual(others.count, 50)
      XCTAssertEqual(array(span), bytes)
    }
  }

  func testReceivedFrameLendsItsBytes() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      try forEachSize { frame, bytes in
        try push.send([frame, frame])
        let span = try next(pull)[1].bytes
        XCTAssertEqual(array(span), bytes)
      }
    }
  }

  func testLentBytesAreSent() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      try forEachSize { frame, bytes in
        try push.send(frame.bytes)
        XCTAssertEqual(try next(pull).arrays, [bytes])
      }
    }
  }
}
