import XCTest
import ZeroMQ

/// What is out of range is refused, by libzmq or before it, with the option's name and, for numbers, the value.
final class SocketOptionRangeTests: ZeroMQTestCase {
  private let tooMany = Int(Int32.max) + 1

  func testCounts() throws {
    try refuses(.sendHighWaterMark, -1, "ZMQ_SNDHWM = -1")
    try refuses(.sendHighWaterMark, tooMany, "ZMQ_SNDHWM = 2147483648")
    try refuses(.receiveHighWaterMark, -1, "ZMQ_RCVHWM = -1")
    try refuses(.receiveHighWaterMark, .min, "ZMQ_RCVHWM = -9223372036854775808")
    try refuses(.backlog, -1, "ZMQ_BACKLOG = -1")
    try refuses(.typeOfService, -1, "ZMQ_TOS = -1")
    try refuses(.typeOfService, 256, "ZMQ_TOS = 256")
    try refuses(.rate, 0, "ZMQ_RATE = 0")
    try refuses(.rate, -1, "ZMQ_RATE = -1")
    try refuses(.multicastHops, 0, "ZMQ_MULTICAST_HOPS = 0")
    try refuses(.multicastMaximumTransportDataUnit, 0, "ZMQ_MULTICAST_MAXTPDU = 0")
    try refuses(.vmciBufferSize, -1, "ZMQ_VMCI_BUFFER_SIZE = -1")
    try refuses(.vmciBufferMinimumSize, -1, "ZMQ_VMCI_BUFFER_MIN_SIZE = -1")
    try refuses(.vmciBufferMaximumSize, -1, "ZMQ_VMCI_BUFFER_MAX_SIZE = -1")
  }

  func testSizesWhoseAbsenceIsNil() throws {
    try refuses(.sendBufferSize, -1, "ZMQ_SNDBUF = -1")
    try refuses(.sendBufferSize, tooMany, "ZMQ_SNDBUF = 2147483648")
    try refuses(.receiveBufferSize, -1, "ZMQ_RCVBUF = -1")
    try refuses(.maximumMessageSize, -1, "ZMQ_MAXMSGSIZE = -1")
    try refuses(.maximumMessageSize, .min, "ZMQ_MAXMSGSIZE = -9223372036854775808")
    try refuses(.tcpKeepaliveCount, 0, "ZMQ_TCP_KEEPALIVE_CNT = 0")
    try refuses(.tcpKeepaliveCount, -1, "ZMQ_TCP_KEEPALIVE_CNT = -1")
  }

  func testDurations() throws {
    try refuses(.reconnectIntervalMaximum, .milliseconds(-1), "ZMQ_RECONNECT_IVL_MAX = -0.001 seconds")
    try refuses(.connectTimeout, .milliseconds(-1), "ZMQ_CONNECT_TIMEOUT = -0.001 seconds")
    try refuses(.handshakeInterval, .milliseconds(-1), "ZMQ_HANDSHAKE_IVL = -0.001 seconds")
    try refuses(.tcpMaximumRetransmitTimeout, .milliseconds(-1), "ZMQ_TCP_MAXRT = -0.001 seconds")
    try refuses(.heartbeatInterval, .milliseconds(-1), "ZMQ_HEARTBEAT_IVL = -0.001 seconds")
    try refuses(.heartbeatTimeToLive, .milliseconds(-1), "ZMQ_HEARTBEAT_TTL = -0.001 seconds")
    try refuses(.heartbeatTimeToLive, .milliseconds(6_553_600), "ZMQ_HEARTBEAT_TTL = 6553600")
    try refuses(.recoveryInterval, .milliseconds(-1), "ZMQ_RECOVERY_IVL = -0.001 seconds")
  }

  func testDurationsWhoseAbsenceIsNil() throws {
    try refuses(.linger, .milliseconds(-1), "ZMQ_LINGER = -0.001 seconds")
    try refuses(.linger, .milliseconds(tooMany), "ZMQ_LINGER = 2147483.648 seconds")
    try refuses(.receiveTimeout, .milliseconds(-1), "ZMQ_RCVTIMEO = -0.001 seconds")
    try refuses(.sendTimeout, .seconds(-1), "ZMQ_SNDTIMEO = -1.0 seconds")
    try refuses(.reconnectInterval, .milliseconds(-1), "ZMQ_RECONNECT_IVL = -0.001 seconds")
    try refuses(.heartbeatTimeout, .milliseconds(-1), "ZMQ_HEARTBEAT_TIMEOUT = -0.001 seconds")
    try refuses(.tcpKeepaliveIdle, .zero, "ZMQ_TCP_KEEPALIVE_IDLE = 0.0 seconds")
    try refuses(.tcpKeepaliveInterval, .seconds(-1), "ZMQ_TCP_KEEPALIVE_INTVL = -1.0 seconds")
    try refuses(.vmciConnectTimeout, .seconds(-1), "ZMQ_VMCI_CONNECT_TIMEOUT = -1.0 seconds")
  }

  func testHeartbeatTimeoutsNilCanOnlyBeRead() throws {
    try refuses(.heartbeatTimeout, nil, "ZMQ_HEARTBEAT_TIMEOUT = -1")
  }

  func testRefusedTimeoutsChangeNothing() throws {
    let socket = try context.socket(.pull)
    try socket.set(.receiveTimeout, to: .milliseconds(10))
    assertThrows(.invalidArgument) { try socket.set(.receiveTimeout, to: .seconds(-5)) }
    XCTAssertEqual(try socket.get(.receiveTimeout), .milliseconds(10))
    assertThrows(.wouldBlock) { _ = try socket.receive() }
  }

  func testRoutingIDs() throws {
    let router = try context.socket(.router)
    let stream = try context.socket(.stream)
    let tooLong = Frame(copying: [UInt8](repeating: 1, count: 256))
    for id: Frame in [[], tooLong, [0], [0, 1, 2, 3, 4]] {
      let own = assertThrows(.invalidArgument) { try router.set(.routingID, to: id) }
      XCTAssertEqual(own?.subject, "ZMQ_ROUTING_ID")
      let peer = assertThrows(.invalidArgument) { try router.set(.connectRoutingID, to: id) }
      XCTAssertEqual(peer?.subject, "ZMQ_CONNECT_ROUTING_ID")
      assertThrows(.invalidArgument) { try stream.set(.connectRoutingID, to: id) }
    }
    XCTAssertEqual(try router.get(.routingID), [])
  }

  func testStrings() throws {
    let tooLong = String(repeating: "s", count: 256)
    for text in ["", tooLong, "se\0cret"] {
      try refuses(.zapDomain, text, "ZMQ_ZAP_DOMAIN", whole: true)
      try refuses(.plainUsername, text, "ZMQ_PLAIN_USERNAME", whole: true)
      try refuses(.plainPassword, text, "ZMQ_PLAIN_PASSWORD", whole: true)
      try refuses(.gssapiPrincipal, text, "ZMQ_GSSAPI_PRINCIPAL", whole: true)
      try refuses(.gssapiServicePrincipal, text, "ZMQ_GSSAPI_SERVICE_PRINCIPAL", whole: true)
    }
    for text in ["", "seventeen-bytes-a", "l\0o"] { try refuses(.bindToDevice, text, "ZMQ_BINDTODEVICE", whole: true) }
    for text in ["", "127.0.0.1\0:1080"] { try refuses(.socksProxy, text, "ZMQ_SOCKS_PROXY", whole: true) }
  }

  func testNameTypes() throws {
    try refuses(.gssapiPrincipalNameType, GSSAPINameType(rawValue: 3), "ZMQ_GSSAPI_PRINCIPAL_NAMETYPE = 3")
    try refuses(.gssapiServicePrincipalNameType, GSSAPINameType(rawValue: -1), "ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE = -1")
  }

  func testASocketTypeWithoutTheOptionRefusesIt() throws {
    let socket = try context.socket(ofType: .pull)
    let error = assertThrows(.invalidArgument) { try socket.set(.routerMandatory, to: true) }
    XCTAssertEqual(error?.subject, "ZMQ_ROUTER_MANDATORY = 1")
    assertThrows(.invalidArgument) { try socket.set(.xpubWelcomeMessage, to: "hello") }
    assertThrows(.invalidArgument) { try socket.set(.reqRelaxed, to: true) }
  }

  private func refuses<Value>(
    _ key: OptionKey<Value, OptionAccess.ReadWrite>, _ value: Value, _ subject: String, whole: Bool = false, line: UInt = #line
  ) throws {
    let socket = try context.socket(ofType: .dealer)
    let error = assertThrows(.invalidArgument, line: line) { try socket.set(key, to: value) }
    XCTAssertEqual(error?.subject, subject, line: line)
    XCTAssertEqual(error?.operation, "zmq_setsockopt", line: line)
    guard whole, let error else { return }
    XCTAssertTrue(error.description.hasPrefix("zmq_setsockopt \(subject): Invalid argument (EINVAL)"), "\(error)", line: line)
  }
}
