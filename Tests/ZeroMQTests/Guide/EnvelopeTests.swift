import XCTest
import ZeroMQ

/// What the legal combinations of REQ, REP, DEALER and ROUTER put on the wire, frame by frame.
///
/// Over tcp a peer that speaks ZMTP itself sees the wire; over every transport the sockets see what the wire carries.
final class EnvelopeTests: ZeroMQTestCase {
  /// A socket, and a raw peer of it that says what type it has.
  private func wire<Kind: TypedSocketKind>(_ kind: Kind, to peerType: String) throws -> (Socket<Kind>, RawTCPClient) {
    let socket = try context.socket(kind)
    let peer = try RawTCPClient(try socket.bind("tcp://127.0.0.1:*"))
    peer.shakeHands(as: peerType)
    return (socket, peer)
  }

  // REQ to REP

  func testREQPutsAnEmptyFrameBeforeTheRequestOnTheWire() throws {
    let (req, peer) = try wire(.req, to: "REP")
    try req.send(["Hello", "World"])
    XCTAssertEqual(peer.receiveMessage(), ["", "Hello", "World"])
    peer.send(["", "reply", "of two frames"])
    XCTAssertEqual(try next(req), ["reply", "of two frames"])
  }

  func testREPPutsAnEmptyFrameBeforeTheReplyOnTheWire() throws {
    let (rep, peer) = try wire(.rep, to: "REQ")
    peer.send(["", "Hello", "World"])
    XCTAssertEqual(try next(rep), ["Hello", "World"])
    try rep.send("reply")
    XCTAssertEqual(peer.receiveMessage(), ["", "reply"])
  }

  func testREQAndREPShowNoEnvelope() throws {
    for transport in Transport.allCases {
      let (rep, req) = try pair(.rep, .req, over: transport)
      for body in [["Hello"], ["", "Hello"], ["Hello", "", "World"], [""]] as [Message] {
        try req.send(body)
        XCTAssertEqual(try next(rep), body, "\(transport)")
        try rep.send(["re"] + body)
        XCTAssertEqual(try next(req), ["re"] + body, "\(transport)")
      }
    }
  }

  func testREQOverInprocDropsAReplyWithoutTheEmptyFrame() throws {
    let (router, req) = try pair(.router, .req, over: .inproc)
    try req.send("Hello")
    let peer = try next(router)[0]
    try router.send([peer, "no delimiter"])
    try router.send([peer, "no delimiter", "but two frames"])
    try router.send([peer, "not empty", "", "as it should be"])
    try router.send([peer, "", "reply"])
    XCTAssertEqual(try next(req), "reply")
  }

  func testREQOverTCPDisconnectsWhoRepliesWithoutTheEmptyFrame() throws {
    for reply in [["no delimiter"], ["no delimiter", "but two frames"], ["not empty", "", "as it should be"]] as [Message] {
      let (req, peer) = try wire(.req, to: "REP")
      try req.send("Hello")
      XCTAssertEqual(peer.receiveMessage(), ["", "Hello"])
      peer.send(reply)
      XCTAssertTrue(peer.isClosedByPeer(), "\(reply)")
      XCTAssertNil(try req.receiveIfReady(), "\(reply)")
    }
  }

  // DEALER to REP

  func testDEALERPutsNothingBeforeAMessageOnTheWire() throws {
    for type in ["REP", "ROUTER", "DEALER"] {
      let (dealer, peer) = try wire(.dealer, to: type)
      for message in [["", "Hello"], ["Hello"], ["a", "b", "", "c"], [""]] as [Message] {
        try dealer.send(message)
        XCTAssertEqual(peer.receiveMessage(), message, type)
        peer.send(message)
        XCTAssertEqual(try next(dealer), message, type)
      }
    }
  }

  func testDEALERWithTheEmptyDelimiterIsAnsweredByREP() throws {
    for transport in Transport.allCases {
      let (rep, dealer) = try pair(.rep, .dealer, over: transport)
      try dealer.send(["", "Hello"])
      XCTAssertEqual(try next(rep), "Hello", "\(transport)")
      try rep.send("World")
      XCTAssertEqual(try next(dealer), ["", "World"], "\(transport)")
    }
  }

  func testDEALERWithoutTheEmptyDelimiterIsIgnoredByREP() throws {
    for transport in Transport.allCases {
      let (rep, dealer) = try pair(.rep, .dealer, over: transport)
      try dealer.send("Hello")
      try dealer.send(["Hello", "World"])
      try dealer.send(["", "with the delimiter"])
      XCTAssertEqual(try next(rep), "with the delimiter", "\(transport)")
      try rep.send("World")
      XCTAssertEqual(try next(dealer), ["", "World"], "\(transport)")
      XCTAssertNil(try rep.receiveIfReady(), "\(transport)")
    }
  }

  func testREPKeepsEveryAddressUpToTheEmptyFrameForTheReply() throws {
    for transport in Transport.allCases {
      let (rep, dealer) = try pair(.rep, .dealer, over: transport)
      try dealer.send(["address 2", "address 1", "", "Hello", "", "World"])
      XCTAssertEqual(try next(rep), ["Hello", "", "World"], "\(transport)")
      try rep.send("reply")
      XCTAssertEqual(try next(dealer), ["address 2", "address 1", "", "reply"], "\(transport)")
    }
  }

  func testDEALERMaySendManyRequestsBeforeTheFirstReply() throws {
    for transport in Transport.allCases {
      let (rep, dealer) = try pair(.rep, .dealer, over: transport)
      for number in 0..<20 { try dealer.send(["", "\(number)"]) }
      for number in 0..<20 {
        XCTAssertEqual(try next(rep), Message("\(number)"), "\(transport)")
        try rep.send("\(number)")
      }
      for number in 0..<20 { XCTAssertEqual(try next(dealer), ["", "\(number)"], "\(transport)") }
    }
  }

  // REQ to ROUTER

  func testROUTERThatServesREQReadsAndWritesTheWholeEnvelope() throws {
    for transport in Transport.allCases {
      let (router, req) = try pair(.router, .req, over: transport)
      try req.send(["Hello", "World"])
      let request = try next(router)
      XCTAssertEqual(request.count, 4, "\(transport)")
      XCTAssertEqual(Message(request[1...]), ["", "Hello", "World"], "\(transport)")
      try router.send([request[0], "", "reply"])
      XCTAssertEqual(try next(req), "reply", "\(transport)")
    }
  }

  func testROUTERThatIsAProxyPassesAllFramesOnBlindly() throws {
    for transport in Transport.allCases {
      let (router, req) = try pair(.router, .req, over: transport)
      let (rep, dealer) = try pair(.rep, .dealer, over: transport)
      try req.send(["Hello", "World"])
      try dealer.send(try next(router))
      XCTAssertEqual(try next(rep), ["Hello", "World"], "\(transport)")
      try rep.send("reply")
      try router.send(try next(dealer))
      XCTAssertEqual(try next(req), "reply", "\(transport)")
    }
  }

  func testROUTERPutsNoRoutingIDOnTheWire() throws {
    for type in ["REQ", "DEALER", "ROUTER"] {
      let (router, peer) = try wire(.router, to: type)
      peer.send(["", "Hello"])
      let request = try next(router)
      XCTAssertEqual(Message(request[1...]), ["", "Hello"], type)
      try router.send([request[0], "", "World"])
      XCTAssertEqual(peer.receiveMessage(), ["", "World"], type)
    }
  }

  // DEALER to ROUTER

  func testDEALERAndROUTERExchangeFreeFormats() throws {
    for transport in Transport.allCases {
      let (router, dealer) = try pair(.router, .dealer, over: transport)
      for message in [["Hello"], ["", "Hello"], ["", ""], [""], ["a", "", "b", "", "c"]] as [Message] {
        try dealer.send(message)
        var received = try next(router)
        let peer = received.removeFirst()
        XCTAssertEqual(received, message, "\(transport)")
        try router.send([peer] + message)
        try router.send([peer, "and", "another"])
        XCTAssertEqual(try next(dealer), message, "\(transport)")
        XCTAssertEqual(try next(dealer), ["and", "another"], "\(transport)")
      }
    }
  }

  // DEALER to DEALER

  func testDEALERAndDEALERExchangeExactlyWhatIsSent() throws {
    for transport in Transport.allCases {
      let (first, second) = try pair(.dealer, .dealer, over: transport)
      for message in [["Hello"], ["", "Hello"], [""], ["a", "", "b"]] as [Message] {
        try first.send(message)
        try second.send(message + ["back"])
        XCTAssertEqual(try next(second), message, "\(transport)")
        XCTAssertEqual(try next(first), message + ["back"], "\(transport)")
      }
    }
  }

  func testDEALERStandsInForREPIfItReturnsTheEnvelope() throws {
    for transport in Transport.allCases {
      let (router, req) = try pair(.router, .req, over: transport)
      let (worker, backend) = try pair(.dealer, .dealer, over: transport)
      try req.send("Hello")
      try backend.send(try next(router))
      var request = try next(worker)
      XCTAssertEqual(request.removeLast(), "Hello", "\(transport)")
      try worker.send(request + ["World"])
      try router.send(try next(backend))
      XCTAssertEqual(try next(req), "World", "\(transport)")
    }
  }

  // ROUTER to ROUTER

  func testROUTERAndROUTERAddressEachOtherByChosenIDs() throws {
    for transport in Transport.allCases {
      let (first, second) = (try context.socket(.router), try context.socket(.router))
      try first.set(.routingID, to: "A")
      try second.set(.routingID, to: "B")
      try second.connect(try first.bind(transport.newEndpoint()))
      try send(["A", "Hello", "", "World"], whenReachableFrom: second)
      XCTAssertEqual(try next(first), ["B", "Hello", "", "World"], "\(transport)")
      try first.send(["B", "reply"])
      XCTAssertEqual(try next(second), ["A", "reply"], "\(transport)")
    }
  }
}
