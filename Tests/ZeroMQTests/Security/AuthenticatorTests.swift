import Synchronization
import XCTest
import ZeroMQ

final class AuthenticatorTests: ZAPTestCase {
  func testNobodyServesADomainThatWasNotNamed() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .addressesOnly)
    try assertStatus("200", of: request("global"))
    for domain: Frame in ["", "other", "globa", "global ", "Global"] {
      try assertStatus("400", of: request(domain))
      XCTAssertEqual(try ask(request(domain))[3], "The domain has no policies")
    }
    authenticator.serve("global")
    try assertStatus("400", of: request("global"))
    authenticator.stop()
  }

  func testAMechanismWithoutPolicyIsRefused() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: try .passwords(["admin": "secret"]))
    try assertStatus("400", of: request())
    try assertStatus("400", of: request(mechanism: "CURVE", Frame(copying: Self.curveKey)))
    try assertStatus("400", of: request(mechanism: "GSSAPI", "principal"))
    try assertStatus("200", of: request(mechanism: "PLAIN", "admin", "secret"))
    authenticator.stop()
  }

  func testAllowedAddressesAreTheOnlyOnes() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .addressesOnly)
    try assertStatus("200", of: request(from: "192.0.2.1"))
    try authenticator.allow("10.0.0.0/8", "192.168.1.64/26", "2001:db8::/33", "::1")
    let allowed: [Frame] = [
      "10.0.0.0", "10.255.255.255", "192.168.1.64", "192.168.1.127", "2001:db8::1", "2001:db8:7fff:ffff:ffff::", "::1",
      "::ffff:10.1.2.3",
    ]
    let refused: [Frame] = [
      "11.0.0.0", "9.255.255.255", "192.168.1.63", "192.168.1.128", "2001:db8:8000::", "2001:db7:ffff::", "::2", "0.0.0.1", "",
      "localhost", "localhost:0:0:19716", "::ffff:11.1.2.3", "10.1", "10.0.0.0/8",
    ]
    for address in allowed { try assertStatus("200", of: request(from: address)) }
    for address in refused { try assertStatus("400", of: request(from: address)) }
    authenticator.stop()
  }

  func testDeniedAddressesAreRefusedThoughAllowed() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .addressesOnly)
    try authenticator.deny("10.1.0.0/16", "fe80::/10")
    try assertStatus("400", of: request(from: "10.1.2.3"))
    try assertStatus("400", of: request(from: "::ffff:10.1.2.3"))
    try assertStatus("400", of: request(from: "fe80::1%eth0"))
    try assertStatus("200", of: request(from: "10.2.2.3"))
    try authenticator.allow("10.0.0.0/8")
    try assertStatus("400", of: request(from: "10.1.2.3"))
    try assertStatus("200", of: request(from: "10.2.2.3"))
    try authenticator.deny("0.0.0.0/0")
    try assertStatus("400", of: request(from: "10.2.2.3"))
    authenticator.forgetAddresses()
    try assertStatus("200", of: request(from: "10.1.2.3"))
    authenticator.stop()
  }

  func testWhatIsNoAddressIsRefusedWithItsText() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .addressesOnly)
    let wrong = [
      "", "localhost", "10.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.1/8", "::/129",
      "1.2.3.4.5", "256.0.0.0", "::1::", "/8", "*",
    ]
    for text in wrong {
      let error = assertThrows(.invalidArgument) { try authenticator.deny("127.0.0.1", text) }
      XCTAssertTrue("\(error as Any)".contains("\"\(text)\""), "\(error as Any)")
      assertThrows(.invalidArgument) { try authenticator.allow(text) }
    }
    try assertStatus("200", of: request())
    authenticator.stop()
  }

  func testPasswordsAreCompared() throws {
    let authenticator = try Authenticator(context)
    let long = String(repeating: "x", count: 255)
    authenticator.serve("global", by: try .passwords(["admin": "secret", "é": "日本", long: long]))
    for (name, password): (Frame, Frame) in [("admin", "secret"), ("é", "日本"), (Frame(long), Frame(long))] {
      let reply = try ask(request(mechanism: "PLAIN", name, password))
      XCTAssertEqual(reply[2], "200")
      XCTAssertEqual(reply[4], name)
    }
    let wrong: [(Frame, Frame)] = [
      ("admin", "secre"), ("admin", "secrets"), ("admin", "Secret"), ("admin", ""), ("Admin", "secret"), ("nobody", "secret"),
      ("nobody", ""), (Frame(long), Frame(long.dropLast())),
    ]
    for (name, password) in wrong { try assertStatus("400", of: request(mechanism: "PLAIN", name, password)) }
    authenticator.stop()
  }

  func testPasswordsOfImpossibleLengthsAreRefused() throws {
    let long = String(repeating: "x", count: 256)
    for passwords in [["": "secret"], ["admin": ""], [long: "secret"], ["admin": long]] {
      let error = assertThrows(.invalidArgument) { _ = try AuthenticationPolicy.passwords(passwords) }
      XCTAssertFalse("\(error as Any)".contains("secret") || "\(error as Any)".contains("admin"))
    }
  }

  func testKeysAreLookedUp() throws {
    let authenticator = try Authenticator(context)
    let key = try CurvePublicKey(copying: Self.curveKey)
    authenticator.serve("global", by: .keys([key]))
    let reply = try ask(request(mechanism: "CURVE", Frame(copying: Self.curveKey)))
    XCTAssertEqual(reply[2], "200")
    XCTAssertEqual(reply[4], Frame(key.z85))
    try assertStatus("400", of: request(mechanism: "CURVE", Frame(copying: [UInt8](repeating: 8, count: 32))))
    authenticator.stop()
  }

  func testTheProgramDecides() throws {
    let authenticator = try Authenticator(context)
    let seen = Mutex<[String]>([])
    authenticator.serve(
      "global",
      by: .decision { request in
        seen.withLock { $0.append("\(request)") }
        XCTAssertEqual(request.identity, "me")
        switch request.credentials {
        case .plain(let username, let password):
          return password == "hunter2" ? .accept(userID: username.uppercased(), metadata: ["X-Role": "admin", "X-B": ""]) : .deny()
        case .gssapi: return .deny(status: .temporaryError, reason: "later")
        case .null: return .deny(status: .internalError, reason: String(repeating: "é", count: 200))
        case .curve(let key): return .accept(userID: key.z85)
        }
      })
    func ask(_ mechanism: Frame, _ credentials: Frame...) throws -> Message {
      try self.ask(Message(["1.0", "42", "global", "10.0.0.1", "me", mechanism] + credentials))
    }
    let accepted = try ask("PLAIN", "joe", "hunter2")
    XCTAssertEqual(accepted[2], "200")
    XCTAssertEqual(accepted[4], "JOE")
    let properties: [UInt8] =
      [3] + Array("X-B".utf8) + [0, 0, 0, 0, 6] + Array("X-Role".utf8) + [0, 0, 0, 5] + Array("admin".utf8)
    XCTAssertEqual(Array(accepted[5]), properties)
    XCTAssertEqual(try ask("PLAIN", "joe", "other")[2], "400")
    let later = try ask("GSSAPI", "joe@REALM")
    XCTAssertEqual(Array(later[2...4]), ["300", "later", ""])
    XCTAssertEqual(try ask("NULL")[3].count, 255)
    XCTAssertEqual(try ask("CURVE", Frame(copying: Self.curveKey))[2], "200")
    let printed = seen.withLock(\.self).joined(separator: "\n")
    XCTAssertTrue(printed.contains("PLAIN user \"joe\" at 10.0.0.1 for the domain \"global\""), printed)
    XCTAssertFalse(printed.contains("hunter2"), printed)
    authenticator.stop()
  }

  func testARequestNeverShowsItsPassword() {
    let request = AuthenticationRequest(domain: "d", address: "::1", credentials: .plain(username: "joe", password: "hunter2"))
    var dumped = ""
    dump(request, to: &dumped)
    for text in [
      "\(request)", String(reflecting: request), "\(request.credentials)", String(reflecting: request.credentials), dumped,
    ] {
      XCTAssertTrue(text.contains("joe"), text)
      XCTAssertFalse(text.contains("hunter2"), text)
    }
    XCTAssertEqual(request.mechanism, .plain)
  }

  func testWhatCannotBeAnsweredIsAFaultOfTheAuthenticator() throws {
    let authenticator = try Authenticator(context)
    let long = String(repeating: "X", count: 256)
    let answers: [AuthenticationDecision] = [
      .accept(userID: "a\0b"), .accept(metadata: ["": "value"]), .accept(metadata: [long: "value"]),
      .accept(metadata: ["X Y": "value"]),
      .accept(metadata: ["X-Y": "a\0b"]),
    ]
    for answer in answers {
      authenticator.serve("global", by: .decision { _ in answer })
      try assertStatus("500", of: request())
    }
    authenticator.stop()
  }

  func testTheProgramDecidesAsynchronously() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve(
      "global",
      by: .decision { request in
        await Task.yield()
        return request.address == "10.0.0.1" ? .accept(userID: "slow") : .deny(reason: "stranger")
      })
    for _ in 0..<20 {
      XCTAssertEqual(try ask(["1.0", "42", "global", "10.0.0.1", "me", "NULL"])[4], "slow")
      try assertStatus("400", of: ["1.0", "42", "global", "10.0.0.2", "me", "NULL"])
    }
    authenticator.stop()
  }

  func testTheFirstPolicyForTheMechanismDecides() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .addressesOnly, try .passwords(["a": "b"]), .decision { _ in .accept(userID: "decided") })
    XCTAssertEqual(try ask(request())[4], "")
    try assertStatus("400", of: request(mechanism: "PLAIN", "a", "c"))
    XCTAssertEqual(try ask(request(mechanism: "GSSAPI", "p"))[4], "decided")
    authenticator.stop()
  }

  func testMalformedRequestsAreAnsweredAndDoNoHarm() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .decision { _ in .accept(userID: "in") })
    let big = Frame(copying: [UInt8](repeating: 0x41, count: 1_000_000))
    let malformed: [Message] = [
      [""], ["1.0"], ["1.0", "42"], ["1.0", "42", "global", "127.0.0.1", ""], ["2.0", "42", "global", "127.0.0.1", "", "NULL"],
      ["", "42", "global", "127.0.0.1", "", "NULL"], ["1.0", "42", "global", "127.0.0.1", "", "NULL", "extra"],
      request(mechanism: "PLAIN"), request(mechanism: "PLAIN", "admin"), request(mechanism: "PLAIN", "admin", "secret", "more"),
      request(mechanism: "PLAIN", "", "secret"), request(mechanism: "PLAIN", [0xff, 0xfe], "secret"),
      request(mechanism: "PLAIN", "a\0b", "secret"), request(mechanism: "PLAIN", big, big), request(mechanism: "CURVE"),
      request(mechanism: "CURVE", ""), request(mechanism: "CURVE", Frame(copying: [UInt8](repeating: 1, count: 31))),
      request(mechanism: "CURVE", Frame(copying: [UInt8](repeating: 1, count: 33))), request(mechanism: "GSSAPI"),
      request(mechanism: "GSSAPI", ""), request(big), request(from: big), request([0xff], from: "127.0.0.1"),
      request(mechanism: big),
      ["1.0", big, "global", "127.0.0.1", "", "NULL"], ["1.0", "42", "global", "127.0.0.1", big, "NULL"], [big],
      Message((0..<500).map { Frame("\($0)") }), Message((0..<500).map { _ in Frame() }),
    ]
    for request in malformed {
      XCTAssertEqual(try ask(request)[2], "500")
      try assertStatus("200", of: self.request())
    }
    try assertStatus("400", of: request(mechanism: "TELEPATHY"))
    try assertStatus("400", of: request(mechanism: ""))
    authenticator.stop()
  }

  func testGarbageWithoutAnEnvelopeIsAnsweredToo() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .addressesOnly)
    let dealer = try context.socket(.dealer)
    try dealer.connect("inproc://zeromq.zap.01")
    for garbage: Message in [
      ["garbage"], ["garbage", "", "more"], ["1.0", "42", "global", "127.0.0.1", "", "NULL"], ["", ""], [""],
    ] {
      try dealer.send(garbage)
      let reply = try next(dealer)
      XCTAssertEqual(reply.count, 7)
      XCTAssertEqual(Array(reply[..<2]), ["", "1.0"])
      XCTAssertEqual(reply[3], "500")
    }
    try dealer.send(Message([Frame()] + request()))
    XCTAssertEqual(try next(dealer)[3], "200")
    authenticator.stop()
  }

  func testWhoNeverReadsItsAnswersHoldsUpNobody() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .addressesOnly)
    let dealer = try context.socket(.dealer)
    try dealer.set(.receiveHighWaterMark, to: 1)
    try dealer.connect("inproc://zeromq.zap.01")
    for _ in 0..<20_000 { XCTAssertTrue(try dealer.send(["", "garbage"], timeout: Self.patience)) }
    try assertStatus("200", of: request())
    authenticator.stop()
  }
}
