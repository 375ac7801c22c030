import Foundation
import SwiftProtobuf
import XCTest
import ZeroMQ
import ZeroMQFoundationCompat

// `Message` is also a protocol of SwiftProtobuf's: this one wins, by name.
import struct ZeroMQ.Message

final class ProtobufTests: XCTestCase {
  func testProtobufTravelsAsAPart() throws {
    let context = try Context()
    let (sender, receiver) = (try context.socket(.pair), try context.socket(.pair))
    try receiver.connect(try sender.bind("tcp://127.0.0.1:*"))
    let time = Google_Protobuf_Timestamp(seconds: 1_700_000_000, nanos: 5)
    let bytes: [UInt8] = try time.serializedBytes()
    try sender.send("time", bytes)
    try sender.send("data", try time.serializedData())

    for topic: Frame in ["time", "data"] {
      let message: Message = try XCTUnwrap(try receiver.receive(timeout: .seconds(10)))
      XCTAssertEqual(message[0], topic)
      XCTAssertEqual(try Google_Protobuf_Timestamp(serializedBytes: Data(message[1])), time)
      XCTAssertEqual(try Google_Protobuf_Timestamp(serializedBytes: [UInt8](message[1])), time)
    }
  }
}
