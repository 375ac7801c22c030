import Foundation
import XCTest
import ZeroMQ

final class SocketSecurityTests: ZeroMQTestCase {
  private let secured: [Transport] = [.tcp, .ipc]

  /// A server and a client that tries to reach it, with the monitor of the server.
  private func connect(
    _ server: SocketSecurity, _ client: SocketSecurity?, over transport: Transport, handshakeInterval: Duration = .seconds(30)
  ) throws -> (server: RepSocket, client: ReqSocket, monitor: Monitor) {
    let (first, second) = (try context.socket(.rep), try context.socket(.req))
    try first.secure(server)
    if let client { try second.secure(client) }
    // A temporary error ends the connection without a word, and the client tries again at once.
    try second.set(.reconnectInterval, to: .milliseconds(10))
    try first.set(.handshakeInterval, to: handshakeInterval)
    let monitor = try first.monitor()
    try second.connect(try first.bind(transport.newEndpoint()))
    return (first, second, monitor)
  }

  /// Sends a request, and hands out what the server received after it has answered.
  private func exchange(
    _ server: RepSocket, _ client: ReqSocket, file: StaticString = #filePath, line: UInt = #line
  ) throws -> Message {
    try client.send("Hello")
    let request = try next(server, file: file, line: line)
    XCTAssertEqual(request, "Hello", file: file, line: line)
    try server.send("World")
    XCTAssertEqual(try next(client, file: file, line: line), "World", file: file, line: line)
    return request
  }

  /// Waits until a client is in, whatever became of its earlier attempts.
  private func waitUntilConnected(_ monitor: Monitor) throws {
    try waitUntil("a connection") {
      guard case .established = try monitor.waitForConnection(timeout: Self.patience) else { return false }
      return true
    }
  }

  /// Checks that the server refuses the client, and why.
  private func assertRefused(
    _ server: SocketSecurity, _ client: SocketSecurity?, over transport: Transport, as kinds: [MonitorEvent.Kind],
    file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let (server, client, monitor) = try connect(server, client, over: transport)
    guard case .failed(let event) = try monitor.waitForConnection(timeout: Self.patience) else {
      return XCTFail("the client came in over \(transport)", file: file, line: line)
    }
    XCTAssertTrue(kinds.contains(event.kind), "\(event) over \(transport)", file: file, line: line)
    XCTAssertFalse(
      try client.send("Hello", timeout: .zero) && server.receive(timeout: .milliseconds(50)) != nil, file: file, line: line)
    client.close()
    server.close()
  }

  private let noAuthenticator = MonitorEvent.Kind.handshakeFailedNoDetail(.badAddress)
  private let unauthorized = MonitorEvent.Kind.handshakeFailedAuth(statusCode: 400)

  func testCurveIsNamedWhereLibzmqWasBuiltWithoutIt() throws {
    let (server, key) = (try context.socket(.rep), try CurveSecretKey(copying: Array(repeating: 7, count: 32)))
    guard !LibZMQ.has(.curve) else { return try server.secure(.curveServer(secretKey: key, clients: .any)) }
    for clients in [CurveClients.any, .authenticated(domain: "global")] {
      let error = assertThrows(.notSupported) { try server.secure(.curveServer(secretKey: key, clients: clients)) }
      XCTAssertEqual(error?.subject, "with CURVE, which this libzmq was built without")
    }
  }

  func testAnyClientComesInWhereTheServerSaysSo() throws {
    guard try hasCurve() else { return }
    let (keys, clientKeys) = (try CurveKeyPair(), try CurveKeyPair())
    for transport in secured {
      let (server, client, _) = try connect(
        .curveServer(secretKey: keys.secretKey, clients: .any), .curveClient(serverKey: keys.publicKey, keys: clientKeys),
        over: transport)
      XCTAssertNil(try exchange(server, client).metadata(.userID))
      XCTAssertEqual(try server.get(.mechanism), .curve)
    }
  }

  func testAnyClientComesInWithoutTheAuthenticatorBeingAsked() throws {
    guard try hasCurve() else { return }
    let authenticator = try Authenticator(context)
    try authenticator.deny("0.0.0.0/0", "::/0")
    let keys = try CurveKeyPair()
    let (server, client, _) = try connect(
      .curveServer(secretKey: keys.secretKey, clients: .any), .curveClient(serverKey: keys.publicKey, keys: try CurveKeyPair()),
      over: .tcp)
    _ = try exchange(server, client)
    authenticator.stop()
  }

  func testServersFailClosedWithoutAnAuthenticator() throws {
    guard try hasCurve() else { return }
    let (keys, clientKeys) = (try CurveKeyPair(), try CurveKeyPair())
    for transport in secured {
      try assertRefused(
        .curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "global")),
        .curveClient(serverKey: keys.publicKey, keys: clientKeys), over: transport, as: [noAuthenticator])
      try assertRefused(
        .plainServer(domain: "global"), .plainClient(username: "admin", password: "secret"), over: transport, as: [noAuthenticator])
      try assertRefused(.nullServer(domain: "global"), nil, over: transport, as: [noAuthenticator])
    }
  }

  func testServersFailClosedAgainAfterTheAuthenticatorHasStopped() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .addressesOnly)
    let (server, client, _) = try connect(.nullServer(domain: "global"), nil, over: .tcp)
    _ = try exchange(server, client)
    authenticator.stop()
    try assertRefused(.nullServer(domain: "global"), nil, over: .tcp, as: [noAuthenticator])
    // Who is in remains.
    _ = try exchange(server, client)
  }

  func testRefusedClientsComeInOnceThereIsAnAuthenticator() throws {
    guard try hasCurve() else { return }
    for transport in secured {
      let keys = try CurveKeyPair()
      let (server, client, monitor) = try connect(
        .curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "global")),
        .curveClient(serverKey: keys.publicKey, keys: keys), over: transport, handshakeInterval: .milliseconds(500))
      guard case .failed = try monitor.waitForConnection(timeout: Self.patience) else { return XCTFail("the client came in") }
      let authenticator = try Authenticator(context)
      authenticator.serve("global", by: .keys([keys.publicKey]))
      // libzmq: a server that is monitored leaves a refused connection open, until the time for the handshake has passed.
      try waitUntilConnected(monitor)
      _ = try exchange(server, client)
      authenticator.stop()
    }
  }

  func testAWrongServerKeyIsNotTalkedTo() throws {
    guard try hasCurve() else { return }
    let keys = try CurveKeyPair()
    for transport in secured {
      try assertRefused(
        .curveServer(secretKey: keys.secretKey, clients: .any),
        .curveClient(serverKey: try CurveKeyPair().publicKey, keys: try CurveKeyPair()), over: transport,
        as: [.handshakeFailedProtocol(.zmtpCryptographic)])
    }
  }

  func testAWrongMechanismIsRefused() throws {
    guard try hasCurve() else { return }
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .addressesOnly, .decision { _ in .accept() })
    let keys = try CurveKeyPair()
    let mismatch = [MonitorEvent.Kind.handshakeFailedProtocol(.zmtpMechanismMismatch)]
    try assertRefused(.curveServer(secretKey: keys.secretKey, clients: .any), nil, over: .tcp, as: mismatch)
    try assertRefused(
      .curveServer(secretKey: keys.secretKey, clients: .any), .plainClient(username: "a", password: "b"), over: .tcp, as: mismatch)
    try assertRefused(.plainServer(domain: "global"), nil, over: .tcp, as: mismatch)
    authenticator.stop()
  }

  func testOnlyKnownKeysComeIn() throws {
    guard try hasCurve() else { return }
    let authenticator = try Authenticator(context)
    let (keys, friend, stranger) = (try CurveKeyPair(), try CurveKeyPair(), try CurveKeyPair())
    authenticator.serve("global", by: .keys([friend.publicKey]))
    let security = SocketSecurity.curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "global"))
    for transport in secured {
      try assertRefused(security, .curveClient(serverKey: keys.publicKey, keys: stranger), over: transport, as: [unauthorized])
      let (server, client, _) = try connect(security, .curveClient(serverKey: keys.publicKey, keys: friend), over: transport)
      XCTAssertEqual(try exchange(server, client).metadata(.userID), friend.publicKey.z85)
    }
    authenticator.stop()
  }

  func testADomainThatNobodyServesIsClosed() throws {
    guard try hasCurve() else { return }
    let authenticator = try Authenticator(context)
    let keys = try CurveKeyPair()
    authenticator.serve("global", by: .keys([keys.publicKey]), .addressesOnly, try .passwords(["admin": "secret"]))
    try assertRefused(
      .curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "other")),
      .curveClient(serverKey: keys.publicKey, keys: keys), over: .tcp, as: [unauthorized])
    try assertRefused(
      .plainServer(domain: "other"), .plainClient(username: "admin", password: "secret"), over: .tcp, as: [unauthorized])
    try assertRefused(.nullServer(domain: "other"), nil, over: .tcp, as: [unauthorized])
    authenticator.stop()
  }

  func testPasswordsLetUsersIn() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: try .passwords(["admin": "secret"]))
    for transport in secured {
      for (name, password) in [("admin", "wrong"), ("nobody", "secret")] {
        try assertRefused(
          .plainServer(domain: "global"), .plainClient(username: name, password: password), over: transport, as: [unauthorized])
      }
      let (server, client, _) = try connect(
        .plainServer(domain: "global"), .plainClient(username: "admin", password: "secret"), over: transport)
      XCTAssertEqual(try exchange(server, client).metadata(.userID), "admin")
    }
    authenticator.stop()
  }

  func testDeniedAddressesDoNotComeIn() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .addressesOnly)
    try authenticator.deny("127.0.0.0/8")
    try assertRefused(.nullServer(domain: "global"), nil, over: .tcp, as: [unauthorized])
    authenticator.forgetAddresses()
    try authenticator.allow("10.0.0.0/8")
    for transport in secured { try assertRefused(.nullServer(domain: "global"), nil, over: transport, as: [unauthorized]) }
    try authenticator.allow("127.0.0.1")
    let (server, client, _) = try connect(.nullServer(domain: "global"), nil, over: .tcp)
    _ = try exchange(server, client)
    authenticator.stop()
  }

  func testTheDecisionsUserIDAndMetadataArriveWithEveryMessage() throws {
    guard try hasCurve() else { return }
    let authenticator = try Authenticator(context)
    authenticator.serve(
      "global",
      by: .decision { request in
        guard request.mechanism == .curve, request.domain == "global" else { return .deny() }
        return .accept(userID: "joe", metadata: ["X-Role": "admin", "X-From": request.address])
      })
    let keys = try CurveKeyPair()
    for transport in secured {
      let (server, client, _) = try connect(
        .curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "global")),
        .curveClient(serverKey: keys.publicKey, keys: keys), over: transport)
      for _ in 0..<3 {
        let request = try exchange(server, client)
        XCTAssertEqual(request.metadata(.userID), "joe")
        XCTAssertEqual(request.metadata("X-Role"), "admin")
        XCTAssertEqual(request.metadata("X-From"), request.metadata(.peerAddress))
      }
    }
    authenticator.stop()
  }

  func testATemporaryErrorLetsTheClientTryAgain() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: .decision { _ in .deny(status: .temporaryError, reason: "Not yet") })
    let (server, client, monitor) = try connect(
      .nullServer(domain: "global"), nil, over: .tcp, handshakeInterval: .milliseconds(500))
    guard case .failed(let event) = try monitor.waitForConnection(timeout: Self.patience) else {
      return XCTFail("the client came in")
    }
    XCTAssertEqual(event.kind, .handshakeFailedAuth(statusCode: 300))
    authenticator.serve("global", by: .addressesOnly)
    try waitUntilConnected(monitor)
    _ = try exchange(server, client)
    authenticator.stop()
  }

  func testARefusedClientGivesUp() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: try .passwords(["admin": "secret"]))
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    try server.secure(.plainServer(domain: "global"))
    try client.secure(.plainClient(username: "admin", password: "wrong"))
    try client.set(.reconnectInterval, to: .milliseconds(1))
    let monitor = try client.monitor()
    try client.connect(try server.bind(Transport.tcp.newEndpoint()))
    guard case .failed(let event) = try monitor.waitForConnection(timeout: Self.patience) else {
      return XCTFail("the client came in")
    }
    XCTAssertEqual(event.kind, unauthorized)
    while let event = try monitor.receive(timeout: .milliseconds(200)) {
      if case .connected = event.kind { return XCTFail("\(event)") }
    }
    authenticator.stop()
  }

  func testTheFolderOfCertificatesMayChange() throws {
    guard try hasCurve() else { return }
    let folder = Transport.folder.appendingPathComponent(UUID().uuidString).path
    assertThrows(.noSuchFileOrDirectory) { _ = try AuthenticationPolicy.certificates(in: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let authenticator = try Authenticator(context)
    authenticator.serve("global", by: try .certificates(in: folder))
    let (keys, first, second) = (try CurveKeyPair(), try CurveKeyPair(), try CurveKeyPair())
    let security = SocketSecurity.curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "global"))
    func assertIn(_ pair: CurveKeyPair, line: UInt = #line) throws {
      let (server, client, _) = try connect(security, .curveClient(serverKey: keys.publicKey, keys: pair), over: .tcp)
      XCTAssertEqual(try exchange(server, client, line: line).metadata(.userID), pair.publicKey.z85, line: line)
    }
    func assertOut(_ pair: CurveKeyPair, line: UInt = #line) throws {
      try assertRefused(security, .curveClient(serverKey: keys.publicKey, keys: pair), over: .tcp, as: [unauthorized], line: line)
    }
    try assertOut(first)
    try CurveCertificate(first).write(to: "\(folder)/one.key")
    try assertIn(first)
    try assertOut(second)
    // Changed in place, at once and with the same length.
    let text = try String(contentsOfFile: "\(folder)/one.key", encoding: .utf8)
    let changed = text.replacingOccurrences(of: first.publicKey.z85, with: second.publicKey.z85)
    try Data(changed.utf8).write(to: URL(fileURLWithPath: "\(folder)/one.key"), options: [])
    try assertOut(first)
    try assertIn(second)
    // A bad file beside it, and one that is not meant.
    try Data("curve\n    public-key = \"".utf8).write(to: URL(fileURLWithPath: "\(folder)/bad.key"))
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/one.txt"))
    try assertIn(second)
    try assertOut(first)
    let error = assertThrows(.invalidArgument) { _ = try AuthenticationPolicy.certificates(in: folder) }
    XCTAssertTrue("\(error as Any)".contains("\(folder)/bad.key, whose line 2 has no closing quote"), "\(error as Any)")
    try FileManager.default.removeItem(atPath: "\(folder)/one.key")
    try assertOut(second)
    try FileManager.default.removeItem(atPath: folder)
    try assertOut(second)
    authenticator.stop()
  }

  func testWhatNoServerAcceptsIsRefusedAtOnce() throws {
    guard try hasCurve() else { return }
    let socket = try context.socket(.dealer)
    let long = String(repeating: "x", count: 256)
    var error = assertThrows(.invalidArgument) { try socket.secure(.plainClient(username: "", password: "hunter2")) }
    XCTAssertEqual(error?.description, "secure ZMQ_PLAIN_USERNAME of 0 bytes instead of 1 to 255: Invalid argument (EINVAL)")
    error = assertThrows(.invalidArgument) { try socket.secure(.plainClient(username: "admin", password: "")) }
    XCTAssertEqual(error?.subject, "ZMQ_PLAIN_PASSWORD of 0 bytes instead of 1 to 255")
    for security: SocketSecurity in [
      .plainClient(username: long, password: "a"), .plainClient(username: "a", password: long),
      .plainClient(username: "a\0", password: "a"), .plainServer(domain: ""), .plainServer(domain: long), .nullServer(domain: ""),
      .curveServer(secretKey: try CurveKeyPair().secretKey, clients: .authenticated(domain: "")), .plainServer(domain: "a\0b"),
    ] {
      assertThrows(.invalidArgument) { try socket.secure(security) }
    }
    XCTAssertEqual(try socket.get(.mechanism), .null)
    try socket.set(.zapDomain, to: "global")
    error = assertThrows(.invalidArgument) {
      try socket.secure(.curveServer(secretKey: try CurveKeyPair().secretKey, clients: .any))
    }
    XCTAssertTrue("\(error as Any)".contains("already has a ZAP domain"), "\(error as Any)")
    socket.close()
    assertThrows(.notSocket) { try socket.secure(.nullServer(domain: "global")) }
  }

  func testTheLastCallDecides() throws {
    guard try hasCurve() else { return }
    let socket = try context.socket(.rep)
    let keys = try CurveKeyPair()
    try socket.secure(.plainClient(username: "a", password: "b"))
    try socket.secure(.plainServer(domain: "global"))
    XCTAssertEqual(try socket.get(.mechanism), .plain)
    XCTAssertTrue(try socket.get(.plainServer))
    try socket.secure(.curveClient(serverKey: keys.publicKey, keys: keys))
    XCTAssertEqual(try socket.get(.mechanism), .curve)
    XCTAssertFalse(try socket.get(.curveServer))
    try socket.secure(.curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "other")))
    XCTAssertTrue(try socket.get(.curveServer))
    XCTAssertEqual(try socket.get(.zapDomain), "other")
    try socket.secure(.nullServer(domain: "third"))
    XCTAssertEqual(try socket.get(.mechanism), .null)
  }

  func testDescriptionsShowNoSecrets() throws {
    guard try hasCurve() else { return }
    let keys = try CurveKeyPair()
    let all: [SocketSecurity] = [
      .curveServer(secretKey: keys.secretKey, clients: .any),
      .curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "d")),
      .curveClient(serverKey: keys.publicKey, keys: keys), .plainClient(username: "admin", password: "hunter2"),
      .plainServer(domain: "d"), .nullServer(domain: "d"),
    ]
    for security in all {
      var dumped = ""
      dump(security, to: &dumped)
      for text in ["\(security)", String(reflecting: security), dumped] {
        XCTAssertTrue(text.contains("server") || text.contains("client"), text)
        XCTAssertFalse(text.contains("hunter2") || text.contains(keys.secretKey.z85), text)
      }
    }
  }
}
