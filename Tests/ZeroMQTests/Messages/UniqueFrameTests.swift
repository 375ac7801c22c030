import Foundation
import XCTest
import ZeroMQ

final class UniqueFrameTests: ZeroMQTestCase {
  private static let sizes = [0, 1, 23, 24, 29, 33, 34, 64, 256, 8192, 100_000]

  private func assertBytes(
    of frame: borrowing UniqueFrame, are expected: [UInt8], file: StaticString = #filePath, line: UInt = #line
  ) {
    let (count, isEmpty, bytes) = (frame.count, frame.isEmpty, array(frame.bytes))
    XCTAssertEqual(bytes, expected, file: file, line: line)
    XCTAssertEqual(count, expected.count, file: file, line: line)
    XCTAssertEqual(isEmpty, expected.isEmpty, file: file, line: line)
  }

  func testNewFrameIsEmpty() {
    let frame = UniqueFrame()
    XCTAssertEqual(frame.count, 0)
    XCTAssertTrue(frame.isEmpty)
    XCTAssertFalse(frame.hasMore)
    assertBytes(of: frame, are: [])
  }

  func testBytesAreCopied() {
    for size in Self.sizes {
      let bytes = Payload.bytes(size).map { $0 & 0x7f }
      let fromArray = UniqueFrame(copying: bytes)
      let fromLazy = UniqueFrame(copying: bytes.lazy.map { $0 })
      let fromSpan = unsafe UniqueFrame(copying: bytes.span.bytes)
      let fromText = UniqueFrame(String(decoding: bytes, as: UTF8.self))
      let fromFrame = UniqueFrame(Frame(copying: bytes))
      assertBytes(of: fromArray, are: bytes)
      assertBytes(of: fromLazy, are: bytes)
      assertBytes(of: fromSpan, are: bytes)
      assertBytes(of: fromText, are: bytes)
      assertBytes(of: fromFrame, are: bytes)
      XCTAssertEqual(fromArray.count, size)
      XCTAssertEqual(fromArray.isEmpty, size == 0)
    }
  }

  func testFrameIsFilledInPlace() throws {
    for size in Self.sizes {
      let bytes = Payload.bytes(size)
      let frame = try UniqueFrame(byteCount: size) { output in
        XCTAssertEqual(output.freeCapacity, size)
        for byte in bytes { unsafe output.append(byte, as: UInt8.self) }
      }
      assertBytes(of: frame, are: bytes)
    }
  }

  func testBytesThatAreNotWrittenAreZero() throws {
    for size in Self.sizes {
      // The allocator hands out again what was freed just before.
      _ = UniqueFrame(copying: [UInt8](repeating: 0xff, count: size))
      let written = min(3, size)
      let frame = try UniqueFrame(byteCount: size) { output in
        for _ in 0..<written { unsafe output.append(7, as: UInt8.self) }
      }
      let expected = [UInt8](repeating: 7, count: written) + [UInt8](repeating: 0, count: size - written)
      assertBytes(of: frame, are: expected)
      let untouched = try UniqueFrame(byteCount: size) { _ in }
      assertBytes(of: untouched, are: [UInt8](repeating: 0, count: size))
    }
  }

  func testFrameThatDoesNotFitIntoMemoryIsRefused() throws {
    let error = assertThrows(.noMemory) {
      _ = try UniqueFrame(byteCount: .max) { _ in XCTFail("there is nothing to fill") }
    }
    XCTAssertEqual(error?.operation, "zmq_msg_init_size")
  }

  func testWrittenBytesAreSent() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for size in Self.sizes where size > 0 {
        var bytes = Payload.bytes(size)
        var frame = UniqueFrame(copying: bytes)
        write(42, at: size - 1, into: frame.mutableBytes)
        write(43, at: 0, into: frame.mutableBytes)
        bytes[size - 1] = 42
        bytes[0] = 43
        assertBytes(of: frame, are: bytes)
        try push.send(frame, more: false)
        XCTAssertEqual(try next(pull).arrays, [bytes])
      }
    }
  }

  private func write(_ byte: UInt8, at position: Int, into span: consuming MutableRawSpan) {
    span.storeBytes(of: byte, toByteOffset: position, as: UInt8.self)
  }

  func testWritingLeavesTheFrameThatSharesTheBytes() {
    for size in Self.sizes where size > 0 {
      let value = Frame(copying: Payload.bytes(size))
      var frame = UniqueFrame(value)
      write(value[0] ^ 1, at: 0, into: frame.mutableBytes)
      XCTAssertEqual(array(value.bytes), Payload.bytes(size))
      var expected = Payload.bytes(size)
      expected[0] ^= 1
      assertBytes(of: frame, are: expected)
      let copy = frame.copy()
      write(expected[0] ^ 2, at: 0, into: frame.mutableBytes)
      assertBytes(of: copy, are: expected)
    }
  }

  func testWritingToAReceivedFrameLeavesTheSendersValue() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      try pull.set(.raw(Self.receiveTimeout), to: 10_000)
      for size in Self.sizes where size > 0 {
        let value = Frame(copying: Payload.bytes(size))
        try push.send(value)
        var frame = UniqueFrame()
        try pull.receive(into: &frame)
        write(value[0] ^ 1, at: 0, into: frame.mutableBytes)
        XCTAssertEqual(array(value.bytes), Payload.bytes(size), "\(size) bytes over \(transport)")
      }
    }
  }

  func testCopyHasTheSameBytesAndOutlivesTheOriginal() {
    for size in Self.sizes {
      let bytes = Payload.bytes(size)
      var original = UniqueFrame(copying: bytes)
      let one = original.copy()
      let other = original.copy()
      assertBytes(of: original, are: bytes)
      original = UniqueFrame("other")
      assertBytes(of: one, are: bytes)
      assertBytes(of: other, are: bytes)
      assertBytes(of: original, are: Array("other".utf8))
    }
  }

  func testCopyIsSentWhileTheOriginalStays() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for size in Self.sizes {
        let bytes = Payload.bytes(size)
        var frame = UniqueFrame(copying: bytes)
        for _ in 0..<3 { try push.send(frame.copy(), more: false) }
        for _ in 0..<3 { XCTAssertEqual(try next(pull).arrays, [bytes]) }
        assertBytes(of: frame, are: bytes)
      }
    }
  }

  private struct Envelope: ~Copyable {
    var number = 0
    var frame: UniqueFrame
    var optional: UniqueFrame?

    consuming func takeFrame() -> UniqueFrame { frame }
  }

  @inline(never)
  private func make(_ bytes: [UInt8]) -> UniqueFrame {
    let frame = UniqueFrame(copying: bytes)
    return frame
  }

  @inline(never)
  private func passOn(_ frame: consuming UniqueFrame, times: Int) -> UniqueFrame {
    times == 0 ? frame : passOn(frame, times: times - 1)
  }

  @inline(never)
  private func look(at frame: borrowing UniqueFrame) -> [UInt8] {
    array(frame.bytes)
  }

  func testBytesStayRightWhereverTheFrameIsMoved() {
    for size in Self.sizes {
      let bytes = Payload.bytes(size)
      var seen: [[UInt8]] = []
      let returned = make(bytes)
      seen.append(array(returned.bytes))
      var envelope = Envelope(frame: passOn(returned, times: 5))
      seen.append(array(envelope.frame.bytes))
      seen.append(look(at: envelope.frame))
      envelope.optional = make(bytes)
      envelope.number += 1
      seen.append(array(envelope.frame.bytes))
      if let inside = envelope.optional.take() {
        seen.append(array(inside.bytes))
      }
      let taken = envelope.takeFrame()
      seen.append(array(taken.bytes))
      seen.append(look(at: taken))
      let value = Frame(taken)
      seen.append(array(value.bytes))
      XCTAssertEqual(seen, Array(repeating: bytes, count: 8))
    }
  }

  func testFrameInAClassLendsItsBytes() {
    final class Holder {
      var frame: UniqueFrame
      init(_ frame: consuming UniqueFrame) { self.frame = frame }
    }
    for size in Self.sizes {
      let bytes = Payload.bytes(size)
      let holder = Holder(UniqueFrame(copying: bytes))
      XCTAssertEqual(look(at: holder.frame), bytes)
      swap(&holder.frame, with: UniqueFrame(copying: bytes.reversed()))
      XCTAssertEqual(look(at: holder.frame), bytes.reversed())
    }
  }

  private func swap(_ frame: inout UniqueFrame, with other: consuming UniqueFrame) {
    Swift.swap(&frame, &other)
  }

  func testFrameIsGivenToAnotherThread() throws {
    for size in Self.sizes {
      let bytes = Payload.bytes(size)
      let value = Frame(UniqueFrame(copying: bytes))
      let thread = TestThread {
        let frame = UniqueFrame(value)
        guard array(frame.bytes) == bytes else { throw ZeroMQError(.ioError, operation: "the thread sees other bytes") }
      }
      try thread.join()
    }
  }

  func testSentFrameIsEmptyAndUsedAgain() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for size in Self.sizes {
        var frame = UniqueFrame(copying: Payload.bytes(size))
        try push.send(&frame, more: true)
        XCTAssertTrue(frame.isEmpty)
        assertBytes(of: frame, are: [])
        frame = UniqueFrame(copying: Payload.bytes(size, seed: 1))
        XCTAssertTrue(try push.sendIfReady(&frame, more: false))
        XCTAssertTrue(frame.isEmpty)
        XCTAssertEqual(try next(pull).arrays, [Payload.bytes(size), Payload.bytes(size, seed: 1)])
      }
    }
  }

  func testFrameIsKeptWhenItIsNotSent() throws {
    for size in Self.sizes {
      let bytes = Payload.bytes(size)
      let (lonely, reply, closed) = (try context.socket(.push), try context.socket(.rep), try context.socket(.push))
      try lonely.set(.raw(Self.sendTimeout), to: 1)
      closed.close()
      var frame = UniqueFrame(copying: bytes)
      XCTAssertFalse(try lonely.sendIfReady(&frame, more: false))
      assertBytes(of: frame, are: bytes)
      assertThrows(.wouldBlock) { try lonely.send(&frame, more: false) }
      assertBytes(of: frame, are: bytes)
      assertThrows(.wrongState) { try reply.send(&frame, more: false) }
      assertBytes(of: frame, are: bytes)
      assertThrows(.notSocket) { try closed.send(&frame, more: false) }
      assertThrows(.notSocket) { _ = try closed.sendIfReady(&frame, more: false) }
      assertBytes(of: frame, are: bytes)
      let (pull, push) = try pair(.pull, .push, over: .inproc)
      try push.send(frame, more: false)
      XCTAssertEqual(try next(pull).arrays, [bytes])
    }
  }

  func testFrameToAnUnknownPeerIsKept() throws {
    let router = try context.socket(.router)
    try router.set(.raw(Self.routerMandatory), to: true)
    for size in Self.sizes where size > 0 && size < 256 {
      var frame = UniqueFrame(copying: Payload.bytes(size))
      assertThrows(.hostUnreachable) { try router.send(&frame, more: true) }
      assertThrows(.hostUnreachable) { _ = try router.sendIfReady(&frame, more: true) }
      assertBytes(of: frame, are: Payload.bytes(size))
    }
  }

  func testOneFrameReceivesGrowingAndShrinkingMessages() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      try pull.set(.raw(Self.receiveTimeout), to: 10_000)
      var frame = UniqueFrame()
      for size in Self.sizes + Self.sizes.reversed() + [34, 0, 33, 100_000, 1] {
        try push.send(Payload.bytes(size))
        try pull.receive(into: &frame)
        assertBytes(of: frame, are: Payload.bytes(size))
        XCTAssertFalse(frame.hasMore)
      }
    }
  }

  func testReceivedFramesSayWhetherMoreFollow() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      try pull.set(.raw(Self.receiveTimeout), to: 10_000)
      try push.send(Message(bytes: Payload.frames()))
      var frame = UniqueFrame()
      for (number, bytes) in Payload.frames().enumerated() {
        try pull.receive(into: &frame)
        assertBytes(of: frame, are: bytes)
        XCTAssertEqual(frame.hasMore, number < Payload.frames().count - 1)
      }
    }
  }

  func testFrameIsEmptyWhenNoneWasReady() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    for size in Self.sizes {
      var frame = UniqueFrame(copying: Payload.bytes(size))
      XCTAssertFalse(try pull.receiveIfReady(into: &frame))
      XCTAssertTrue(frame.isEmpty)
      try push.send(Payload.bytes(size))
      XCTAssertTrue(try pull.receiveIfReady(into: &frame))
      assertBytes(of: frame, are: Payload.bytes(size))
    }
  }

  func testFrameIsEmptyWhenNoneWasReadyWhateverTheSocketType() throws {
    for type in [SocketType.pair, .sub, .rep, .dealer, .router, .pull, .xpub, .xsub, .stream] {
      let socket = try context.socket(ofType: type)
      var frame = UniqueFrame("what was there before, too long to lie inside")
      XCTAssertFalse(try socket.receiveIfReady(into: &frame))
      assertBytes(of: frame, are: [])
    }
  }

  func testReceivedFrameIsForwarded() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let (last, forwarder) = try pair(.pull, .push, over: transport)
      try pull.set(.raw(Self.receiveTimeout), to: 10_000)
      for seed in 0..<20 {
        try push.send(Message(bytes: Payload.frames(seed: seed)))
        var frame = UniqueFrame()
        repeat {
          try pull.receive(into: &frame)
          let more = frame.hasMore
          try forwarder.send(&frame, more: more)
          if !more { break }
        } while true
        XCTAssertEqual(try next(last).arrays, Payload.frames(seed: seed))
      }
    }
  }

  func testReceivedFrameBecomesAValue() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      try pull.set(.raw(Self.receiveTimeout), to: 10_000)
      var values: [Frame] = []
      for size in Self.sizes {
        try push.send(Payload.bytes(size))
        var frame = UniqueFrame()
        try pull.receive(into: &frame)
        values.append(Frame(frame))
      }
      XCTAssertEqual(values.map { array($0.bytes) }, Self.sizes.map { Payload.bytes($0) })
    }
  }

  // libzmq's numbers of the options.
  private static let receiveTimeout: Int32 = 27
  private static let sendTimeout: Int32 = 28
  private static let routerMandatory: Int32 = 33
}
