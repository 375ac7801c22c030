import Foundation
import XCTest
import ZeroMQ
import ZeroMQFoundationCompat

private struct Order: Codable, Equatable {
  var item: String
  var count: Int
  var due = Date(timeIntervalSince1970: 0)
}

final class JSONTests: XCTestCase {
  private let order = Order(item: "Grüße", count: 3)

  func testFrameHasTheJSONOfAValue() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.dateEncodingStrategy = .iso8601
    let frame = try Frame(json: order, encoder: encoder)
    XCTAssertEqual(frame, "{\"count\":3,\"due\":\"1970-01-01T00:00:00Z\",\"item\":\"Grüße\"}")
  }

  func testValueIsDecodedAsItWasEncoded() throws {
    let frame = try Frame(json: order)
    XCTAssertEqual(try frame.decode(Order.self), order)
    let decoded: Order = try frame.decode()
    XCTAssertEqual(decoded, order)
  }

  func testSmallFrameIsDecoded() throws {
    XCTAssertEqual(try Frame("[1,2]").decode([Int].self), [1, 2])
    XCTAssertEqual(try Frame("7").decode(Int.self), 7)
  }

  func testOtherBytesAreNotDecoded() {
    for frame: Frame in ["", "{", "[1]", [0, 255], Frame([UInt8](repeating: 255, count: 1000))] {
      XCTAssertThrowsError(try frame.decode(Order.self), "\(frame)") { XCTAssertTrue($0 is DecodingError, "\($0)") }
    }
  }

  func testDecodedValueOutlivesItsFrame() throws {
    var value: [String] = []
    do { value = try Frame(json: Array(repeating: String(repeating: "long ", count: 100), count: 10)).decode() }
    XCTAssertEqual(value, Array(repeating: String(repeating: "long ", count: 100), count: 10))
  }

  func testRequestAndReplyAreJSON() throws {
    let context = try Context()
    let (server, client) = (try context.socket(.router), try context.socket(.dealer))
    try client.connect(try server.bind("tcp://127.0.0.1:*"))
    try client.send("", Frame(json: order))
    var request = try XCTUnwrap(try server.receive(timeout: .seconds(10)))
    let envelope = try XCTUnwrap(request.removeEnvelope())
    var answer = try request[0].decode(Order.self)
    answer.count += 1
    try server.send(envelope, Frame(json: answer))
    let reply = try XCTUnwrap(try client.receive(timeout: .seconds(10)))
    XCTAssertEqual(try reply[1].decode(Order.self), Order(item: "Grüße", count: 4))
  }
}
