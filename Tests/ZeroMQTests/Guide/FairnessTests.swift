import XCTest
import ZeroMQ

/// How requests are shared out, and how those of several peers take turns.
final class FairnessTests: ZeroMQTestCase {
  private static let transports = Transport.allCases

  /// Bound sockets, and one that is connected to all of them.
  private func fan<One: TypedSocketKind, Many: TypedSocketKind>(
    _ one: One, _ many: Many, over transport: Transport
  ) throws -> (Socket<One>, [Socket<Many>]) {
    let (hub, others) = (try context.socket(one), try (0..<3).map { _ in try context.socket(many) })
    for other in others { try hub.connect(try other.bind(transport.newEndpoint())) }
    return (hub, others)
  }

  func testREQAsksSeveralREPsInTurn() throws {
    for transport in Self.transports {
      let (req, servers) = try fan(.req, .rep, over: transport)
      for number in 0..<9 {
        try req.send("\(number)")
        let server = servers[number % 3]
        XCTAssertEqual(try next(server), Message("\(number)"), "\(transport)")
        try server.send("reply")
        XCTAssertEqual(try next(req), "reply", "\(transport)")
      }
    }
  }

  func testDEALERSendsToSeveralPeersInTurn() throws {
    for transport in Self.transports {
      let (dealer, servers) = try fan(.dealer, .rep, over: transport)
      for number in 0..<9 { try dealer.send(["", "\(number)"]) }
      for number in 0..<9 {
        XCTAssertEqual(try next(servers[number % 3]), Message("\(number)"), "\(transport)")
        try servers[number % 3].send("reply")
      }
    }
  }

  func testPUSHSharesWorkOutInTurn() throws {
    for transport in Self.transports {
      let (push, workers) = try fan(.push, .pull, over: transport)
      for number in 0..<9 { try push.send("\(number)") }
      for number in 0..<9 { XCTAssertEqual(try next(workers[number % 3]), Message("\(number)"), "\(transport)") }
    }
  }

  /// Sends the same number of messages from each of three peers, one peer after the other, until a socket has them all.
  ///
  /// Over tcp the peers are raw ones, which can tell that their messages have come.
  private func fill<Kind: TypedSocketKind>(
    _ socket: Socket<Kind>, over transport: Transport, from peerType: SocketType
  ) throws -> [AnyObject] {
    let endpoint = try socket.bind(transport.newEndpoint())
    let peers: [AnyObject] = try (0..<3).map { peerNumber in
      let messages = (0..<5).map { ["", "\(peerNumber)", "\($0)"] as Message }
      if transport == .tcp {
        let peer = try RawTCPClient(endpoint)
        peer.shakeHands(as: "\(peerType)")
        for message in messages { peer.send(message) }
        peer.waitUntilAllIsTaken()
        return peer
      }
      let peer = try context.socket(ofType: peerType)
      try peer.connect(endpoint)
      for message in messages { try peer.send(message) }
      return peer
    }
    // Lets the socket hear of all its peers before it reads from the first.
    XCTAssertTrue(try socket.get(.events).contains(.readable))
    return peers
  }

  /// Checks that messages of three peers come in turns: every three are of three different ones, each peer's in its order.
  private func assertTakesTurns(_ received: [Message], _ transport: Transport, line: UInt = #line) {
    for turn in 0..<5 {
      let messages = received[turn * 3..<turn * 3 + 3]
      XCTAssertEqual(Set(messages.map { $0[0] }), ["0", "1", "2"], "\(transport): \(received)", line: line)
      XCTAssertEqual(Set(messages.map { $0[1] }), [Frame("\(turn)")], "\(transport): \(received)", line: line)
    }
  }

  func testREPTakesTurnsBetweenSeveralClients() throws {
    for transport in [Transport.inproc, .tcp] {
      let rep = try context.socket(.rep)
      let peers = try fill(rep, over: transport, from: .dealer)
      let received = try (0..<15).map { _ in
        let request = try next(rep)
        try rep.send("reply")
        return request
      }
      assertTakesTurns(received, transport)
      withExtendedLifetime(peers) {}
    }
  }

  func testDEALERTakesTurnsBetweenSeveralPeers() throws {
    for transport in [Transport.inproc, .tcp] {
      let dealer = try context.socket(.dealer)
      let peers = try fill(dealer, over: transport, from: .dealer)
      assertTakesTurns(try (0..<15).map { _ in Message(try next(dealer)[1...]) }, transport)
      withExtendedLifetime(peers) {}
    }
  }

  func testROUTERTakesTurnsBetweenSeveralPeers() throws {
    for transport in [Transport.inproc, .tcp] {
      let router = try context.socket(.router)
      let peers = try fill(router, over: transport, from: .dealer)
      assertTakesTurns(try (0..<15).map { _ in Message(try next(router)[2...]) }, transport)
      withExtendedLifetime(peers) {}
    }
  }

  func testPULLTakesTurnsBetweenSeveralPeers() throws {
    for transport in [Transport.inproc, .tcp] {
      let pull = try context.socket(.pull)
      let peers = try fill(pull, over: transport, from: .push)
      assertTakesTurns(try (0..<15).map { _ in Message(try next(pull)[1...]) }, transport)
      withExtendedLifetime(peers) {}
    }
  }

  func testEachREQGetsItsOwnReplyFromAREPThatServesMany() throws {
    for transport in Self.transports {
      let rep = try context.socket(.rep)
      let clients = try sockets(5, .req, connectedTo: try rep.bind(transport.newEndpoint()))
      for _ in 0..<4 {
        for (number, client) in clients.enumerated() { try client.send("\(number)") }
        var asked: Set<Message> = []
        for _ in clients {
          let request = try next(rep)
          XCTAssertTrue(asked.insert(request).inserted, "\(transport): a client was served twice in a turn")
          try rep.send(["reply to"] + request)
        }
        for (number, client) in clients.enumerated() {
          XCTAssertEqual(try next(client), ["reply to", Frame("\(number)")], "\(transport)")
        }
      }
    }
  }
}
