import XCTest
import ZeroMQ

final class MessageDumpTests: XCTestCase {
  func testEachFrameHasALineWithItsSize() {
    let message: Message = [[0x00, 0x6B, 0x8B, 0x45, 0x67], "", "Hello"]
    XCTAssertEqual(message.dump(), "[005] 006B8B4567\n[000]\n[005] Hello")
  }

  func testMessageWithoutFramesHasNoLines() {
    XCTAssertEqual(Message().dump(), "")
  }

  func testTextIsWhateverIsPrintable() {
    XCTAssertEqual(Message("Grüß Gott ☃").dump(), "[015] Grüß Gott ☃")
    XCTAssertEqual(Message("two\nlines").dump(), "[009] 74776F0A6C696E6573")
    XCTAssertEqual(Message("\u{1B}[2J").dump(), "[004] 1B5B324A")
    XCTAssertEqual(Message(copying: [0x41, 0xFF]).dump(), "[002] 41FF")
    XCTAssertEqual(Message("\u{1}").dump(), "[001] 01")
  }

  func testTextThatLooksLikeBytesIsToldByItsSize() {
    XCTAssertEqual(Message("0x41").dump(), "[004] 0x41")
    XCTAssertEqual(Message("41FF").dump(), "[004] 41FF")
  }

  func testLongFramesAreCut() {
    let text = String(repeating: "x", count: 64)
    XCTAssertEqual(Message(text).dump(), "[064] \(text)")
    XCTAssertEqual(Message(text + "y").dump(), "[065] \(text)…")
    let zeros = [UInt8](repeating: 0, count: 1_000_000)
    XCTAssertEqual(Message(copying: zeros).dump(), "[1000000] \(String(repeating: "00", count: 64))…")
    XCTAssertEqual(Message(copying: zeros).dump(maximumBytes: 2), "[1000000] 0000…")
    XCTAssertEqual(Message("Hello").dump(maximumBytes: 0), "[005] …")
  }

  func testBytesBehindTheCutDoNotMatter() {
    XCTAssertEqual(Message(copying: Array("Hello".utf8) + [0, 0xFF]).dump(maximumBytes: 5), "[007] Hello…")
  }

  func testTextIsNotCutWithinACharacter() {
    let message = Message("aé€😀b")
    XCTAssertEqual(message.dump(maximumBytes: 10), "[011] aé€😀…")
    for size in 6...9 { XCTAssertEqual(message.dump(maximumBytes: size), "[011] aé€…", "\(size)") }
    for size in 3...5 { XCTAssertEqual(message.dump(maximumBytes: size), "[011] aé…", "\(size)") }
    for size in 1...2 { XCTAssertEqual(message.dump(maximumBytes: size), "[011] a…", "\(size)") }
    XCTAssertEqual(Message(copying: [UInt8](repeating: 0x80, count: 9)).dump(maximumBytes: 8), "[009] 8080808080808080…")
  }

  func testManyFramesAreCut() {
    let message = Message((0..<70).map { Frame("\($0)") })
    let lines = message.dump().split(separator: "\n")
    XCTAssertEqual(lines.count, 65)
    XCTAssertEqual(lines[63], "[002] 63")
    XCTAssertEqual(lines[64], "… 6 more")
    XCTAssertEqual(message.dump(maximumFrames: 70).split(separator: "\n").last, "[002] 69")
    XCTAssertEqual(Message(message.prefix(2)).dump(maximumFrames: 1), "[001] 0\n… 1 more")
  }
}
