import XCTest
import ZeroMQ

/// Every key stands for the option that its name says: by libzmq's number, and by the C name in errors.
final class SocketOptionTests: ZeroMQTestCase {
  func testKeysHaveTheNumbersAndNamesOfTheirConstants() throws {
    try check(.affinity, 4, "ZMQ_AFFINITY")
    try check(.routingID, 5, "ZMQ_ROUTING_ID")
    try check(.rate, 8, "ZMQ_RATE")
    try check(.recoveryInterval, 9, "ZMQ_RECOVERY_IVL")
    try check(.sendBufferSize, 11, "ZMQ_SNDBUF")
    try check(.receiveBufferSize, 12, "ZMQ_RCVBUF")
    try check(.receiveMore, 13, "ZMQ_RCVMORE")
    try check(.fileDescriptor, 14, "ZMQ_FD")
    try check(.events, 15, "ZMQ_EVENTS")
    try check(.type, 16, "ZMQ_TYPE")
    try check(.linger, 17, "ZMQ_LINGER")
    try check(.reconnectInterval, 18, "ZMQ_RECONNECT_IVL")
    try check(.backlog, 19, "ZMQ_BACKLOG")
    try check(.reconnectIntervalMaximum, 21, "ZMQ_RECONNECT_IVL_MAX")
    try check(.maximumMessageSize, 22, "ZMQ_MAXMSGSIZE")
    try check(.sendHighWaterMark, 23, "ZMQ_SNDHWM")
    try check(.receiveHighWaterMark, 24, "ZMQ_RCVHWM")
    try check(.multicastHops, 25, "ZMQ_MULTICAST_HOPS")
    try check(.receiveTimeout, 27, "ZMQ_RCVTIMEO")
    try check(.sendTimeout, 28, "ZMQ_SNDTIMEO")
    try check(.lastEndpoint, 32, "ZMQ_LAST_ENDPOINT")
    try checkWriteOnly(.routerMandatory, 33, "ZMQ_ROUTER_MANDATORY", to: true)
    try check(.tcpKeepalive, 34, "ZMQ_TCP_KEEPALIVE")
    try check(.tcpKeepaliveCount, 35, "ZMQ_TCP_KEEPALIVE_CNT")
    try check(.tcpKeepaliveIdle, 36, "ZMQ_TCP_KEEPALIVE_IDLE")
    try check(.tcpKeepaliveInterval, 37, "ZMQ_TCP_KEEPALIVE_INTVL")
    try check(.immediate, 39, "ZMQ_IMMEDIATE")
    try checkWriteOnly(.xpubVerbose, 40, "ZMQ_XPUB_VERBOSE", to: true)
    try check(.ipv6, 42, "ZMQ_IPV6")
    try check(.mechanism, 43, "ZMQ_MECHANISM")
    try check(.plainServer, 44, "ZMQ_PLAIN_SERVER")
    try check(.plainUsername, 45, "ZMQ_PLAIN_USERNAME")
    try check(.plainPassword, 46, "ZMQ_PLAIN_PASSWORD")
    try check(.curveServer, 47, "ZMQ_CURVE_SERVER")
    try check(.curvePublicKey, 48, "ZMQ_CURVE_PUBLICKEY")
    try check(.curveSecretKey, 49, "ZMQ_CURVE_SECRETKEY")
    try check(.curveServerKey, 50, "ZMQ_CURVE_SERVERKEY")
    try checkWriteOnly(.probeRouter, 51, "ZMQ_PROBE_ROUTER", to: true)
    try checkWriteOnly(.reqCorrelate, 52, "ZMQ_REQ_CORRELATE", to: true)
    try checkWriteOnly(.reqRelaxed, 53, "ZMQ_REQ_RELAXED", to: true)
    try check(.conflate, 54, "ZMQ_CONFLATE")
    try check(.zapDomain, 55, "ZMQ_ZAP_DOMAIN")
    try checkWriteOnly(.routerHandover, 56, "ZMQ_ROUTER_HANDOVER", to: true)
    try check(.typeOfService, 57, "ZMQ_TOS")
    try checkWriteOnly(.connectRoutingID, 61, "ZMQ_CONNECT_ROUTING_ID", to: "x")
    try check(.gssapiServer, 62, "ZMQ_GSSAPI_SERVER")
    try check(.gssapiPrincipal, 63, "ZMQ_GSSAPI_PRINCIPAL")
    try check(.gssapiServicePrincipal, 64, "ZMQ_GSSAPI_SERVICE_PRINCIPAL")
    try check(.gssapiPlaintext, 65, "ZMQ_GSSAPI_PLAINTEXT")
    try check(.handshakeInterval, 66, "ZMQ_HANDSHAKE_IVL")
    try check(.socksProxy, 68, "ZMQ_SOCKS_PROXY")
    try checkWriteOnly(.xpubNoDrop, 69, "ZMQ_XPUB_NODROP", to: true)
    try checkWriteOnly(.xpubManual, 71, "ZMQ_XPUB_MANUAL", to: true)
    try checkWriteOnly(.xpubWelcomeMessage, 72, "ZMQ_XPUB_WELCOME_MSG", to: "x")
    try checkWriteOnly(.streamNotify, 73, "ZMQ_STREAM_NOTIFY", to: true)
    try check(.invertMatching, 74, "ZMQ_INVERT_MATCHING")
    try check(.heartbeatInterval, 75, "ZMQ_HEARTBEAT_IVL")
    try check(.heartbeatTimeToLive, 76, "ZMQ_HEARTBEAT_TTL")
    try check(.heartbeatTimeout, 77, "ZMQ_HEARTBEAT_TIMEOUT")
    try checkWriteOnly(.xpubVerboser, 78, "ZMQ_XPUB_VERBOSER", to: true)
    try check(.connectTimeout, 79, "ZMQ_CONNECT_TIMEOUT")
    try check(.tcpMaximumRetransmitTimeout, 80, "ZMQ_TCP_MAXRT")
    try check(.threadSafe, 81, "ZMQ_THREAD_SAFE")
    try check(.multicastMaximumTransportDataUnit, 84, "ZMQ_MULTICAST_MAXTPDU")
    try check(.vmciBufferSize, 85, "ZMQ_VMCI_BUFFER_SIZE")
    try check(.vmciBufferMinimumSize, 86, "ZMQ_VMCI_BUFFER_MIN_SIZE")
    try check(.vmciBufferMaximumSize, 87, "ZMQ_VMCI_BUFFER_MAX_SIZE")
    try check(.vmciConnectTimeout, 88, "ZMQ_VMCI_CONNECT_TIMEOUT")
    try check(.useFileDescriptor, 89, "ZMQ_USE_FD")
    try check(.gssapiPrincipalNameType, 90, "ZMQ_GSSAPI_PRINCIPAL_NAMETYPE")
    try check(.gssapiServicePrincipalNameType, 91, "ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE")
    try check(.bindToDevice, 92, "ZMQ_BINDTODEVICE")
    XCTAssertEqual(checked.count, 72, "an option is missing, or there twice")
  }

  func testIdentityIsTheRoutingID() {
    XCTAssertEqual(OptionKey<Frame, OptionAccess.ReadWrite>.identity.rawValue, 5)
  }

  func testEachKindHasTheOptionsThatConcernIt() throws {
    let (pub, sub, xpub) = (try context.socket(.pub), try context.socket(.sub), try context.socket(.xpub))
    let (req, rep) = (try context.socket(.req), try context.socket(.rep))
    let (dealer, router) = (try context.socket(.dealer), try context.socket(.router))
    let (push, pull) = (try context.socket(.push), try context.socket(.pull))
    let (pair, xsub, stream) = (try context.socket(.pair), try context.socket(.xsub), try context.socket(.stream))
    try req.set(.routingID, to: "id")
    try rep.set(.routingID, to: "id")
    try dealer.set(.routingID, to: "id")
    try router.set(.routingID, to: "id")
    try router.set(.connectRoutingID, to: "id")
    try stream.set(.connectRoutingID, to: "id")
    try router.set(.routerMandatory, to: true)
    try router.set(.routerHandover, to: true)
    try req.set(.probeRouter, to: true)
    try dealer.set(.probeRouter, to: true)
    try router.set(.probeRouter, to: true)
    try req.set(.reqCorrelate, to: true)
    try req.set(.reqRelaxed, to: true)
    try pub.set(.conflate, to: true)
    try sub.set(.conflate, to: true)
    try dealer.set(.conflate, to: true)
    try push.set(.conflate, to: true)
    try pull.set(.conflate, to: true)
    try pub.set(.invertMatching, to: true)
    try sub.set(.invertMatching, to: true)
    try xpub.set(.invertMatching, to: true)
    try pub.set(.xpubNoDrop, to: true)
    try xpub.set(.xpubNoDrop, to: true)
    try xpub.set(.xpubManual, to: true)
    try stream.set(.streamNotify, to: false)
    try pair.set(.handshakeInterval, to: .seconds(1))
    try xsub.set(.handshakeInterval, to: .seconds(1))
  }

  func testAnOptionWithoutAKeyIsReachedByItsNumber() throws {
    let socket = try context.socket(.router)
    // ZMQ_IPV4ONLY, the deprecated inverse of ZMQ_IPV6.
    XCTAssertTrue(try socket.get(.raw(31)) as Bool)
    try socket.set(.raw(31), to: false)
    XCTAssertTrue(try socket.get(.ipv6))
    let error = assertThrows(.invalidArgument) { try socket.set(.raw(9999), to: 1) }
    XCTAssertEqual(error?.subject, "option 9999 = 1")
  }

  private var checked: Set<Int32> = []

  /// A closed socket, whose errors name the option.
  private func closedSocket() throws -> AnySocket {
    let socket = try context.socket(ofType: .router)
    socket.close()
    return socket
  }

  private func check<Value, Access: ReadableAccess>(
    _ key: OptionKey<Value, Access>, _ number: Int32, _ name: String, line: UInt = #line
  ) throws {
    XCTAssertEqual(key.rawValue, number, name, line: line)
    XCTAssertTrue(checked.insert(number).inserted, name, line: line)
    let socket = try closedSocket()
    let error = assertThrows(.notSocket, line: line) { _ = try socket.get(key) }
    XCTAssertEqual(error?.subject, name, line: line)
  }

  private func checkWriteOnly<Value>(
    _ key: OptionKey<Value, OptionAccess.WriteOnly>, _ number: Int32, _ name: String, to value: Value, line: UInt = #line
  ) throws {
    XCTAssertEqual(key.rawValue, number, name, line: line)
    XCTAssertTrue(checked.insert(number).inserted, name, line: line)
    let socket = try closedSocket()
    let error = assertThrows(.notSocket, line: line) { try socket.set(key, to: value) }
    XCTAssertEqual(error?.subject, value is Bool ? "\(name) = 1" : name, line: line)
  }
}
