import Foundation
import XCTest
import ZeroMQ

final class FrameTests: ZeroMQTestCase {
  private static let sizes = [0, 1, 7, 8, 22, 23, 24, 25, 29, 30, 31, 32, 33, 34, 35, 64, 255, 256, 8192, 100_000]

  func testBytesAreKeptAtEverySize() {
    for size in Self.sizes + Array(0..<70) {
      let bytes = Payload.bytes(size)
      let frame = Frame(copying: bytes)
      XCTAssertEqual(frame.count, size)
      XCTAssertEqual(frame.isEmpty, size == 0)
      XCTAssertEqual(array(frame.bytes), bytes)
      XCTAssertEqual([UInt8](frame), bytes)
      XCTAssertEqual(Data(frame), Data(bytes))
      XCTAssertEqual(frame.map(\.self), bytes)
    }
  }

  func testAllWaysToMakeAFrameGiveEqualOnes() {
    for size in Self.sizes {
      let bytes = Payload.bytes(size).map { $0 & 0x7f }
      let text = String(decoding: bytes, as: UTF8.self)
      let frames = [
        Frame(copying: bytes), Frame(copying: Data(bytes)), Frame(copying: bytes[...]), unsafe Frame(copying: bytes.span.bytes),
        Frame(copying: bytes.lazy.map { $0 }), Frame(copying: bytes.reversed().reversed()), Frame(copying: Frame(copying: bytes)),
        Frame(text), Frame(text[...]), Frame(UniqueFrame(copying: bytes)), Message(copying: bytes)[0],
        AdoptedFrame.make(bytes),
      ]
      for frame in frames {
        XCTAssertTrue(frame.hasBytes(bytes), "\(size)")
        XCTAssertEqual(frame, frames[0])
        XCTAssertEqual(frame.hashValue, frames[0].hashValue)
      }
      XCTAssertEqual(Set(frames).count, 1)
    }
  }

  func testEmptyFramesAreEqual() {
    XCTAssertEqual(Frame(), "")
    XCTAssertEqual(Frame(), [])
    XCTAssertEqual(Frame(), Frame(copying: Data()))
    XCTAssertEqual(Set<Frame>([Frame(), "", []]).count, 1)
  }

  func testFramesThatDifferInOneByteAreNotEqual() {
    for size in Self.sizes where size > 0 && size < 10_000 {
      let bytes = Payload.bytes(size)
      for position in [0, size / 2, size - 1] {
        var other = bytes
        other[position] ^= 1
        XCTAssertNotEqual(Frame(copying: bytes), Frame(copying: other))
      }
      XCTAssertNotEqual(Frame(copying: bytes), Frame(copying: bytes + [0]))
      XCTAssertNotEqual(Frame(copying: bytes), Frame(copying: bytes.dropLast()))
    }
  }

  func testTrailingZeroesCount() {
    let frames = (0...40).map { Frame(copying: [UInt8](repeating: 0, count: $0)) }
    XCTAssertEqual(Set(frames).count, 41)
    for (count, frame) in frames.enumerated() { XCTAssertEqual(frame.count, count) }
  }

  func testLiteralsHaveTheirBytes() {
    let number = 7
    let (text, interpolated, bytes): (Frame, Frame, Frame) = ("Grüße", "worker-\(number)", [0, 1, 255])
    XCTAssertEqual([UInt8](text), Array("Grüße".utf8))
    XCTAssertEqual([UInt8](interpolated), Array("worker-7".utf8))
    XCTAssertEqual([UInt8](bytes), [0, 1, 255])
  }

  func testFrameIsDecodedAsText() {
    for text in ["", "short", String(repeating: "世界", count: 30)] {
      XCTAssertEqual(String(decoding: Frame(text), as: UTF8.self), text)
      XCTAssertEqual(String(validating: Frame(text), as: UTF8.self), text)
    }
    XCTAssertNil(String(validating: [0xff, 0xfe] as Frame, as: UTF8.self))
  }

  func testFrameBehavesAsACollectionOfItsBytes() {
    for size in [1, 10, 23, 24, 33, 34, 200] {
      let bytes = Payload.bytes(size)
      let frame = Frame(copying: bytes)
      XCTAssertEqual(frame.first, bytes.first)
      XCTAssertEqual(frame.last, bytes.last)
      XCTAssertEqual(Array(frame.prefix(5)), Array(bytes.prefix(5)))
      XCTAssertEqual(Array(frame.dropFirst(3)), Array(bytes.dropFirst(3)))
      XCTAssertEqual(Array(frame.dropFirst(3).dropLast(2)), Array(bytes.dropFirst(3).dropLast(2)))
      XCTAssertEqual(Array(frame.suffix(4)), Array(bytes.suffix(4)))
      XCTAssertEqual(frame.firstIndex(of: bytes[size / 2]), bytes.firstIndex(of: bytes[size / 2]))
      XCTAssertEqual(Array(frame.reversed()), bytes.reversed())
      XCTAssertEqual(frame[size - 1], bytes[size - 1])
      XCTAssertEqual(frame.indices, bytes.indices)
      XCTAssertEqual(frame.indices.map { frame[$0] }, bytes)
      XCTAssertEqual(frame.dropFirst(3).reduce(0) { $0 &+ Int($1) }, bytes.dropFirst(3).reduce(0) { $0 &+ Int($1) })
      XCTAssertTrue(frame.elementsEqual(bytes))
      XCTAssertTrue(frame.starts(with: bytes.prefix(2)))
      XCTAssertEqual(frame.reduce(0) { $0 &+ Int($1) }, bytes.reduce(0) { $0 &+ Int($1) })
      unsafe XCTAssertEqual(frame.withContiguousStorageIfAvailable { unsafe Array($0) }, bytes)
      unsafe XCTAssertEqual(frame.dropFirst(1).withContiguousStorageIfAvailable { unsafe Array($0) }, Array(bytes.dropFirst()))
      var iterated: [UInt8] = []
      for byte in frame { iterated.append(byte) }
      XCTAssertEqual(iterated, bytes)
    }
  }

  func testFrameCopyingASliceOfItselfHasTheSlice() {
    for size in [10, 23, 24, 33, 60, 1000] {
      let bytes = Payload.bytes(size)
      var frame = Frame(copying: bytes)
      frame = Frame(copying: frame.dropFirst(2))
      XCTAssertEqual([UInt8](frame), Array(bytes.dropFirst(2)))
    }
  }

  func testPrintableTextIsDescribedAsItself() {
    XCTAssertEqual("\("Grüße, 世界 🎉" as Frame)", "Grüße, 世界 🎉")
    XCTAssertEqual("\("" as Frame)", "")
    XCTAssertEqual(("text" as Frame).debugDescription, "\"text\"")
    XCTAssertEqual(Frame().debugDescription, "\"\"")
  }

  func testBytesThatAreNoTextAreDescribedInHexadecimal() {
    XCTAssertEqual("\([0, 1, 0xab, 0xff] as Frame)", "0x0001abff")
    XCTAssertEqual(([0, 1, 0xab, 0xff] as Frame).debugDescription, "0x0001abff")
    XCTAssertEqual("\("\u{1b}[31m" as Frame)", "0x1b5b33316d")
    XCTAssertEqual("\("bell\n\u{7}" as Frame)", "0x62656c6c0a07")
  }

  func testTextWithLineEndsIsDescribedInQuotationMarks() {
    let line: Frame = "level=info\tmsg=\"ready\"\r\n"
    XCTAssertEqual("\(line)", #""level=info\tmsg=\"ready\"\r\n""#)
    XCTAssertEqual(line.debugDescription, "\(line)")
  }

  func testDescriptionShowsTheFirstKibibyteOfText() {
    let whole = String(repeating: "x", count: 1024)
    XCTAssertEqual("\(Frame(whole))", whole)
    XCTAssertEqual("\(Frame(whole + "y"))", whole + "… (1025 bytes)")
    XCTAssertEqual(Frame(whole + "y").debugDescription, "\"\(whole)\"… (1025 bytes)")
    XCTAssertEqual(
      "\(Frame("ab" + String(repeating: "€", count: 500)))", "ab" + String(repeating: "€", count: 340) + "… (1502 bytes)")
    XCTAssertEqual("\(Frame(copying: Array(whole.utf8) + [0xff]))", whole + "… (1025 bytes)")
  }

  func testTextIsAllBytesOrNone() {
    for text in ["", "a", "Grüße, 世界 🎉", "line\nbreak\0", String(repeating: "€", count: 5000)] {
      XCTAssertEqual(Frame(text).text, text)
    }
    XCTAssertNil(([0x41, 0xff] as Frame).text)
    XCTAssertNil(Frame(copying: "€".utf8.dropLast()).text)
  }

  func testIteratorGoesOnAfterASuspectedEnd() {
    for size in [0, 1, 7, 8, 9, 16, 23, 24, 1000] {
      let bytes = Payload.bytes(size)
      var iterator = Frame(copying: bytes).makeIterator()
      for byte in bytes { XCTAssertEqual(iterator.next(), byte) }
      XCTAssertNil(iterator.next())
      XCTAssertNil(iterator.next())
    }
  }

  func testIteratorKeepsTheBytesOfAFrameThatIsGone() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    try push.send(Payload.bytes(500))
    var iterator = try next(pull)[0].makeIterator()
    try push.send([UInt8](repeating: 0, count: 500))
    _ = try next(pull)
    for byte in Payload.bytes(500) { XCTAssertEqual(iterator.next(), byte) }
  }

  func testBytesAreFoundWhereverTheyLie() {
    for size in [1, 8, 23, 24, 1000] {
      let frame = Frame(copying: [UInt8](repeating: 1, count: size - 1) + [2])
      XCTAssertTrue(frame.contains(2))
      XCTAssertEqual(frame.firstIndex(of: 2), size - 1)
      XCTAssertEqual(frame.firstIndex { $0 == 2 }, size - 1)
      XCTAssertFalse(frame.contains(3))
      XCTAssertNil(frame.firstIndex(of: 3))
      let parts = frame.split(separator: 2)
      XCTAssertEqual(parts.map(\.count), size > 1 ? [size - 1] : [])
    }
    XCTAssertFalse(Frame().contains(0))
  }

  func testLongBinaryIsShortened() {
    let whole = Frame(copying: [UInt8](repeating: 0xff, count: 32))
    XCTAssertEqual("\(whole)", "0x" + String(repeating: "ff", count: 32))
    let long = Frame(copying: [UInt8](repeating: 0xff, count: 1 << 20))
    XCTAssertEqual("\(long)", "0x" + String(repeating: "ff", count: 32) + "… (1048576 bytes)")
  }

  func testFrameIsADictionaryKeyWhereverItCameFrom() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      for size in [0, 5, 23, 24, 33, 34, 500] {
        let workers = [Frame(copying: Payload.bytes(size)): "known"]
        try push.send(["x", Frame(copying: Payload.bytes(size)), "y"])
        XCTAssertEqual(workers[try next(pull)[1]], "known", "\(size) bytes over \(transport)")
      }
    }
  }
}

private enum AdoptedFrame {
  /// A frame whose bytes are somebody else's.
  static func make(_ bytes: [UInt8]) -> Frame {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    // SAFETY: the buffer has room for the bytes; it is freed when it is given back.
    unsafe buffer.copyBytes(from: bytes)
    return unsafe Frame(adopting: buffer) { unsafe $0.deallocate() }
  }
}
