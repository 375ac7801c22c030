import XCTest
import ZeroMQ

final class CurveKeyTests: ZeroMQTestCase {
  /// The example of ZeroMQ's RFC 32.
  private let example: [UInt8] = [
    0x8E, 0x0B, 0xDD, 0x69, 0x76, 0x28, 0xB9, 0x1D, 0x8F, 0x24, 0x55, 0x87, 0xEE, 0x95, 0xC5, 0xB0,
    0x4D, 0x48, 0x96, 0x3F, 0x79, 0x25, 0x98, 0x77, 0xB4, 0x9C, 0xD9, 0x06, 0x3A, 0xEA, 0xD3, 0xB7,
  ]
  private let text = "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6"

  func testTextAndBytesAreTheSameKey() throws {
    XCTAssertEqual(try CurvePublicKey(z85: text).bytes, example)
    XCTAssertEqual(try CurvePublicKey(copying: example).z85, text)
    XCTAssertEqual(try CurvePublicKey(z85: text), try CurvePublicKey(copying: example))
    XCTAssertEqual(try CurveSecretKey(z85: text).bytes, example)
    XCTAssertEqual(try CurveSecretKey(copying: example).z85, text)
    XCTAssertEqual(try CurveSecretKey(z85: text), try CurveSecretKey(copying: example))
  }

  func testEveryByteSurvives() throws {
    for start in stride(from: 0, through: 224, by: 32) {
      let bytes = (start..<start + 32).map { UInt8($0) }
      XCTAssertEqual(try CurvePublicKey(z85: try CurvePublicKey(copying: bytes).z85).bytes, bytes)
    }
    for byte: UInt8 in [0, 255] {
      let bytes = [UInt8](repeating: byte, count: 32)
      XCTAssertEqual(try CurveSecretKey(z85: try CurveSecretKey(copying: bytes).z85).bytes, bytes)
    }
  }

  func testKeysAreMadeOfFramesAndSubstrings() throws {
    XCTAssertEqual(try CurvePublicKey(copying: Frame(copying: example)).z85, text)
    XCTAssertEqual(try CurvePublicKey(z85: "key: \(text)".dropFirst(5)).bytes, example)
  }

  func testKeysThatDifferAreNotEqual() throws {
    for index in example.indices {
      var other = example
      other[index] ^= 1
      XCTAssertNotEqual(try CurvePublicKey(copying: example), try CurvePublicKey(copying: other))
      XCTAssertNotEqual(try CurveSecretKey(copying: example), try CurveSecretKey(copying: other))
    }
  }

  func testTextOfAnotherLengthIsRefused() {
    let long = String(repeating: "a", count: 100_000)
    for wrong in ["", "a", String(text.dropLast()), text + "a", text + "aaaaa", text + text, long] {
      let error = assertThrows(.invalidArgument) { _ = try CurvePublicKey(z85: wrong) }
      XCTAssertEqual(error?.operation, "zmq_z85_decode")
      XCTAssertEqual(error?.subject, "CurvePublicKey of \(wrong.utf8.count) characters instead of 40 in Z85")
      assertThrows(.invalidArgument) { _ = try CurveSecretKey(z85: wrong) }
    }
  }

  func testTextThatIsNotInZ85IsRefused() throws {
    let alphabet = Set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#".utf8)
    for byte: UInt8 in 0..<128 {
      for position in [0, 17, 39] {
        var characters = [UInt8](repeating: 0x30, count: 40)
        characters[position] = byte
        let text = String(decoding: characters, as: UTF8.self)
        if alphabet.contains(byte) {
          // Above the first 82 digits, the first of five is more than 32 bits hold.
          if position % 5 != 0 { XCTAssertEqual(try CurvePublicKey(z85: text).z85, text) }
        } else {
          let error = assertThrows(.invalidArgument) { _ = try CurvePublicKey(z85: text) }
          XCTAssertTrue(error?.subject?.hasPrefix("CurvePublicKey") == true, "\(error as Any)")
        }
      }
    }
    for wrong in [String(repeating: "#", count: 40), String(repeating: "é", count: 20), String(repeating: "日", count: 13) + "a"] {
      XCTAssertEqual(wrong.utf8.count, 40)
      assertThrows(.invalidArgument) { _ = try CurveSecretKey(z85: wrong) }
    }
  }

  func testBytesOfAnotherNumberAreRefused() {
    for count in [0, 1, 31, 33, 40, 64] {
      let bytes = [UInt8](repeating: 1, count: count)
      let error = assertThrows(.invalidArgument) { _ = try CurvePublicKey(copying: bytes) }
      XCTAssertEqual(error?.description, "CurvePublicKey of \(count) bytes instead of 32: Invalid argument (EINVAL)")
      assertThrows(.invalidArgument) { _ = try CurveSecretKey(copying: bytes) }
    }
  }

  func testAPublicKeyIsPrintedAsItsText() throws {
    XCTAssertEqual("\(try CurvePublicKey(copying: example))", text)
  }

  func testASecretKeyIsNeverPrinted() throws {
    let key = try CurveSecretKey(copying: example)
    var dumped = ""
    dump(["key": key], to: &dumped)
    dump(key, to: &dumped)
    let printed = ["\(key)", String(reflecting: key), String(describing: Optional(key)), "\([key])", "\((1, key))", dumped]
    for output in printed {
      XCTAssertTrue(output.contains("CurveSecretKey"), output)
      for secret in [text, "142", "8e", "8E", "SIMD"] { XCTAssertFalse(output.contains(secret), "\(secret) in \(output)") }
    }
    XCTAssertTrue(Mirror(reflecting: key).children.isEmpty)
  }

  func testASecretIsNotInAnError() throws {
    let wrong = String(text.dropLast()) + "~"
    let error = try XCTUnwrap(assertThrows(.invalidArgument) { _ = try CurveSecretKey(z85: wrong) })
    XCTAssertFalse("\(error)".contains(text.prefix(5)), "\(error)")
    let socket = try context.socket(.dealer)
    let key = try CurveSecretKey(z85: text)
    socket.close()
    let refused = try XCTUnwrap(assertThrows(.notSocket) { try socket.set(.curveSecretKey, to: key) })
    XCTAssertEqual(refused.subject, "ZMQ_CURVE_SECRETKEY")
    let password = try XCTUnwrap(assertThrows(.notSocket) { try socket.set(.plainPassword, to: "hunter2") })
    XCTAssertEqual(password.subject, "ZMQ_PLAIN_PASSWORD")
  }
}
