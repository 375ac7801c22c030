import XCTest
import ZeroMQ

final class PatternTests: ZeroMQTestCase {
  func testReplyGoesToThePeerThatAsked() throws {
    for transport in Transport.allCases {
      let server = try context.socket(.rep)
      let endpoint = try server.bind(transport.newEndpoint())
      let clients = try (0..<5).map { _ in
        let client = try context.socket(.req)
        try client.connect(endpoint)
        return client
      }
      for (number, client) in clients.enumerated() { try client.send("\(number)") }
      for _ in clients { try server.send(["reply to"] + (try next(server))) }
      for (number, client) in clients.enumerated() { XCTAssertEqual(try next(client), ["reply to", Frame("\(number)")]) }
    }
  }

  func testRouterAnswersDealersByTheirRoutingIDs() throws {
    for transport in Transport.allCases {
      let router = try context.socket(.router)
      let endpoint = try router.bind(transport.newEndpoint())
      let dealers = try ["a", "b"].map { (name: String) in
        let dealer = try context.socket(.dealer)
        try dealer.set(.raw(5), to: name)
        try dealer.connect(endpoint)
        try dealer.send(["", "hello"])
        return dealer
      }
      let hellos = Set([try next(router), try next(router)])
      XCTAssertEqual(hellos, [["a", "", "hello"], ["b", "", "hello"]])
      try router.send(["b", "", "to b"])
      try router.send(["a", "", "to a"])
      XCTAssertEqual(try next(dealers[0]), ["", "to a"])
      XCTAssertEqual(try next(dealers[1]), ["", "to b"])
    }
  }

  func testRouterAnswersRequesters() throws {
    for transport in Transport.allCases {
      let (router, client) = try pair(.router, .req, over: transport)
      try client.send("question")
      var message = try next(router)
      let peer = message.removeFirst()
      XCTAssertEqual(message, ["", "question"])
      try router.send([peer, "", "answer"])
      XCTAssertEqual(try next(client), "answer")
    }
  }

  func testDealerAsksRepliers() throws {
    for transport in Transport.allCases {
      let (dealer, server) = try pair(.dealer, .rep, over: transport)
      try dealer.send(["", "question"])
      XCTAssertEqual(try next(server), "question")
      try server.send("answer")
      XCTAssertEqual(try next(dealer), ["", "answer"])
    }
  }

  func testMandatoryRouterRefusesUnknownPeers() throws {
    let router = try context.socket(.router)
    try router.set(.raw(33), to: true)
    assertThrows(.hostUnreachable) { try router.send(["nobody", "hello"]) }
    assertThrows(.hostUnreachable) { _ = try router.sendIfReady(Message(["nobody", "hello"])) }
    assertThrows(.hostUnreachable) { _ = try router.send(Message(["nobody", "hello"]), timeout: .seconds(20)) }
  }

  func testNothingOfARefusedMessageReachesLaterPeers() throws {
    for transport in Transport.allCases {
      let (router, dealer) = try pair(.router, .dealer, over: transport)
      try router.set(.raw(33), to: true)
      try dealer.send("hello")
      let peer = try next(router)[0]
      assertThrows(.hostUnreachable) { try router.send(["nobody", "1", "2"]) }
      try router.send([peer, "3", "4"])
      XCTAssertEqual(try next(dealer), ["3", "4"])
    }
  }

  func testSubscriberReceivesWhatItSubscribedTo() throws {
    for transport in Transport.allCases {
      let xpub = try context.socket(.xpub)
      let endpoint = try xpub.bind(transport.newEndpoint())
      let sub = try context.socket(.sub)
      try sub.connect(endpoint)
      try sub.subscribe(to: "A")
      XCTAssertEqual(Subscription(try next(xpub)), .subscribe(to: "A"))
      try xpub.send(["A", "1"])
      try xpub.send(["B", "2"])
      try xpub.send(["A", "3"])
      XCTAssertEqual(try next(sub), ["A", "1"])
      XCTAssertEqual(try next(sub), ["A", "3"])
      try sub.unsubscribe(from: "A")
      XCTAssertEqual(Subscription(try next(xpub)), .unsubscribe(from: "A"))
    }
  }

  func testPublisherReachesSubscribers() throws {
    for transport in Transport.allCases {
      let pub = try context.socket(.pub)
      let endpoint = try pub.bind(transport.newEndpoint())
      let subs = try (0..<3).map { _ in
        let sub = try context.socket(.sub)
        try sub.connect(endpoint)
        try sub.subscribe(to: "")
        return sub
      }
      // A PUB does not say when a subscription has come, so it publishes until it has.
      for sub in subs {
        try waitUntil("the subscription") {
          try pub.send("tick")
          return try sub.receive(timeout: .milliseconds(1)) != nil
        }
      }
      try pub.send("last")
      for sub in subs {
        try waitUntil("the last message") { try next(sub) == "last" }
      }
    }
  }

  func testXSubSubscribesAtXPub() throws {
    for transport in Transport.allCases {
      let (xpub, xsub) = try pair(.xpub, .xsub, over: transport)
      try xsub.subscribe(to: "A")
      XCTAssertEqual(Subscription(try next(xpub)), .subscribe(to: "A"))
      try xpub.send("Apple")
      XCTAssertEqual(try next(xsub), "Apple")
      try xsub.unsubscribe(from: "A")
      XCTAssertEqual(Subscription(try next(xpub)), .unsubscribe(from: "A"))
    }
  }

  func testXSubSendsOtherMessagesUpstream() throws {
    for transport in Transport.allCases {
      let (xpub, xsub) = try pair(.xpub, .xsub, over: transport)
      try xsub.send("hello, publisher")
      let message = try next(xpub)
      XCTAssertEqual(message, "hello, publisher")
      XCTAssertNil(Subscription(message))
    }
  }

  func testPusherSharesOutWork() throws {
    for transport in Transport.allCases {
      let push = try context.socket(.push)
      let endpoint = try push.bind(transport.newEndpoint())
      let pulls = try (0..<3).map { _ in
        let pull = try context.socket(.pull)
        try pull.connect(endpoint)
        return pull
      }
      // Everybody is connected once everybody has had something.
      for pull in pulls {
        try waitUntil("the connection") {
          try push.send("warm")
          return try pull.receive(timeout: .milliseconds(1)) != nil
        }
      }
      for number in 0..<300 { try push.send("\(number)") }
      var received: Set<Message> = []
      var poller = Poller()
      for pull in pulls { poller.add(pull, for: .readable) }
      try waitUntil("the delivery of all work") {
        for event in try poller.wait(timeout: .milliseconds(100)) {
          for pull in pulls where event.concerns(pull) {
            let message = try pull.receive()
            if message != "warm" { XCTAssertTrue(received.insert(message).inserted) }
          }
        }
        return received.count == 300
      }
    }
  }

  func testPairsTalkBothWays() throws {
    for transport in Transport.allCases {
      let (first, second) = try pair(.pair, .pair, over: transport)
      for number in 0..<10 {
        try first.send("a\(number)")
        try second.send("b\(number)")
      }
      for number in 0..<10 {
        XCTAssertEqual(try next(second), Message("a\(number)"))
        XCTAssertEqual(try next(first), Message("b\(number)"))
      }
    }
  }

  func testStreamExchangesBytesWithATCPPeer() throws {
    let stream = try context.socket(.stream)
    let client = try RawTCPClient(try stream.bind("tcp://127.0.0.1:*"))
    let connected = try next(stream)
    XCTAssertEqual(connected.count, 2)
    XCTAssertEqual(connected[1], "")
    client.send(Array("GET /\n".utf8))
    XCTAssertEqual(try next(stream), [connected[0], "GET /\n"])
    try stream.send([connected[0], "200 OK\n"])
    XCTAssertEqual(client.receive(7), Array("200 OK\n".utf8))
    try stream.send([connected[0], ""])
    // libzmq: the socket's own calls bring the end of the connection about.
    try waitUntil("the end of the connection") {
      _ = try stream.receiveIfReady()
      return client.hasBeenClosedByPeer
    }
  }

  func testMessagesOfManyFramesAndSizesArriveWhole() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      let frames = [0, 1, 23, 24, 33, 34, 255, 256, 8192, 8193, 100_000].map { count in
        Frame(copying: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      }
      let message = Message(frames + frames.reversed())
      for _ in 0..<3 { try push.send(message) }
      for _ in 0..<3 { XCTAssertEqual(try next(pull), message) }
    }
  }
}
