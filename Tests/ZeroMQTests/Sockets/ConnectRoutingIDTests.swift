import XCTest
import ZeroMQ

final class ConnectRoutingIDTests: ZeroMQTestCase {
  private static let connectRoutingID: Int32 = 61

  func testRouterReachesThePeerByTheChosenID() throws {
    for transport in Transport.allCases {
      let (dealer, router) = (try context.socket(.dealer), try context.socket(.router))
      let endpoint = try dealer.bind(transport.newEndpoint())
      try router.set(.raw(Self.connectRoutingID), to: Frame("service"))
      try router.connect(endpoint)
      try router.send(["service", "hello"])
      XCTAssertEqual(try next(dealer), "hello")
      try dealer.send("back")
      XCTAssertEqual(try next(router), ["service", "back"])
    }
  }

  func testSecondUseOnARouterIsRefused() throws {
    for transport in Transport.allCases {
      let (first, second) = (try context.socket(.dealer), try context.socket(.dealer))
      let router = try context.socket(.router)
      try router.set(.raw(Self.connectRoutingID), to: Frame("service"))
      try router.connect(try first.bind(transport.newEndpoint()))
      try router.set(.raw(Self.connectRoutingID), to: Frame("service"))
      let endpoint = try second.bind(transport.newEndpoint())
      let error = assertThrows(.addressExists) { try router.connect(endpoint) }
      XCTAssertEqual(error?.subject, endpoint)
      try router.send(["service", "hello"])
      XCTAssertEqual(try next(first), "hello")
    }
  }

  func testSecondUseOnAStreamIsRefused() throws {
    let (server, stream) = (try context.socket(.stream), try context.socket(.stream))
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try stream.set(.raw(Self.connectRoutingID), to: Frame("peer"))
    try stream.connect(endpoint)
    try stream.set(.raw(Self.connectRoutingID), to: Frame("peer"))
    assertThrows(.addressExists) { try stream.connect(endpoint) }
    try stream.send(["peer", "hello"])
    var received: Message = try next(server)
    while received[1].isEmpty { received = try next(server) }
    XCTAssertEqual(received[1], "hello")
  }

  func testIDIsFreeAgainAfterItsConnectionHasEnded() throws {
    for transport in Transport.allCases {
      let dealer = try context.socket(.dealer)
      let endpoint = try dealer.bind(transport.newEndpoint())
      let router = try context.socket(.router)
      for _ in 0..<3 {
        try router.set(.connectRoutingID, to: "service")
        waitUntil("the end of the connection over \(transport)") {
          _ = try? dealer.receiveIfReady()
          return thrownCode { try router.connect(endpoint) } == nil
        }
        try router.send(["service", "hello"])
        XCTAssertEqual(try next(dealer), "hello")
        try router.disconnect(endpoint)
      }
    }
  }

  func testIDOfAStreamIsFreeAgainAfterItsConnectionHasEnded() throws {
    let (server, stream) = (try context.socket(.stream), try context.socket(.stream))
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    for _ in 0..<3 {
      try stream.set(.connectRoutingID, to: "peer")
      waitUntil("the end of the connection") { thrownCode { try stream.connect(endpoint) } == nil }
      try stream.disconnect(endpoint)
    }
  }

  func testIDOfAnEndedConnectionStaysTakenWhileThereIsAnotherPeer() throws {
    let (router, other) = (try context.socket(.router), try context.socket(.dealer))
    let endpoint = try other.bind("tcp://127.0.0.1:*")
    try router.connect(endpoint)
    // The ROUTER knows its peer once it has a message of it.
    try other.send("here")
    XCTAssertEqual(try next(router).last, "here")
    try router.set(.connectRoutingID, to: "service")
    try router.connect("tcp://127.0.0.1:1")
    try router.disconnect("tcp://127.0.0.1:1")
    try router.set(.connectRoutingID, to: "service")
    assertThrows(.addressExists) { try router.connect("tcp://127.0.0.1:1") }
  }

  func testIDIsNotForRep() throws {
    let rep = AnySocket(try context.socket(.rep))
    assertThrows(.invalidArgument) { try rep.set(.connectRoutingID, to: "service") }
    assertThrows(.invalidArgument) { try rep.set(.raw(Self.connectRoutingID), to: Frame("service")) }
  }

  func testConnectingWithAnIDInMidMessageIsRefused() throws {
    let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
    try router.connect(try dealer.bind("tcp://127.0.0.1:*"))
    try router.set(.connectRoutingID, to: "service")
    try router.send(UniqueFrame("nobody"), more: true)
    assertThrows(.wrongState) { try router.connect("tcp://127.0.0.1:1") }
    try router.send(UniqueFrame("hello"), more: false)
    try router.connect("tcp://127.0.0.1:1")
  }

  func testIDThatAPeerHasJustAnnouncedIsRefused() throws {
    for _ in 0..<20 {
      let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
      let endpoint = try router.bind(Transport.inproc.newEndpoint())
      // The ROUTER has looked at its mailbox less than a millisecond ago.
      _ = try router.receiveIfReady()
      try dealer.set(.routingID, to: "service")
      try dealer.connect(endpoint)
      try router.set(.connectRoutingID, to: "service")
      assertThrows(.addressExists) { try router.connect("tcp://127.0.0.1:1") }
    }
  }

  func testIDIsUsedByTheConnectionThatItWasSetFor() throws {
    let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
    try router.set(.immediate, to: true)
    try router.set(.connectRoutingID, to: "service")
    try router.connect("tcp://127.0.0.1:1")
    try router.set(.immediate, to: false)
    // libzmq has kept the ID for this connection, so it is not free afterwards.
    try router.connect(try dealer.bind("tcp://127.0.0.1:*"))
    try router.send(["service", "hello"])
    XCTAssertEqual(try next(dealer), "hello")
    try router.set(.connectRoutingID, to: "service")
    assertThrows(.addressExists) { try router.connect("tcp://127.0.0.1:1") }
  }

  func testUseThroughAViewIsRefused() throws {
    let router = try context.socket(.router)
    try AnySocket(router).set(.raw(Self.connectRoutingID), to: Frame("service"))
    try router.connect("tcp://127.0.0.1:1")
    try router.set(.raw(Self.connectRoutingID), to: "service")
    assertThrows(.addressExists) { try AnySocket(router).connect("tcp://127.0.0.1:1") }
  }

  func testIDThatAPeerAnnouncedIsRefused() throws {
    let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
    try dealer.set(.routingID, to: "service")
    try dealer.connect(try router.bind("tcp://127.0.0.1:*"))
    try dealer.send("here I am")
    XCTAssertEqual(try next(router), ["service", "here I am"])
    try router.set(.connectRoutingID, to: "service")
    assertThrows(.addressExists) { try router.connect("tcp://127.0.0.1:1") }
    // The peer, whose ID it remains, was sent an empty message and is served as before.
    try router.send(["service", "hello"])
    XCTAssertEqual(try next(dealer), "")
    XCTAssertEqual(try next(dealer), "hello")
  }

  func testLookingForAnAnnouncedIDLeavesTheRouterAsItWas() throws {
    for mandatory in [false, true] {
      let router = try context.socket(.router)
      try router.set(.routerMandatory, to: mandatory)
      try router.set(.connectRoutingID, to: "service")
      try router.connect("tcp://127.0.0.1:1")
      if mandatory {
        assertThrows(.hostUnreachable) { try router.send(["nobody", "hello"]) }
      } else {
        try router.send(["nobody", "hello"])
      }
    }
  }

  func testFreshIDMayFollowARefusedOne() throws {
    let (dealer, router) = (try context.socket(.dealer), try context.socket(.router))
    let endpoint = try dealer.bind("tcp://127.0.0.1:*")
    for name in ["a", "a", "b"] as [Frame] {
      try router.set(.raw(Self.connectRoutingID), to: name)
      let code = thrownCode { try router.connect(endpoint) }
      XCTAssertTrue(code == nil || code == .addressExists)
    }
    try router.send(["b", "hello"])
    XCTAssertEqual(try next(dealer), "hello")
  }

  func testIDIsStillFreeAfterAFailedConnect() throws {
    let (dealer, router) = (try context.socket(.dealer), try context.socket(.router))
    try router.set(.raw(Self.connectRoutingID), to: Frame("service"))
    assertThrows(.protocolNotSupported) { try router.connect("nonsense://x") }
    try router.connect(try dealer.bind("tcp://127.0.0.1:*"))
    try router.send(["service", "hello"])
    XCTAssertEqual(try next(dealer), "hello")
  }

  func testOtherSocketsMayUseTheSameID() throws {
    for _ in 0..<2 {
      let router = try context.socket(.router)
      try router.set(.raw(Self.connectRoutingID), to: Frame("service"))
      try router.connect("tcp://127.0.0.1:1")
    }
  }

  func testConnectionsWithoutChosenIDAreNotLimited() throws {
    let router = try context.socket(.router)
    try router.set(.raw(Self.connectRoutingID), to: Frame("service"))
    for _ in 0..<3 { try router.connect("tcp://127.0.0.1:1") }
  }
}
