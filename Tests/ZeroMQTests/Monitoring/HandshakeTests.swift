import XCTest
import ZeroMQ

/// Every way in which a handshake fails.
final class HandshakeTests: MonitorTestCase {
  /// The next event by which a handshake ends.
  private func nextHandshake(
    _ monitor: Monitor, file: StaticString = #filePath, line: UInt = #line
  ) throws -> MonitorEvent.Kind {
    try next(monitor, file: file, line: line) { event in
      switch event.kind {
      case .handshakeSucceeded, .handshakeFailedNoDetail, .handshakeFailedProtocol, .handshakeFailedAuth: event.kind
      default: nil
      }
    }
  }

  private func assertFailsWithoutDetail(_ kind: MonitorEvent.Kind, file: StaticString = #filePath, line: UInt = #line) {
    guard case .handshakeFailedNoDetail = kind else { return XCTFail("\(kind)", file: file, line: line) }
  }

  func testAWrongServerKey() throws {
    guard LibZMQ.has(.curve) else { return }
    for transport in [Transport.tcp, .ipc] {
      let (server, client) = (try context.socket(.rep), try context.socket(.req))
      try makeCurveServer(server)
      try makeCurveClient(client, of: Self.anotherKey)
      let (atServer, atClient) = (try server.monitor(), try client.monitor())
      try client.connect(try server.bind(transport.newEndpoint()))
      XCTAssertEqual(try nextHandshake(atServer), .handshakeFailedProtocol(.zmtpCryptographic))
      assertFailsWithoutDetail(try nextHandshake(atClient))
    }
  }

  func testTheRightServerKey() throws {
    guard LibZMQ.has(.curve) else { return }
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    try makeCurveServer(server)
    try makeCurveClient(client)
    let (atServer, atClient) = (try server.monitor(), try client.monitor())
    try client.connect(try server.bind("tcp://127.0.0.1:*"))
    XCTAssertEqual(try nextHandshake(atServer), .handshakeSucceeded)
    XCTAssertEqual(try nextHandshake(atClient), .handshakeSucceeded)
  }

  func testAWrongMechanism() throws {
    for transport in [Transport.tcp, .ipc] {
      let (server, client) = (try context.socket(.rep), try context.socket(.req))
      try server.set(.plainServer, to: true)
      let (atServer, atClient) = (try server.monitor(), try client.monitor())
      try client.connect(try server.bind(transport.newEndpoint()))
      XCTAssertEqual(try nextHandshake(atServer), .handshakeFailedProtocol(.zmtpMechanismMismatch))
      XCTAssertEqual(try nextHandshake(atClient), .handshakeFailedProtocol(.zmtpMechanismMismatch))
    }
  }

  func testASocketTypeThatDoesNotFitIsReportedAsALostConnection() throws {
    let (server, client) = (try context.socket(.router), try context.socket(.pair))
    let monitor = try server.monitor()
    try client.connect(try server.bind("tcp://127.0.0.1:*"))
    let after = try events(monitor) { if case .disconnected = $0.kind { true } else { false } }
    XCTAssertFalse(after.contains { $0.kind == .handshakeSucceeded })
  }

  func testPeersThatBreakTheProtocol() throws {
    func command(_ name: String, _ rest: [UInt8] = []) -> [UInt8] {
      [4, UInt8(1 + name.utf8.count + rest.count), UInt8(name.utf8.count)] + name.utf8 + rest
    }
    let unknown = ZMTP.greeting.prefix(12) + Array("NOSUCH".utf8) + Array(repeating: 0, count: 46)
    let peers: [(String, [UInt8], MonitorEvent.Kind)] = [
      ("ones", Array(repeating: 0xff, count: 1000), .handshakeFailedProtocol(.zmtpMechanismMismatch)),
      ("an unknown mechanism", Array(unknown), .handshakeFailedProtocol(.zmtpMechanismMismatch)),
      ("a frame", ZMTP.greeting + [0, 1, 65], .handshakeFailedProtocol(.zmtpUnexpectedCommand)),
      ("a command", ZMTP.greeting + command("NOSUCH"), .handshakeFailedProtocol(.zmtpUnexpectedCommand)),
      ("half an error", ZMTP.greeting + command("ERROR", [200, 65]), .handshakeFailedProtocol(.zmtpMalformedCommandError)),
      ("an error", ZMTP.greeting + command("ERROR", [3] + Array("400".utf8)), .handshakeFailedAuth(statusCode: 400)),
    ]
    for (name, bytes, expected) in peers {
      let server = try context.socket(.router)
      let monitor = try server.monitor()
      let peer = try RawTCPClient(try server.bind("tcp://127.0.0.1:*"))
      peer.send(bytes)
      XCTAssertEqual(try nextHandshake(monitor), expected, name)
    }
  }

  func testMalformedCommandsOfMechanisms() throws {
    func greeting(_ mechanism: String) -> [UInt8] {
      ZMTP.greeting.prefix(12) + mechanism.utf8 + Array(repeating: 0, count: 52 - mechanism.utf8.count)
    }
    let hello: [UInt8] = [4, 8, 5] + Array("HELLO".utf8) + [200, 65]
    let plain = try context.socket(.rep)
    try plain.set(.plainServer, to: true)
    var servers: [(String, AnySocket)] = [("PLAIN", AnySocket(plain))]
    if LibZMQ.has(.curve) {
      let curve = try context.socket(.rep)
      try makeCurveServer(curve)
      servers.append(("CURVE", AnySocket(curve)))
    }
    for (mechanism, server) in servers {
      let monitor = try server.monitor()
      let peer = try RawTCPClient(try server.bind("tcp://127.0.0.1:*"))
      peer.send(greeting(mechanism) + hello)
      XCTAssertEqual(try nextHandshake(monitor), .handshakeFailedProtocol(.zmtpMalformedCommandHello), mechanism)
    }
  }

  func testPeersThatBreakOff() throws {
    for bytes in [[], Array(ZMTP.greeting.prefix(32)), ZMTP.greeting, Array("GET / HTTP/1.1\r\n\r\n".utf8)] {
      let server = try context.socket(.router)
      let monitor = try server.monitor()
      let peer = try RawTCPClient(try server.bind("tcp://127.0.0.1:*"))
      peer.send(bytes)
      peer.end()
      assertFailsWithoutDetail(try nextHandshake(monitor))
    }
  }

  func testAPeerThatIsSilentForTooLong() throws {
    let server = try context.socket(.router)
    try server.set(.handshakeInterval, to: .milliseconds(30))
    let monitor = try server.monitor()
    let peer = try RawTCPClient(try server.bind("tcp://127.0.0.1:*"))
    assertFailsWithoutDetail(try nextHandshake(monitor))
    XCTAssertTrue(peer.isClosedByPeer())
  }

  func testWhatAnAuthenticatorReplies() throws {
    typealias Reply = @Sendable (Frame) -> Message
    let replies: [(Reply, MonitorEvent.Kind)] = [
      ({ ["1.0", $0, "200", "OK", "me", ""] }, .handshakeSucceeded),
      ({ ["1.0", $0, "300", "Later", "", ""] }, .handshakeFailedAuth(statusCode: 300)),
      ({ ["1.0", $0, "400", "No", "", ""] }, .handshakeFailedAuth(statusCode: 400)),
      ({ ["1.0", $0, "500", "Fault", "", ""] }, .handshakeFailedAuth(statusCode: 500)),
      ({ _ in ["nothing"] }, .handshakeFailedProtocol(.zapMalformedReply)),
      ({ ["2.0", $0, "200", "OK", "", ""] }, .handshakeFailedProtocol(.zapBadVersion)),
      ({ _ in ["1.0", "another", "200", "OK", "", ""] }, .handshakeFailedProtocol(.zapBadRequestID)),
      ({ ["1.0", $0, "2000", "OK", "", ""] }, .handshakeFailedProtocol(.zapInvalidStatusCode)),
      ({ ["1.0", $0, "200", "OK", "", [9, 9]] }, .handshakeFailedProtocol(.zapInvalidMetadata)),
    ]
    for (reply, expected) in replies {
      let context = try Context(.init(blocky: false))
      let authenticator = try context.socket(.rep)
      try authenticator.bind("inproc://zeromq.zap.01")
      let (server, client) = (try context.socket(.rep), try context.socket(.req))
      try server.set(.plainServer, to: true)
      try server.set(.zapDomain, to: "test")
      try client.set(.plainUsername, to: "me")
      try client.set(.plainPassword, to: "secret")
      let monitor = try server.monitor()
      try client.connect(try server.bind("tcp://127.0.0.1:*"))
      let request = try next(authenticator)
      try authenticator.send(reply(request[1]))
      XCTAssertEqual(try nextHandshake(monitor), expected)
    }
  }
}
