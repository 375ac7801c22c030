import XCTest
import ZeroMQ

/// Which socket types may talk to which, and that the others do not.
final class CombinationTests: ZeroMQTestCase {
  /// The types that speak ZMTP, each with those that it talks to.
  private static let legal: [(SocketType, [SocketType])] = [
    (.req, [.rep, .router]), (.rep, [.req, .dealer]), (.dealer, [.rep, .dealer, .router]), (.router, [.req, .dealer, .router]),
    (.pub, [.sub, .xsub]), (.sub, [.pub, .xpub]), (.xpub, [.sub, .xsub]), (.xsub, [.pub, .xpub]),
    (.push, [.pull]), (.pull, [.push]), (.pair, [.pair]),
  ]

  /// The illegal combinations of requests and replies.
  private static let illegal: [(SocketType, SocketType)] = [
    (.req, .req), (.req, .dealer), (.dealer, .req), (.rep, .rep), (.rep, .router), (.router, .rep),
  ]

  func testEveryTypeAcceptsItsPeersAndDisconnectsAllOthers() throws {
    for (type, peers) in Self.legal {
      let socket = try context.socket(ofType: type)
      let endpoint = try socket.bind("tcp://127.0.0.1:*")
      for (peerType, _) in Self.legal {
        let peer = try RawTCPClient(endpoint)
        peer.shakeHands(as: "\(peerType)")
        let accepted = peer.answersPing()
        XCTAssertEqual(accepted, peers.contains(peerType), "\(type) and \(peerType)")
        if !accepted { XCTAssertTrue(peer.isClosedByPeer(), "\(type) and \(peerType)") }
      }
    }
  }

  func testWhatIsLegalIsLegalBothWays() {
    for (type, peers) in Self.legal {
      for (peerType, others) in Self.legal {
        XCTAssertEqual(peers.contains(peerType), others.contains(type), "\(type) and \(peerType)")
      }
    }
  }

  func testIllegalPeersExchangeNothingOverANetwork() throws {
    for transport in [Transport.tcp, .ipc] {
      for (type, peerType) in Self.illegal {
        let (bound, connected) = (try context.socket(ofType: type), try context.socket(ofType: peerType))
        let endpoint = try bound.bind(transport.newEndpoint())
        try connected.connect(endpoint)
        let what = "\(peerType) to \(type) over \(transport)"
        // A REP may not even try.
        for socket in [bound, connected] { _ = try? socket.sendIfReady(["peer", "", "from an illegal peer"]) }
        // The bound side is open to a legal peer, and hears of it alone.
        let legal = try legalPeer(of: type)
        try legal.connect(endpoint)
        try assertExchange(between: legal, and: bound, what)
        for socket in [bound, connected] { XCTAssertNil(try? socket.receiveIfReady(), what) }
      }
    }
  }

  private func legalPeer(of type: SocketType) throws -> AnySocket {
    try context.socket(ofType: type == .req || type == .dealer ? .router : .dealer)
  }

  /// Checks that a message from a peer that starts the dialogue, or is asked, is the first that comes.
  private func assertExchange(between peer: AnySocket, and bound: AnySocket, _ what: String) throws {
    if try peer.get(.type) == .dealer {
      try peer.send(["", "from a legal peer"])
      XCTAssertEqual(try next(bound).last, "from a legal peer", what)
      return
    }
    // The bound REQ or DEALER may begin as soon as its connection is complete.
    XCTAssertTrue(try bound.send(["", "to a legal peer"], timeout: Self.patience), what)
    XCTAssertEqual(try next(peer).last, "to a legal peer", what)
  }

  func testREPAndREPCannotBegin() throws {
    for transport in Transport.allCases {
      let (first, second) = try pair(.rep, .rep, over: transport)
      for socket in [first, second] {
        assertThrows(.wrongState) { try socket.send("Hello") }
        try assertNothingComes(to: socket, "\(transport)")
      }
    }
  }

  // Over inproc there is no handshake, so nobody is refused; that it happens to work is no reason to use it.

  func testREQOverInprocTakesTheRequestOfAnotherREQForItsReply() throws {
    let (first, second) = try pair(.req, .req, over: .inproc)
    try first.send("from the first")
    // Sending drops what has come before, as it could only be a late reply.
    try second.send("from the second")
    XCTAssertEqual(try next(first), "from the second")
    try assertNothingComes(to: second)
  }

  func testREQAndDEALEROverInprocAreNotKeptApart() throws {
    let (dealer, req) = try pair(.dealer, .req, over: .inproc)
    try req.send("Hello")
    XCTAssertEqual(try next(dealer), ["", "Hello"])
    try dealer.send(["", "World"])
    XCTAssertEqual(try next(req), "World")
  }

  func testDEALERThatServesTwoREQsOverInprocCannotChooseWhichItAnswers() throws {
    let dealer = try context.socket(.dealer)
    let clients = try sockets(2, .req, connectedTo: try dealer.bind(Transport.inproc.newEndpoint()))
    try clients[1].send("Hello")
    XCTAssertEqual(try next(dealer), ["", "Hello"])
    try dealer.send(["", "meant for the second"])
    try dealer.send(["", "and again"])
    // The first of the two went to the client that had not asked.
    XCTAssertEqual(try next(clients[1]), "and again")
  }

  func testROUTERAndREPOverInprocAreNotKeptApart() throws {
    let (router, rep) = (try context.socket(.router), try context.socket(.rep))
    try rep.set(.routingID, to: "server")
    try rep.connect(try router.bind(Transport.inproc.newEndpoint()))
    try send(["server", "", "Hello"], whenReachableFrom: router)
    XCTAssertEqual(try next(rep), "Hello")
    try rep.send("World")
    XCTAssertEqual(try next(router), ["server", "", "World"])
  }
}
