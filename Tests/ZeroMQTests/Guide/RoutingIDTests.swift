import XCTest
import ZeroMQ

/// How a ROUTER names its peers.
final class RoutingIDTests: ZeroMQTestCase {
  private func dealer(named name: Frame, connectedTo endpoint: String) throws -> DealerSocket {
    let dealer = try context.socket(.dealer)
    try dealer.set(.routingID, to: name)
    try dealer.connect(endpoint)
    return dealer
  }

  func testGeneratedIDHasFiveBytesTheFirstOfThemZero() throws {
    for transport in Transport.allCases {
      for type in [SocketType.req, .dealer] {
        let (router, peer) = (try context.socket(.router), try context.socket(ofType: type))
        try peer.connect(try router.bind(transport.newEndpoint()))
        try peer.send("Hello")
        let id = try next(router)[0]
        XCTAssertEqual(id.count, 5, "\(type) over \(transport)")
        XCTAssertEqual(id.first, 0, "\(type) over \(transport)")
      }
    }
  }

  func testGeneratedIDsDifferForEachConnection() throws {
    for transport in Transport.allCases {
      let router = try context.socket(.router)
      let endpoint = try router.bind(transport.newEndpoint())
      var ids: Set<Frame> = []
      for _ in 0..<20 {
        let dealer = try context.socket(.dealer)
        try dealer.connect(endpoint)
        try dealer.send("Hello")
        ids.insert(try next(router)[0])
        dealer.close()
      }
      XCTAssertEqual(ids.count, 20, "\(transport)")
    }
  }

  func testPeerThatConnectsAgainGetsANewGeneratedID() throws {
    for transport in Transport.allCases {
      let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
      let endpoint = try router.bind(transport.newEndpoint())
      try dealer.connect(endpoint)
      try dealer.send("Hello")
      let first = try next(router)[0]
      try dealer.disconnect(endpoint)
      try dealer.connect(endpoint)
      try dealer.send("again")
      XCTAssertNotEqual(try next(router)[0], first, "\(transport)")
    }
  }

  func testGeneratedIDStaysAsLongAsTheConnection() throws {
    for transport in Transport.allCases {
      let (router, dealer) = try pair(.router, .dealer, over: transport)
      try dealer.send("Hello")
      let id = try next(router)[0]
      for _ in 0..<5 {
        try router.send([id, "reply"])
        XCTAssertEqual(try next(dealer), "reply")
        try dealer.send("Hello")
        XCTAssertEqual(try next(router)[0], id, "\(transport)")
      }
    }
  }

  func testChosenIDIsThatOfThePeer() throws {
    for transport in Transport.allCases {
      for type in [SocketType.req, .dealer, .router] {
        let (router, peer) = (try context.socket(.router), try context.socket(ofType: type))
        try peer.set(.routingID, to: "worker")
        try peer.set(.probeRouter, to: true)
        try peer.connect(try router.bind(transport.newEndpoint()))
        XCTAssertEqual(try next(router)[0], "worker", "\(type) over \(transport)")
      }
    }
  }

  func testChosenIDMayBeUsedAgainAfterItsPeerHasGone() throws {
    for transport in Transport.allCases {
      let router = try context.socket(.router)
      let endpoint = try router.bind(transport.newEndpoint())
      let first = try dealer(named: "worker", connectedTo: endpoint)
      try first.send("first")
      XCTAssertEqual(try next(router), ["worker", "first"], "\(transport)")
      first.close()
      // Until the ROUTER has done with the first, a second is one whose ID is taken.
      try waitUntil("the second one's message") {
        let second = try dealer(named: "worker", connectedTo: endpoint)
        try second.send("second")
        return try router.receive(timeout: .milliseconds(100)) == ["worker", "second"]
      }
    }
  }

  func testChosenIDThatIsTakenIsRefused() throws {
    let router = try context.socket(.router)
    let endpoint = try router.bind("tcp://127.0.0.1:*")
    let (first, second) = (try RawTCPClient(endpoint), try RawTCPClient(endpoint))
    for (number, peer) in [first, second].enumerated() {
      peer.shakeHands(as: "DEALER", routingID: "worker")
      peer.send(["from", Frame("\(number)")])
      peer.waitUntilAllIsTaken()
    }
    XCTAssertEqual(try next(router), ["worker", "from", "0"])
    XCTAssertNil(try router.receiveIfReady(), "a peer whose ID was taken is heard")
    try router.send(["worker", "to the first"])
    XCTAssertEqual(first.receiveMessage(), ["to the first"])
    first.send("still here")
    XCTAssertEqual(try next(router), ["worker", "still here"])
  }

  func testChosenIDThatIsTakenIsRefusedOverInprocToo() throws {
    let router = try context.socket(.router)
    let endpoint = try router.bind(Transport.inproc.newEndpoint())
    let peers = try (0..<2).map { _ in try dealer(named: "worker", connectedTo: endpoint) }
    for (number, peer) in peers.enumerated() { try peer.send("\(number)") }
    XCTAssertEqual(try next(router), ["worker", "0"])
    XCTAssertNil(try router.receiveIfReady(), "a peer whose ID was taken is heard")
    try router.send(["worker", "to the first"])
    XCTAssertEqual(try next(peers[0]), "to the first")
    XCTAssertNil(try peers[1].receiveIfReady())
  }

  func testChosenIDIsTakenOverWhereHandoverIsAllowed() throws {
    for transport in Transport.allCases {
      let router = try context.socket(.router)
      try router.set(.routerHandover, to: true)
      let endpoint = try router.bind(transport.newEndpoint())
      let peers = try (0..<3).map { number in
        let peer = try dealer(named: "worker", connectedTo: endpoint)
        try peer.send("\(number)")
        XCTAssertEqual(try next(router), ["worker", Frame("\(number)")], "\(transport)")
        return peer
      }
      try router.send(["worker", "Hello"])
      XCTAssertEqual(try next(peers[2]), "Hello", "\(transport)")
      for peer in peers[..<2] { XCTAssertNil(try peer.receiveIfReady(), "\(transport)") }
    }
  }

  func testPeerWhoseIDIsTakenOverStaysConnectedButIsNotHeardAnyMore() throws {
    let router = try context.socket(.router)
    try router.set(.routerHandover, to: true)
    let endpoint = try router.bind("tcp://127.0.0.1:*")
    let peers = [try RawTCPClient(endpoint), try RawTCPClient(endpoint)]
    for peer in peers {
      peer.shakeHands(as: "DEALER", routingID: "worker")
      peer.send("Hello")
      XCTAssertEqual(try next(router), ["worker", "Hello"])
    }
    XCTAssertTrue(peers[0].answersPing())
    peers[0].send("unheard")
    peers[1].send("heard")
    XCTAssertEqual(try next(router), ["worker", "heard"])
    try assertNothingComes(to: router)
    XCTAssertFalse(peers[0].hasBeenClosedByPeer)
  }

  func testROUTERThatConnectsNamesItsPeersAsOneThatBinds() throws {
    for transport in Transport.allCases {
      let router = try context.socket(.router)
      let peers = try ["", "worker"].map { (name: String) in
        let peer = try context.socket(.dealer)
        if !name.isEmpty { try peer.set(.routingID, to: Frame(name)) }
        try router.connect(try peer.bind(transport.newEndpoint()))
        return peer
      }
      for (number, peer) in peers.enumerated() {
        try peer.send("Hello")
        let request = try next(router)
        XCTAssertEqual(request[1], "Hello", "\(transport)")
        if number == 0 { XCTAssertEqual(request[0].first, 0, "\(transport)") } else { XCTAssertEqual(request[0], "worker") }
        try router.send([request[0], "World"])
        XCTAssertEqual(try next(peer), "World", "\(transport)")
      }
    }
  }

  func testConnectingOptionAssignsTheIDInPlaceOfThePeersOwn() throws {
    for transport in Transport.allCases {
      let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
      try dealer.set(.routingID, to: "its own name")
      let endpoint = try dealer.bind(transport.newEndpoint())
      try router.set(.connectRoutingID, to: "assigned")
      try router.connect(endpoint)
      try router.set(.routerMandatory, to: true)
      // It can be sent to at once, before the connection is complete.
      try router.send(["assigned", "Hello"])
      XCTAssertEqual(try next(dealer), "Hello", "\(transport)")
      try dealer.send("World")
      let reply = try next(router)
      XCTAssertEqual(reply[0], "assigned", "\(transport)")
      assertThrows(.hostUnreachable) { try router.send(["its own name", "Hello"]) }
    }
  }

  func testAssignedIDNamesOneConnectionOnly() throws {
    for transport in Transport.allCases {
      let (router, first, second) = (try context.socket(.router), try context.socket(.dealer), try context.socket(.dealer))
      try router.set(.connectRoutingID, to: "assigned")
      try router.connect(try first.bind(transport.newEndpoint()))
      try router.connect(try second.bind(transport.newEndpoint()))
      try second.send("Hello")
      XCTAssertEqual(try next(router)[0].first, 0, "\(transport)")
      try router.send(["assigned", "to the first"])
      XCTAssertEqual(try next(first), "to the first", "\(transport)")
    }
  }
}
