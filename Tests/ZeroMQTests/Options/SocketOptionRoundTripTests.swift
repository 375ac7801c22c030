import XCTest
import ZeroMQ

/// What is set is what is read, on every socket type.
final class SocketOptionRoundTripTests: ZeroMQTestCase {
  func testQueues() throws {
    try check(.linger, .zero, .milliseconds(1), .seconds(5), nil)
    try check(.sendHighWaterMark, 0, 7, Int(Int32.max))
    try check(.receiveHighWaterMark, 0, 7, Int(Int32.max))
    try check(.sendBufferSize, 0, 65_536, nil)
    try check(.receiveBufferSize, 0, 65_536, nil)
    try check(.maximumMessageSize, 0, 1_000_000, Int.max, nil)
    try check(.conflate, true, false)
    try check(.affinity, 1, 1 << 63, .max, 0)
  }

  func testTimeouts() throws {
    try check(.receiveTimeout, .zero, .milliseconds(250), .milliseconds(Int32.max), nil)
    try check(.sendTimeout, .zero, .milliseconds(250), .milliseconds(Int32.max), nil)
  }

  func testPartsOfAMillisecondAreRoundedUp() throws {
    let socket = try context.socket(.pull)
    try socket.set(.receiveTimeout, to: .microseconds(1))
    XCTAssertEqual(try socket.get(.receiveTimeout), .milliseconds(1))
    try socket.set(.receiveTimeout, to: .microseconds(2001))
    XCTAssertEqual(try socket.get(.receiveTimeout), .milliseconds(3))
  }

  func testConnecting() throws {
    try check(.immediate, true, false)
    try check(.reconnectInterval, .zero, .milliseconds(20), nil)
    try check(.reconnectIntervalMaximum, .seconds(3), .zero)
    try check(.connectTimeout, .seconds(2), .zero)
    try check(.handshakeInterval, .zero, .seconds(2))
    try check(.backlog, 0, 1, 4096)
    try check(.ipv6, true, false)
    try check(.typeOfService, 0x28, 255, 0)
    try check(.bindToDevice, "lo", "sixteen-bytes-ab", nil)
    try check(.socksProxy, "127.0.0.1:1080", String(repeating: "h", count: 5000) + ":1", nil)
  }

  func testTCP() throws {
    try check(.tcpKeepalive, true, false, nil)
    try check(.tcpKeepaliveCount, 1, 5, nil)
    try check(.tcpKeepaliveIdle, .seconds(1), .seconds(7200), nil)
    try check(.tcpKeepaliveInterval, .seconds(1), .seconds(75), nil)
    try check(.tcpMaximumRetransmitTimeout, .seconds(30), .zero)
  }

  func testPartsOfASecondAreRoundedUp() throws {
    let socket = try context.socket(.pull)
    try socket.set(.tcpKeepaliveIdle, to: .milliseconds(1))
    XCTAssertEqual(try socket.get(.tcpKeepaliveIdle), .seconds(1))
    try socket.set(.tcpKeepaliveIdle, to: .milliseconds(2500))
    XCTAssertEqual(try socket.get(.tcpKeepaliveIdle), .seconds(3))
  }

  func testHeartbeats() throws {
    try check(.heartbeatInterval, .milliseconds(50), .seconds(2), .zero)
    try check(.heartbeatTimeout, .zero, .milliseconds(333))
    try check(.heartbeatTimeToLive, .milliseconds(100), .milliseconds(6_553_500), .zero)
  }

  func testHeartbeatTimeToLiveIsKeptInTenthsOfASecond() throws {
    let socket = try context.socket(.pull)
    for (set, read) in [(99, 0), (1234, 1200), (6_553_599, 6_553_500)] {
      try socket.set(.heartbeatTimeToLive, to: .milliseconds(set))
      XCTAssertEqual(try socket.get(.heartbeatTimeToLive), .milliseconds(read))
    }
  }

  func testRoutingIDs() throws {
    let longest = Frame(copying: [UInt8](repeating: 255, count: 255))
    try check(.routingID, "worker-1", [1], [1, 0, 0, 2], longest)
    try check(.identity, "worker-1")
  }

  func testMatching() throws {
    try check(.invertMatching, true, false)
  }

  func testMulticast() throws {
    try check(.rate, 1, 1_000_000)
    try check(.recoveryInterval, .zero, .seconds(1))
    try check(.multicastHops, 2, 255)
    try check(.multicastMaximumTransportDataUnit, 1, 9000)
  }

  func testStringsOfSecurity() throws {
    try check(.zapDomain, "global", String(repeating: "d", count: 255))
    try check(.plainUsername, "admin", "日本", String(repeating: "u", count: 255))
    try check(.plainPassword, "hunter2", String(repeating: "p", count: 255))
  }

  func testPlainServer() throws {
    try check(.plainServer, true, false)
  }

  func testCurve() throws {
    let bytes = (0..<32).map { UInt8($0) }
    guard LibZMQ.has(.curve) else {
      try checkIsLacking(.curveServer, true, "ZMQ_CURVE_SERVER")
      try checkIsLacking(.curvePublicKey, CurvePublicKey(copying: bytes), "ZMQ_CURVE_PUBLICKEY")
      try checkIsLacking(.curveSecretKey, CurveSecretKey(copying: bytes), "ZMQ_CURVE_SECRETKEY")
      return try checkIsLacking(.curveServerKey, CurvePublicKey(copying: bytes), "ZMQ_CURVE_SERVERKEY")
    }
    try check(.curvePublicKey, CurvePublicKey(copying: bytes))
    try check(.curveSecretKey, CurveSecretKey(copying: bytes))
    try check(.curveServerKey, CurvePublicKey(copying: bytes))
    try check(.curveServer, true, false)
  }

  func testGSSAPI() throws {
    guard LibZMQ.has(.gssapi) else {
      try checkIsLacking(.gssapiServer, true, "ZMQ_GSSAPI_SERVER")
      try checkIsLacking(.gssapiPlaintext, true, "ZMQ_GSSAPI_PLAINTEXT")
      try checkIsLacking(.gssapiPrincipal, "a", "ZMQ_GSSAPI_PRINCIPAL")
      try checkIsLacking(.gssapiServicePrincipal, "a", "ZMQ_GSSAPI_SERVICE_PRINCIPAL")
      try checkIsLacking(.gssapiPrincipalNameType, .userName, "ZMQ_GSSAPI_PRINCIPAL_NAMETYPE")
      return try checkIsLacking(.gssapiServicePrincipalNameType, .userName, "ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE")
    }
    try check(.gssapiServer, true, false)
    try check(.gssapiPlaintext, true, false)
    try check(.gssapiPrincipal, "server@example.org")
    try check(.gssapiServicePrincipal, "server@example.org")
    try check(.gssapiPrincipalNameType, .userName, .krb5Principal, .hostBased)
    try check(.gssapiServicePrincipalNameType, .userName, .krb5Principal, .hostBased)
  }

  func testVMCI() throws {
    guard LibZMQ.has(.vmci) else {
      try checkIsLacking(.vmciBufferSize, 4096, "ZMQ_VMCI_BUFFER_SIZE")
      try checkIsLacking(.vmciBufferMinimumSize, 4096, "ZMQ_VMCI_BUFFER_MIN_SIZE")
      try checkIsLacking(.vmciBufferMaximumSize, 4096, "ZMQ_VMCI_BUFFER_MAX_SIZE")
      return try checkIsLacking(.vmciConnectTimeout, .seconds(1), "ZMQ_VMCI_CONNECT_TIMEOUT")
    }
    try check(.vmciBufferSize, 4096)
    try check(.vmciBufferMinimumSize, 4096)
    try check(.vmciBufferMaximumSize, 4096)
    try check(.vmciConnectTimeout, .seconds(1))
  }

  private func check<Value: Equatable>(
    _ key: OptionKey<Value, OptionAccess.ReadWrite>, _ values: Value..., line: UInt = #line
  ) throws {
    for type in SocketType.all {
      let socket = try context.socket(ofType: type)
      for value in values {
        try socket.set(key, to: value)
        XCTAssertEqual(try socket.get(key), value, "\(type)", line: line)
      }
    }
  }

  /// A build of libzmq that lacks an option says so, with the option's name.
  private func checkIsLacking<Value>(
    _ key: OptionKey<Value, OptionAccess.ReadWrite>, _ value: Value, _ name: String, line: UInt = #line
  ) throws {
    let socket = try context.socket(ofType: .dealer)
    let error = assertThrows(.invalidArgument, line: line) { try socket.set(key, to: value) }
    XCTAssertTrue(error?.description.contains(name) == true, "\(error as Any)", line: line)
  }
}
