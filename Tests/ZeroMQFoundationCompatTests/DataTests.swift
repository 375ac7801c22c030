import Foundation
import XCTest
import ZeroMQ
import ZeroMQFoundationCompat

final class DataTests: XCTestCase {
  private let sizes = [0, 1, 22, 23, 24, 33, 34, 4095, 4096, 100_000]

  private func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) } }

  func testDataIsAPartOfAMessage() throws {
    let data = Data(bytes(100))
    XCTAssertEqual(Message("id", "", data), ["id", "", Frame(bytes(100))])
    XCTAssertEqual(Message(data.dropFirst(3)), [Frame(bytes(100)[3...])])
    XCTAssertEqual(Message(Data()), [""])
    var message: Message = ["id"]
    message.append(data)
    XCTAssertEqual(message, ["id", Frame(bytes(100))])
  }

  func testDataIsSentAsAPart() throws {
    let context = try Context()
    let (sender, receiver) = (try context.socket(.pair), try context.socket(.pair))
    try receiver.connect(try sender.bind("tcp://127.0.0.1:*"))
    for size in sizes {
      let data = Data(bytes(size))
      try sender.send(data)
      try sender.send("id", "", data)
      XCTAssertTrue(try sender.send("id", data, timeout: .seconds(10)))
      XCTAssertEqual(try receiver.receive(timeout: .seconds(10)), [Frame(bytes(size))])
      XCTAssertEqual(try receiver.receive(timeout: .seconds(10)), ["id", "", Frame(bytes(size))])
      XCTAssertEqual(try receiver.receive(timeout: .seconds(10)), ["id", Frame(bytes(size))])
    }
  }

  func testDataHasTheBytesOfAFrame() {
    for size in sizes { XCTAssertEqual(Data(Frame(bytes(size))), Data(bytes(size))) }
  }

  func testChangedDataLeavesTheFrameAsItWas() {
    for size in sizes where size > 0 {
      let frame = Frame(bytes(size))
      var data = Data(frame)
      data[0] = 99
      XCTAssertEqual([UInt8](frame), bytes(size))
    }
  }

  func testDataTakesAUniqueFrameOver() {
    for size in sizes { XCTAssertEqual(Data(UniqueFrame(copying: bytes(size))), Data(bytes(size))) }
  }

  func testDataOfALargeUniqueFrameIsNotACopy() {
    var frame = UniqueFrame(copying: bytes(100_000))
    let start = unsafe address(of: &frame)
    let data = Data(frame)
    unsafe XCTAssertEqual(data.withUnsafeBytes { $0.baseAddress }, start)
  }

  func testDataOfASharedUniqueFrameIsACopy() {
    var frame = UniqueFrame(copying: bytes(100_000))
    let value = Frame(frame.copy())
    var data = Data(frame)
    data[0] = 99
    XCTAssertEqual([UInt8](value), bytes(100_000))
  }

  func testReceivedBytesLiveAsLongAsTheData() throws {
    var kept: [Data] = []
    do {
      let context = try Context()
      let (sender, receiver) = (try context.socket(.pair), try context.socket(.pair))
      try receiver.connect(try sender.bind("tcp://127.0.0.1:*"))
      for size in sizes {
        try sender.send(bytes(size))
        var frame = UniqueFrame()
        try receiver.receive(into: &frame)
        kept.append(Data(frame))
      }
    }
    for (data, size) in zip(kept, sizes) { XCTAssertEqual(data, Data(bytes(size))) }
  }

  @unsafe
  private func address(of frame: inout UniqueFrame) -> UnsafeRawPointer? {
    let bytes = frame.bytes
    return unsafe bytes.withUnsafeBytes { $0.baseAddress }
  }
}
