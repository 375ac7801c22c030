import Foundation
import XCTest
import ZeroMQ

final class MonitorWaitingTests: MonitorTestCase {
  func testAConnectionThatComesUp() throws {
    for transport in [Transport.tcp, .ipc] {
      let (server, client) = (try context.socket(.rep), try context.socket(.req))
      let (atServer, atClient) = (try server.monitor(), try client.monitor())
      let endpoint = try server.bind(transport.newEndpoint())
      try client.connect(endpoint)
      XCTAssertEqual(try atClient.waitForConnection(timeout: Self.patience), .established(endpoint: endpoint))
      XCTAssertEqual(try atServer.waitForConnection(timeout: Self.patience), .established(endpoint: endpoint))
      XCTAssertEqual(atClient.connectionCount, 1)
      XCTAssertEqual(atServer.connectionCount, 1)
    }
  }

  func testAServerThatComesLater() throws {
    let client = try context.socket(.req)
    try client.set(.reconnectInterval, to: .milliseconds(10))
    let monitor = try client.monitor()
    let endpoint = try freeEndpoint()
    try client.connect(endpoint)
    try events(monitor) { if case .connectRetried = $0.kind { true } else { false } }
    let server = try context.socket(.rep)
    try server.bind(endpoint)
    XCTAssertEqual(try monitor.waitForConnection(timeout: Self.patience), .established(endpoint: endpoint))
  }

  func testNobodyThere() throws {
    let client = try context.socket(.req)
    try client.set(.reconnectInterval, to: nil)
    let monitor = try client.monitor([.connections, .closed])
    let endpoint = try freeEndpoint()
    try client.connect(endpoint)
    guard case .timedOut(after: let last?) = try monitor.waitForConnection(timeout: .milliseconds(200)) else {
      return XCTFail("no event")
    }
    XCTAssertEqual(last.endpoint, endpoint)
    guard case .closed = last.kind else { return XCTFail("\(last)") }
  }

  func testOutcomeIsReturnedOrThrown() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    let monitor = try client.monitor()
    let late = assertThrows(.timedOut) { try monitor.waitForConnection(timeout: .zero).get() }
    XCTAssertEqual(late?.subject, "no event")
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    XCTAssertEqual(try monitor.waitForConnection(timeout: Self.patience).get(), endpoint)
    monitor.stop()
    let failed = assertThrows(.connectionRefused) { try monitor.waitForConnection(timeout: Self.patience).get() }
    XCTAssertEqual(failed?.subject, "monitor stopped")
  }

  func testAWrongKeyFailsOnBothSides() throws {
    guard LibZMQ.has(.curve) else { return }
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    try makeCurveServer(server)
    try makeCurveClient(client, of: Self.anotherKey)
    let (atServer, atClient) = (try server.monitor(), try client.monitor())
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    XCTAssertEqual(
      try atServer.waitForConnection(timeout: Self.patience),
      .failed(MonitorEvent(.handshakeFailedProtocol(.zmtpCryptographic), endpoint: endpoint)))
    guard case .failed(let event) = try atClient.waitForConnection(timeout: Self.patience) else {
      return XCTFail("the client noticed nothing")
    }
    guard case .handshakeFailedNoDetail = event.kind else { return XCTFail("\(event)") }
    XCTAssertEqual(event.endpoint, endpoint)
    XCTAssertEqual(atServer.connectionCount, 0)
  }

  func testAWrongMechanismFails() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    try server.set(.plainServer, to: true)
    let (atServer, atClient) = (try server.monitor(), try client.monitor())
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    let outcomes = [
      try atServer.waitForConnection(timeout: Self.patience), try atClient.waitForConnection(timeout: Self.patience),
    ]
    let mismatch = MonitorEvent(.handshakeFailedProtocol(.zmtpMechanismMismatch), endpoint: endpoint)
    XCTAssertTrue(outcomes.contains(.failed(mismatch)), "\(outcomes)")
    for outcome in outcomes {
      guard case .failed = outcome else { return XCTFail("\(outcome)") }
    }
  }

  func testASocketTypeThatDoesNotFitFails() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.pair))
    let (atServer, atClient) = (try server.monitor(), try client.monitor())
    try client.connect(try server.bind("tcp://127.0.0.1:*"))
    for monitor in [atServer, atClient] {
      guard case .failed = try monitor.waitForConnection(timeout: Self.patience) else { return XCTFail("it did not fail") }
    }
  }

  func testOneFailureIsReportedOnce() throws {
    let server = try context.socket(.router)
    let monitor = try server.monitor()
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    let bad = try RawTCPClient(endpoint)
    bad.send(ZMTP.greeting + [0, 1, 65])
    XCTAssertEqual(
      try monitor.waitForConnection(timeout: Self.patience),
      .failed(MonitorEvent(.handshakeFailedProtocol(.zmtpUnexpectedCommand), endpoint: endpoint)))
    XCTAssertTrue(bad.isClosedByPeer())
    let good = try context.socket(.dealer)
    try good.connect(endpoint)
    XCTAssertEqual(try monitor.waitForConnection(timeout: Self.patience), .established(endpoint: endpoint))
  }

  func testAMonitorThatIsStoppedMeanwhile() throws {
    let server = try context.socket(.rep)
    let monitor = try server.monitor()
    server.close()
    XCTAssertEqual(
      try monitor.waitForConnection(timeout: Self.patience), .failed(MonitorEvent(.monitorStopped, endpoint: "")))
    assertThrows(.notSocket) { _ = try monitor.waitForConnection(timeout: Self.patience) }
    let (another, second) = (try context.socket(.rep), try context.socket(.rep))
    let (atAnother, atSecond) = (try another.monitor(), try second.monitor())
    another.stopMonitor()
    XCTAssertFalse(try atAnother.waitForConnections(1, timeout: Self.patience))
    XCTAssertTrue(try atSecond.waitForConnections(0, timeout: .zero))
  }

  func testEventsThatAWaitNeedsMustBeMonitored() throws {
    let socket = try context.socket(.rep)
    let monitor = try socket.monitor([.handshakeSucceeded])
    assertThrows(.invalidArgument) { _ = try monitor.waitForConnection(timeout: .seconds(20)) }
    assertThrows(.invalidArgument) { _ = try monitor.waitForConnections(1, timeout: .seconds(20)) }
    let enough = try socket.monitor(.connections)
    XCTAssertEqual(try enough.waitForConnection(timeout: .zero), .timedOut(after: nil))
  }

  func testSoManySubscribersOfAPub() throws {
    for transport in [Transport.tcp, .ipc] {
      let pub = try context.socket(.pub)
      let monitor = try pub.monitor()
      let endpoint = try pub.bind(transport.newEndpoint())
      XCTAssertFalse(try monitor.waitForConnections(1, timeout: .milliseconds(5)))
      let subscribers = try (0..<5).map { _ in
        let sub = try context.socket(.sub)
        try sub.subscribe(to: "")
        try sub.connect(endpoint)
        return sub
      }
      XCTAssertTrue(try monitor.waitForConnections(5, timeout: Self.patience))
      XCTAssertEqual(monitor.connectionCount, 5)
      XCTAssertTrue(try monitor.waitForConnections(5, timeout: .zero))
      subscribers[0].close()
      subscribers[1].close()
      try waitUntil("the loss of two") {
        _ = try monitor.receiveIfReady()
        return monitor.connectionCount == 3
      }
      XCTAssertFalse(try monitor.waitForConnections(4, timeout: .milliseconds(5)))
    }
  }

  func testBadPeersDoNotCount() throws {
    let server = try context.socket(.router)
    let monitor = try server.monitor()
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    func assertCountStays(_ count: Int, _ bytes: [UInt8]) throws {
      let bad = try RawTCPClient(endpoint)
      bad.send(bytes)
      XCTAssertTrue(bad.isClosedByPeer())
      try events(monitor) { if case .disconnected = $0.kind { true } else { false } }
      XCTAssertEqual(monitor.connectionCount, count)
    }
    let badPeers = [
      ZMTP.greeting + [0, 1, 65], Array(repeating: 0, count: 1000), ZMTP.greeting + ZMTP.ready("PAIR"),
    ]
    for bytes in badPeers { try assertCountStays(0, bytes) }
    let good = try context.socket(.dealer)
    try good.connect(endpoint)
    XCTAssertTrue(try monitor.waitForConnections(1, timeout: Self.patience))
    for bytes in badPeers { try assertCountStays(1, bytes) }
    good.close()
    try events(monitor) { if case .disconnected = $0.kind { true } else { false } }
    XCTAssertEqual(monitor.connectionCount, 0)
  }

  func testConnectionsThatComeAgainCountOnce() throws {
    let client = try context.socket(.dealer)
    try client.set(.reconnectInterval, to: .milliseconds(10))
    let monitor = try client.monitor()
    let endpoint = try freeEndpoint()
    try client.connect(endpoint)
    for _ in 0..<3 {
      let server = try context.socket(.router)
      waitUntil("binding") { thrownCode { try server.bind(endpoint) } == nil }
      XCTAssertTrue(try monitor.waitForConnections(1, timeout: Self.patience))
      server.close()
      try events(monitor) { if case .disconnected = $0.kind { true } else { false } }
      XCTAssertEqual(monitor.connectionCount, 0)
    }
  }

  func testStreamsHaveNoHandshakeToWaitFor() throws {
    let (server, client) = (try context.socket(.stream), try context.socket(.stream))
    let (atServer, atClient) = (try server.monitor(), try client.monitor())
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    XCTAssertEqual(try atClient.waitForConnection(timeout: Self.patience), .established(endpoint: endpoint))
    XCTAssertTrue(try atServer.waitForConnections(1, timeout: Self.patience))
    client.close()
    try events(atServer) { if case .disconnected = $0.kind { true } else { false } }
    XCTAssertEqual(atServer.connectionCount, 0)
  }

  func testAWaitEndsAmidEndlessEvents() throws {
    let client = try context.socket(.dealer)
    try client.set(.reconnectInterval, to: .milliseconds(1))
    let monitor = try client.monitor()
    for _ in 0..<50 { try client.connect("tcp://127.0.0.1:1") }
    XCTAssertFalse(try monitor.waitForConnections(1, timeout: .milliseconds(50)))
    guard case .timedOut(after: .some) = try monitor.waitForConnection(timeout: .milliseconds(50)) else {
      return XCTFail("there is nobody at that port")
    }
  }

  func testAnXPubMissesNoSubscriber() throws {
    for transport in Transport.allCases {
      for _ in 0..<10 {
        let xpub = try context.socket(.xpub)
        try xpub.set(.xpubVerbose, to: true)
        let endpoint = try xpub.bind(transport.newEndpoint())
        let subscribers = try (0..<5).map { _ in
          let sub = try context.socket(.sub)
          try sub.subscribe(to: "A")
          try sub.connect(endpoint)
          return sub
        }
        XCTAssertTrue(try xpub.waitForSubscribers(5, timeout: Self.patience))
        try xpub.send("A1")
        for sub in subscribers { XCTAssertEqual(try next(sub), "A1") }
      }
    }
  }

  func testAnXPubHandsOutWhatItReceives() throws {
    let (xpub, xsub) = (try context.socket(.xpub), try context.socket(.xsub))
    try xsub.connect(try xpub.bind(Transport.tcp.newEndpoint()))
    try xsub.subscribe(to: "A")
    try xsub.send("hello")
    try xsub.unsubscribe(from: "A")
    try xsub.subscribe(to: "B")
    var received: [Message] = []
    XCTAssertTrue(try xpub.waitForSubscribers(1, timeout: Self.patience) { received.append($0) })
    XCTAssertFalse(try xpub.waitForSubscribers(2, timeout: .milliseconds(200)) { received.append($0) })
    XCTAssertEqual(
      received,
      [
        Subscription.subscribe(to: "A").message, "hello", Subscription.unsubscribe(from: "A").message,
        Subscription.subscribe(to: "B").message,
      ])
  }
}
