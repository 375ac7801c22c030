import XCTest
import ZeroMQ

/// The defaults that the keys' descriptions state are the library's, on every socket type.
final class SocketOptionDefaultsTests: ZeroMQTestCase {
  func testQueues() throws {
    try check(.linger) { [.sub, .xsub].contains($0) ? .zero : nil }
    try check(.sendHighWaterMark, 1000)
    try check(.receiveHighWaterMark, 1000)
    try check(.sendBufferSize, nil)
    try check(.receiveBufferSize, nil)
    try check(.maximumMessageSize, nil)
    try check(.conflate, false)
    try check(.affinity, 0)
  }

  func testLingerIsZeroWhereTheContextIsNotBlocky() throws {
    let context = try Context(Context.Configuration(blocky: false))
    for type in SocketType.all {
      XCTAssertEqual(try context.socket(ofType: type).get(.linger), .zero, "\(type)")
    }
  }

  func testTimeouts() throws {
    try check(.receiveTimeout, nil)
    try check(.sendTimeout, nil)
  }

  func testConnecting() throws {
    try check(.immediate, false)
    try check(.reconnectInterval, .milliseconds(100))
    try check(.reconnectIntervalMaximum, .zero)
    try check(.connectTimeout, .zero)
    try check(.handshakeInterval, .seconds(30))
    try check(.backlog, 100)
    try check(.ipv6, false)
    try check(.typeOfService, 0)
    try check(.bindToDevice, nil)
    try check(.socksProxy, nil)
    try check(.useFileDescriptor, nil)
  }

  func testIPv6IsTheContexts() throws {
    let context = try Context(Context.Configuration(ipv6: true))
    for type in SocketType.all {
      XCTAssertTrue(try context.socket(ofType: type).get(.ipv6), "\(type)")
    }
  }

  func testTCP() throws {
    try check(.tcpKeepalive, nil)
    try check(.tcpKeepaliveCount, nil)
    try check(.tcpKeepaliveIdle, nil)
    try check(.tcpKeepaliveInterval, nil)
    try check(.tcpMaximumRetransmitTimeout, .zero)
  }

  func testHeartbeats() throws {
    try check(.heartbeatInterval, .zero)
    try check(.heartbeatTimeout, nil)
    try check(.heartbeatTimeToLive, .zero)
  }

  func testRouting() throws {
    try check(.routingID, Frame())
    try check(.identity, Frame())
  }

  func testPublishing() throws {
    try check(.invertMatching, false)
  }

  func testMulticast() throws {
    try check(.rate, 100)
    try check(.recoveryInterval, .seconds(10))
    try check(.multicastHops, 1)
    try check(.multicastMaximumTransportDataUnit, 1500)
  }

  func testSecurity() throws {
    try check(.mechanism, .null)
    try check(.zapDomain, "")
    try check(.plainServer, false)
    try check(.plainUsername, nil)
    try check(.plainPassword, nil)
  }

  func testCurve() throws {
    guard LibZMQ.has(.curve) else { return try checkIsLacking(.curveServer) }
    let zeros = [UInt8](repeating: 0, count: 32)
    try check(.curveServer, false)
    try check(.curvePublicKey, CurvePublicKey(copying: zeros))
    try check(.curveSecretKey, CurveSecretKey(copying: zeros))
    try check(.curveServerKey, CurvePublicKey(copying: zeros))
  }

  func testGSSAPI() throws {
    guard LibZMQ.has(.gssapi) else { return try checkIsLacking(.gssapiServer) }
    try check(.gssapiServer, false)
    try check(.gssapiPlaintext, false)
    try check(.gssapiPrincipal, "")
    try check(.gssapiServicePrincipal, "")
    try check(.gssapiPrincipalNameType, .hostBased)
    try check(.gssapiServicePrincipalNameType, .hostBased)
  }

  func testState() throws {
    try check(.receiveMore, false)
    try check(.events) { [.pub, .router, .stream, .xpub, .xsub].contains($0) ? .writable : [] }
    try check(.type) { $0 }
    try check(.lastEndpoint, "")
    try check(.threadSafe, false)
  }

  func testEverySocketHasAFileDescriptorOfItsOwn() throws {
    let sockets = try SocketType.all.map { try context.socket(ofType: $0) }
    let descriptors = try sockets.map { try $0.get(.fileDescriptor) }
    XCTAssertEqual(Set(descriptors).count, sockets.count)
    XCTAssertTrue(descriptors.allSatisfy { $0 >= 0 })
  }

  func testVMCI() throws {
    guard LibZMQ.has(.vmci) else {
      try checkIsLacking(.vmciBufferSize)
      try checkIsLacking(.vmciBufferMinimumSize)
      try checkIsLacking(.vmciBufferMaximumSize)
      return try checkIsLacking(.vmciConnectTimeout)
    }
    try check(.vmciBufferSize, 65546)
    try check(.vmciBufferMinimumSize, 128)
    try check(.vmciBufferMaximumSize, 262_144)
    try check(.vmciConnectTimeout, nil)
  }

  private func check<Value: Equatable, Access: ReadableAccess>(
    _ key: OptionKey<Value, Access>, _ expected: Value, line: UInt = #line
  ) throws {
    try check(key, line: line) { _ in expected }
  }

  private func check<Value: Equatable, Access: ReadableAccess>(
    _ key: OptionKey<Value, Access>, line: UInt = #line, _ expected: (SocketType) -> Value
  ) throws {
    let context = try Context()
    for type in SocketType.all {
      XCTAssertEqual(try context.socket(ofType: type).get(key), expected(type), "\(type)", line: line)
    }
  }

  /// A build of libzmq that lacks an option says so, with the option's name.
  private func checkIsLacking<Value, Access: ReadableAccess>(_ key: OptionKey<Value, Access>, line: UInt = #line) throws {
    let socket = try context.socket(ofType: .dealer)
    let error = assertThrows(.invalidArgument, line: line) { _ = try socket.get(key) }
    XCTAssertEqual(error?.operation, "zmq_getsockopt", line: line)
  }
}
