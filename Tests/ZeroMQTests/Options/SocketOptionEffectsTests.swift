import Foundation
import XCTest
import ZeroMQ

/// What the options do, above all those that can only be set.
final class SocketOptionEffectsTests: ZeroMQTestCase {
  func testRouterMandatoryReportsAPeerThatIsNotThere() throws {
    let router = try context.socket(.router)
    try router.send(["nobody", "dropped"])
    try router.set(.routerMandatory, to: true)
    assertThrows(.hostUnreachable) { try router.send(["nobody", "hello"]) }
    try router.set(.routerMandatory, to: false)
    try router.send(["nobody", "dropped"])
  }

  func testRouterHandoverGivesARoutingIDToTheNewPeer() throws {
    let router = try context.socket(.router)
    try router.set(.routerHandover, to: true)
    let endpoint = try router.bind(Transport.tcp.newEndpoint())
    let peers = try (1...2).map { number in
      let peer = try context.socket(.dealer)
      try peer.set(.routingID, to: "worker")
      try peer.connect(endpoint)
      try peer.send("from \(number)")
      XCTAssertEqual(try next(router), ["worker", "from \(number)"])
      return peer
    }
    try router.send(["worker", "hello"])
    XCTAssertEqual(try next(peers[1]), "hello")
  }

  func testProbeRouterAnnouncesAPeer() throws {
    for transport in Transport.allCases {
      let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
      try dealer.set(.routingID, to: "worker")
      try dealer.set(.probeRouter, to: true)
      try dealer.connect(try router.bind(transport.newEndpoint()))
      XCTAssertEqual(try next(router), ["worker", ""], "\(transport)")
    }
  }

  func testConnectRoutingIDNamesThePeerOfTheNextConnection() throws {
    for transport in Transport.allCases {
      let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
      let endpoint = try dealer.bind(transport.newEndpoint())
      try router.set(.routerMandatory, to: true)
      try router.set(.connectRoutingID, to: "peer")
      try router.connect(endpoint)
      try router.send(["peer", "hello"])
      XCTAssertEqual(try next(dealer), "hello", "\(transport)")
    }
  }

  func testReqCorrelatePutsANumberBeforeTheEnvelope() throws {
    for transport in Transport.allCases {
      let (router, req) = try pair(.router, .req, over: transport)
      try req.set(.reqCorrelate, to: true)
      try req.send("question")
      let request = try next(router)
      XCTAssertEqual(request.count, 4, "\(transport)")
      XCTAssertEqual(request[1].count, 4, "\(transport)")
      XCTAssertEqual(Message(request[2...]), ["", "question"], "\(transport)")
      try router.send([request[0], "odd!", "", "dropped"])
      try router.send([request[0], request[1], "", "answer"])
      XCTAssertEqual(try next(req), "answer", "\(transport)")
    }
  }

  func testReqRelaxedAllowsANewRequestBeforeTheReply() throws {
    let (rep, req) = try pair(.rep, .req, over: .inproc)
    try req.send("first")
    assertThrows(.wrongState) { try req.send("too early") }
    try req.set(.reqCorrelate, to: true)
    try req.set(.reqRelaxed, to: true)
    try req.send("second")
    XCTAssertEqual(try next(rep), "first")
    try rep.send("reply to the first")
    XCTAssertEqual(try next(rep), "second")
    try rep.send("reply to the second")
    XCTAssertEqual(try next(req), "reply to the second")
  }

  func testStreamNotifyTellsOfAConnection() throws {
    for notify in [true, false] {
      let (server, client) = (try context.socket(.stream), try context.socket(.stream))
      try server.set(.streamNotify, to: notify)
      try client.connect(try server.bind(Transport.tcp.newEndpoint()))
      let id = try next(client)[0]
      try client.send([id, "hello"])
      if notify { XCTAssertEqual(try next(server)[1], "") }
      XCTAssertEqual(try next(server)[1], "hello")
    }
  }

  func testXPubVerboseReportsRepeatedSubscriptions() throws {
    let publisher = try context.socket(.xpub)
    try publisher.set(.xpubVerbose, to: true)
    let endpoint = try publisher.bind(Transport.inproc.newEndpoint())
    let subscribers = try (1...2).map { _ in try subscriber(to: "news", at: endpoint) }
    for _ in subscribers { XCTAssertEqual(try next(publisher), [[1, 110, 101, 119, 115]]) }
    for subscriber in subscribers { try subscriber.unsubscribe(from: "news") }
    XCTAssertEqual(try next(publisher), [[0, 110, 101, 119, 115]])
    XCTAssertNil(try publisher.receiveIfReady())
  }

  func testXPubVerboserReportsTheEndsOfSubscriptionsToo() throws {
    let publisher = try context.socket(.xpub)
    try publisher.set(.xpubVerboser, to: true)
    let endpoint = try publisher.bind(Transport.inproc.newEndpoint())
    let subscribers = try (1...2).map { _ in try subscriber(to: "a", at: endpoint) }
    for _ in subscribers { XCTAssertEqual(try next(publisher), [[1, 97]]) }
    for subscriber in subscribers { try subscriber.unsubscribe(from: "a") }
    for _ in subscribers { XCTAssertEqual(try next(publisher), [[0, 97]]) }
  }

  func testWithoutThemARepeatedSubscriptionIsNotReported() throws {
    let publisher = try context.socket(.xpub)
    let endpoint = try publisher.bind(Transport.inproc.newEndpoint())
    let subscribers = try (1...2).map { _ in try subscriber(to: "a", at: endpoint) }
    XCTAssertEqual(try next(publisher), [[1, 97]])
    XCTAssertNil(try publisher.receiveIfReady())
    withExtendedLifetime(subscribers) {}
  }

  func testXPubManualLeavesSubscriptionsToTheProgram() throws {
    let publisher = try context.socket(.xpub)
    try publisher.set(.xpubManual, to: true)
    let reader = try subscriber(to: "", at: try publisher.bind(Transport.inproc.newEndpoint()))
    XCTAssertEqual(try next(publisher), [[1]])
    try publisher.subscribeLastPeer(to: "B")
    try publisher.send("A, which nobody granted")
    try publisher.send("B, which was granted")
    XCTAssertEqual(try next(reader), "B, which was granted")
  }

  func testXPubWelcomeMessageIsASubscribersFirst() throws {
    for transport in Transport.allCases {
      let publisher = try context.socket(.xpub)
      try publisher.set(.xpubWelcomeMessage, to: "W welcome")
      let reader = try subscriber(to: "W", at: try publisher.bind(transport.newEndpoint()))
      XCTAssertEqual(try next(publisher), [[1, 87]], "\(transport)")
      XCTAssertEqual(try next(reader), "W welcome", "\(transport)")
    }
  }

  func testXPubWelcomeMessageCanBeTakenBack() throws {
    let publisher = try context.socket(.xpub)
    try publisher.set(.xpubWelcomeMessage, to: "welcome")
    try publisher.set(.xpubWelcomeMessage, to: [])
    let reader = try subscriber(to: "", at: try publisher.bind(Transport.inproc.newEndpoint()))
    XCTAssertEqual(try next(publisher), [[1]])
    try publisher.send("news")
    XCTAssertEqual(try next(reader), "news")
  }

  func testXPubNoDropWaitsAtTheHighWaterMark() throws {
    for noDrop in [true, false] {
      let publisher = try context.socket(.xpub)
      try publisher.set(.xpubNoDrop, to: noDrop)
      try publisher.set(.sendHighWaterMark, to: 2)
      let reader = try subscriber(to: "", at: try publisher.bind(Transport.inproc.newEndpoint()), highWaterMark: 2)
      XCTAssertEqual(try next(publisher), [[1]])
      let sent = try (1...100).prefix { try publisher.sendIfReady("\($0)") }
      XCTAssertEqual(sent.count, noDrop ? 4 : 100)
      XCTAssertEqual(try next(reader), "1")
    }
  }

  func testInvertMatchingPublishesTheRest() throws {
    let publisher = try context.socket(.xpub)
    try publisher.set(.invertMatching, to: true)
    let reader = try context.socket(.sub)
    try reader.set(.invertMatching, to: true)
    try reader.subscribe(to: "A")
    try reader.connect(try publisher.bind(Transport.inproc.newEndpoint()))
    XCTAssertEqual(try next(publisher), [[1, 65]])
    try publisher.send("A")
    try publisher.send("B")
    XCTAssertEqual(try next(reader), "B")
  }

  func testConflateKeepsTheNewestMessage() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.conflate, to: true)
    try push.set(.conflate, to: true)
    try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
    for number in 1...5 { try push.send("\(number)") }
    XCTAssertEqual(try next(pull), "5")
    XCTAssertNil(try pull.receiveIfReady())
  }

  func testSendHighWaterMarkIsTheLimitOfOnePeer() throws {
    let push = try context.socket(.push)
    try push.set(.sendHighWaterMark, to: 3)
    try push.connect("tcp://127.0.0.1:1")
    XCTAssertEqual(try (1...100).prefix { try push.sendIfReady("\($0)") }.count, 3)
  }

  func testImmediateWaitsForTheConnection() throws {
    let push = try context.socket(.push)
    try push.set(.immediate, to: true)
    try push.connect("tcp://127.0.0.1:1")
    XCTAssertFalse(try push.sendIfReady("nobody is there"))
  }

  func testMaximumMessageSizeDisconnectsWhoExceedsIt() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.maximumMessageSize, to: 1000)
    try push.set(.reconnectInterval, to: .milliseconds(10))
    try push.connect(try pull.bind(Transport.tcp.newEndpoint()))
    try push.send(Message(String(repeating: "x", count: 1001)))
    var received: Message?
    try waitUntil("the arrival of a small message after the large one") {
      _ = try push.sendIfReady("small")
      received = try pull.receive(timeout: .milliseconds(20))
      return received != nil
    }
    XCTAssertEqual(received, "small")
  }

  func testTimeoutsEndAWait() throws {
    let pull = try context.socket(.pull)
    try pull.set(.receiveTimeout, to: .milliseconds(10))
    assertThrows(.wouldBlock) { _ = try pull.receive() }
    let push = try context.socket(.push)
    try push.set(.sendTimeout, to: .milliseconds(10))
    assertThrows(.wouldBlock) { try push.send("nobody is there") }
  }

  func testAffinityToAMissingThreadIsReported() throws {
    let pull = try context.socket(.pull)
    try pull.set(.affinity, to: 1 << 40)
    assertThrows(.noIOThread) { try pull.bind("tcp://127.0.0.1:*") }
  }

  func testIPv6BindsToAnIPv6Address() throws {
    let refused = try context.socket(.pull)
    XCTAssertThrowsError(try refused.bind("tcp://[::1]:*"))
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.ipv6, to: true)
    try push.set(.ipv6, to: true)
    try push.connect(try pull.bind("tcp://[::1]:*"))
    try push.send("hello")
    XCTAssertEqual(try next(pull), "hello")
  }

  func testSocksProxyIsAskedForTheConnection() throws {
    let proxy = try context.socket(.stream)
    try proxy.set(.streamNotify, to: false)
    let endpoint = try proxy.bind(Transport.tcp.newEndpoint())
    // The client is gone for good before the proxy is: libzmq aborts on the opposite order.
    let clientContext = try Context(Context.Configuration(blocky: false))
    let push = try clientContext.socket(.push)
    try push.set(.socksProxy, to: String(endpoint.dropFirst("tcp://".count)))
    try push.connect("tcp://example.invalid:5555")
    let greeting = try next(proxy)[1]
    push.close()
    try clientContext.terminate()
    XCTAssertEqual(greeting.first, 5, "not a greeting of SOCKS5")
    XCTAssertFalse(proxy.isClosed)
  }

  func testTCPOptionsLeaveAConnectionWorking() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    for socket in [AnySocket(pull), AnySocket(push)] {
      try socket.set(.tcpKeepalive, to: true)
      try socket.set(.tcpKeepaliveCount, to: 3)
      try socket.set(.tcpKeepaliveIdle, to: .seconds(1))
      try socket.set(.tcpKeepaliveInterval, to: .seconds(1))
      try socket.set(.tcpMaximumRetransmitTimeout, to: .seconds(5))
      try socket.set(.typeOfService, to: 0x28)
      try socket.set(.sendBufferSize, to: 65_536)
      try socket.set(.receiveBufferSize, to: 65_536)
      try socket.set(.heartbeatInterval, to: .milliseconds(5))
      try socket.set(.heartbeatTimeout, to: .seconds(5))
      try socket.set(.heartbeatTimeToLive, to: .seconds(5))
      try socket.set(.connectTimeout, to: .seconds(5))
      try socket.set(.handshakeInterval, to: .seconds(5))
    }
    try push.connect(try pull.bind(Transport.tcp.newEndpoint()))
    try push.send("hello")
    XCTAssertEqual(try next(pull), "hello")
  }

  func testBindToDeviceNeedsTheDevice() throws {
    let pull = try context.socket(.pull)
    try pull.set(.bindToDevice, to: "nosuchdevice")
    XCTAssertThrowsError(try pull.bind("tcp://127.0.0.1:*"))
    try pull.set(.bindToDevice, to: nil)
    try pull.bind("tcp://127.0.0.1:*")
  }

  func testLastEndpointIsTheResolvedOne() throws {
    for transport in Transport.allCases {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      let endpoint = try pull.bind(transport.newEndpoint())
      XCTAssertEqual(try pull.get(.lastEndpoint), endpoint)
      try push.connect(endpoint)
      XCTAssertEqual(try push.get(.lastEndpoint), endpoint)
    }
  }

  func testLastEndpointMayBeLong() throws {
    let pull = try context.socket(.pull)
    let endpoint = "inproc://" + String(repeating: "n", count: 100_000)
    XCTAssertEqual(try pull.bind(endpoint), endpoint)
    XCTAssertEqual(try pull.get(.lastEndpoint), endpoint)
  }

  func testEventsSayWhatIsReady() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    XCTAssertEqual(try push.get(.events), .writable)
    XCTAssertEqual(try pull.get(.events), [])
    try push.send("hello")
    XCTAssertEqual(try pull.get(.events), .readable)
  }

  func testReceiveMoreTellsOfFurtherFrames() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    try push.send(["head", "tail"])
    var frame = UniqueFrame()
    try pull.receive(into: &frame)
    XCTAssertTrue(try pull.get(.receiveMore))
    try pull.receive(into: &frame)
    XCTAssertFalse(try pull.get(.receiveMore))
  }

  private func subscriber(to prefix: Frame, at endpoint: String, highWaterMark: Int = 1000) throws -> SubSocket {
    let socket = try context.socket(.sub)
    try socket.set(.receiveHighWaterMark, to: highWaterMark)
    try socket.subscribe(to: prefix)
    try socket.connect(endpoint)
    return socket
  }
}
