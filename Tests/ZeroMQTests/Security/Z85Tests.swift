import XCTest
import ZeroMQ

final class Z85Tests: ZeroMQTestCase {
  func testTheExampleOfTheRFC() throws {
    XCTAssertEqual(try Z85.encode([0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B]), "HelloWorld")
    XCTAssertEqual(try Z85.decode("HelloWorld"), [0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B])
  }

  func testBytesOfEveryLengthSurvive() throws {
    for count in stride(from: 0, through: 1024, by: 4) {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      let text = try Z85.encode(bytes)
      XCTAssertEqual(text.utf8.count, count / 4 * 5)
      XCTAssertEqual(try Z85.decode(text), bytes)
    }
  }

  func testCollectionsInPiecesAreEncoded() throws {
    XCTAssertEqual(try Z85.encode(Frame(copying: [0x86, 0x4F, 0xD2, 0x6F])), "Hello")
    XCTAssertEqual(try Z85.encode([[0x86, 0x4F], [0xD2, 0x6F]].joined().map(\.self)), "Hello")
    XCTAssertEqual(try Z85.decode("HelloWorld".dropFirst(5)), [0xB5, 0x59, 0xF7, 0x5B])
  }

  func testOtherLengthsAreRefused() {
    for count in [1, 2, 3, 5, 31] {
      let error = assertThrows(.invalidArgument) { _ = try Z85.encode([UInt8](repeating: 0, count: count)) }
      XCTAssertEqual(error?.subject, "\(count) bytes, which is no multiple of 4")
    }
    for text in ["H", "Hell", "HelloW"] { assertThrows(.invalidArgument) { _ = try Z85.decode(text) } }
  }

  func testOtherCharactersAreRefusedAndNotShown() {
    for text in ["Hell~", "Hel o", "Hello\0Wor", "He\"lo", "####~", "日é", "#####"] {
      let error = assertThrows(.invalidArgument) { _ = try Z85.decode(text) }
      XCTAssertFalse("\(error as Any)".contains(text))
    }
  }

  func testKeyPairsBelongTogetherAndDiffer() throws {
    guard LibZMQ.has(.curve) else {
      assertThrows(.notSupported) { _ = try CurveKeyPair() }
      return
    }
    var seen: Set<CurvePublicKey> = []
    for _ in 0..<20 {
      let keys = try CurveKeyPair()
      XCTAssertEqual(keys.secretKey.publicKey, keys.publicKey)
      XCTAssertEqual(CurveKeyPair(secretKey: keys.secretKey), keys)
      XCTAssertTrue(seen.insert(keys.publicKey).inserted)
    }
  }

  func testThePublicKeyOfTheExampleKey() throws {
    guard try hasCurve() else { return }
    let secret = try CurveSecretKey(z85: "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6")
    XCTAssertEqual(secret.publicKey.z85, "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7")
  }

  func testAKeyPairNeverShowsItsSecret() throws {
    guard try hasCurve() else { return }
    let keys = try CurveKeyPair()
    var dumped = ""
    dump(keys, to: &dumped)
    for output in ["\(keys)", String(reflecting: keys), dumped] {
      XCTAssertTrue(output.contains(keys.publicKey.z85))
      XCTAssertFalse(output.contains(keys.secretKey.z85))
    }
  }
}
