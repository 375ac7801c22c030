import XCTest
import ZeroMQ

final class MechanismTests: ZeroMQTestCase {
  func testNumbersAndNamesAreTheLibrarys() {
    let mechanisms: [(Mechanism, Int32, String)] = [
      (.null, 0, "NULL"), (.plain, 1, "PLAIN"), (.curve, 2, "CURVE"), (.gssapi, 3, "GSSAPI"),
    ]
    for (mechanism, number, name) in mechanisms {
      XCTAssertEqual(mechanism.rawValue, number)
      XCTAssertEqual("\(mechanism)", name)
    }
    XCTAssertEqual("\(Mechanism(rawValue: 9))", "mechanism 9")
  }

  func testNumbersAndNamesOfNameTypesAreTheLibrarys() {
    let types: [(GSSAPINameType, Int32, String)] = [
      (.hostBased, 0, "host-based"), (.userName, 1, "user name"), (.krb5Principal, 2, "Kerberos principal"),
    ]
    for (type, number, name) in types {
      XCTAssertEqual(type.rawValue, number)
      XCTAssertEqual("\(type)", name)
    }
    XCTAssertEqual("\(GSSAPINameType(rawValue: 9))", "name type 9")
  }

  func testTheOptionSetLastSelectsTheMechanism() throws {
    let socket = try context.socket(.dealer)
    try socket.set(.plainUsername, to: "admin")
    XCTAssertEqual(try socket.get(.mechanism), .plain)
    try socket.set(.plainUsername, to: nil)
    XCTAssertEqual(try socket.get(.mechanism), .null)
    XCTAssertEqual(try socket.get(.plainUsername), "admin")
    try socket.set(.plainPassword, to: "secret")
    XCTAssertEqual(try socket.get(.mechanism), .plain)
    try socket.set(.plainPassword, to: nil)
    XCTAssertEqual(try socket.get(.mechanism), .null)
    try socket.set(.plainServer, to: true)
    XCTAssertEqual(try socket.get(.mechanism), .plain)
    try socket.set(.plainServer, to: false)
    XCTAssertEqual(try socket.get(.mechanism), .null)
    guard LibZMQ.has(.curve) else { return }
    let key = [UInt8](repeating: 7, count: 32)
    try socket.set(.curveSecretKey, to: CurveSecretKey(copying: key))
    XCTAssertEqual(try socket.get(.mechanism), .curve)
    try socket.set(.curveServer, to: true)
    XCTAssertTrue(try socket.get(.curveServer))
    try socket.set(.curveServerKey, to: CurvePublicKey(copying: key))
    XCTAssertFalse(try socket.get(.curveServer))
    XCTAssertEqual(try socket.get(.mechanism), .curve)
    guard LibZMQ.has(.gssapi) else { return }
    try socket.set(.gssapiServer, to: false)
    XCTAssertEqual(try socket.get(.mechanism), .gssapi)
  }

  func testMessagesPassEncrypted() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    guard LibZMQ.has(.curve) else {
      assertThrows(.invalidArgument) { try server.set(.curveServer, to: true) }
      return
    }
    try server.set(.curveServer, to: true)
    try server.set(.curveSecretKey, to: CurveSecretKey(z85: "66A%9]*6SRAA+lPs4]-V4{w^ReL0vXK?1E6g?iH{"))
    try client.set(.curveServerKey, to: CurvePublicKey(z85: "V2KIeb:mLKI:-7HasuD#3#jmzQ3Xg!0?M-wWgw0x"))
    try client.set(.curvePublicKey, to: CurvePublicKey(z85: "Y?bDJZUQVLvG{m-CI:Q{-5zTEYt^uRO59]0cLe9r"))
    try client.set(.curveSecretKey, to: CurveSecretKey(z85: "a[>TVtjO)C:T6M@S#CycPPw2*^U-L!0wKLIA0-s<"))
    try client.connect(try server.bind(Transport.tcp.newEndpoint()))
    try client.send("Hello")
    XCTAssertEqual(try next(server), "Hello")
    try server.send("World")
    XCTAssertEqual(try next(client), "World")
  }
}
