import NIOCore
import XCTest
import ZeroMQ

extension ByteBufferView: @retroactive MessagePart {}

final class ByteBufferTests: XCTestCase {
  func testByteBufferIsSentAndRead() throws {
    let context = try Context()
    let (sender, receiver) = (try context.socket(.pair), try context.socket(.pair))
    try receiver.connect(try sender.bind("tcp://127.0.0.1:*"))
    var buffer = ByteBuffer(string: "head, body")
    XCTAssertEqual(buffer.readString(length: 6), "head, ")
    try sender.send(buffer.readableBytesView)
    try sender.send("id", "", buffer.readableBytesView)
    XCTAssertEqual(try receiver.receive(timeout: .seconds(10)), "body")
    let message = try XCTUnwrap(try receiver.receive(timeout: .seconds(10)))
    XCTAssertEqual(message, ["id", "", "body"])
    XCTAssertEqual(ByteBuffer(bytes: message[2]), buffer)
  }
}
