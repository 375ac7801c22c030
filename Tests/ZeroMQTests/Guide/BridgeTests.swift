import XCTest
import ZeroMQ

/// What passes the three pairs of proxies: requests and replies, publications and subscriptions, work.
final class BridgeTests: ZeroMQTestCase {
  override func tearDown() {
    // Every proxy has returned, without an error.
    context.shutdown()
    for thread in threads { XCTAssertNoThrow(try thread.join()) }
    threads = []
    captures = []
    super.tearDown()
  }

  private var threads: [TestThread] = []

  /// What a chain sends its copies to; without it, the proxies would wait.
  private var captures: [PullSocket] = []

  /// The longest chain of proxies: a frontend to connect to, the backend of the last, and a copy of what passes each.
  private struct Chain {
    let frontend: String
    let backend: String
    let captures: [PullSocket]
  }

  /// Starts proxies, each with its backend connected to the next one's frontend.
  private func startChain<Frontend: ProxyingKind & TypedSocketKind>(
    of count: Int, _ frontend: Frontend, _ backend: Frontend.ProxyPeer, over transport: Transport
  ) throws -> Chain where Frontend.ProxyPeer: TypedSocketKind {
    var (next, end): (String?, String) = (nil, "")
    var captures: [PullSocket] = []
    for _ in 0..<count {
      let capture = try context.socket(.pull)
      let endpoint = try capture.bind(transport.newEndpoint())
      let proxy = try startBridge(frontend, backend, over: transport, to: next, capturingTo: endpoint)
      threads.append(proxy.thread)
      if next == nil { end = proxy.backend }
      next = proxy.frontend
      captures.insert(capture, at: 0)
    }
    self.captures += captures
    return Chain(frontend: next ?? "", backend: end, captures: captures)
  }

  func testReplyFindsItsWayBackThroughThreeROUTERsAndDEALERs() throws {
    for transport in Transport.allCases {
      let chain = try startChain(of: 3, .router, .dealer, over: transport)
      let (req, rep) = (try context.socket(.req), try context.socket(.rep))
      try req.connect(chain.frontend)
      try rep.connect(chain.backend)
      for number in 0..<10 {
        try req.send(["Hello", "", "\(number)"])
        XCTAssertEqual(try next(rep), ["Hello", "", "\(number)"], "\(transport)")
        try rep.send(["World", "\(number)"])
        XCTAssertEqual(try next(req), ["World", "\(number)"], "\(transport)")
      }
    }
  }

  func testEachHopAddsOneRoutingIDAndRemovesItAgain() throws {
    for transport in Transport.allCases {
      let chain = try startChain(of: 3, .router, .dealer, over: transport)
      let (req, worker) = (try context.socket(.req), try context.socket(.dealer))
      try req.set(.routingID, to: "client")
      try req.connect(chain.frontend)
      try worker.connect(chain.backend)
      try req.send(["Hello", "World"])

      // On the way there: what each proxy forwards has one routing ID more than what it got.
      let request = try next(worker)
      XCTAssertEqual(request.count, 3 + 3, "\(transport)")
      XCTAssertEqual(Message(request[2...]), ["client", "", "Hello", "World"], "\(transport)")
      XCTAssertEqual(request[..<2].map(\.count), [5, 5], "\(transport)")
      for (hop, capture) in chain.captures.enumerated() {
        XCTAssertEqual(try next(capture), Message(request[(2 - hop)...]), "hop \(hop) over \(transport)")
      }

      // On the way back: what each proxy gets has one routing ID less.
      let reply = Message(request[...3]) + ["reply"]
      try worker.send(reply)
      XCTAssertEqual(try next(req), "reply", "\(transport)")
      for (hop, capture) in chain.captures.enumerated() {
        XCTAssertEqual(try next(capture), Message(reply[(2 - hop)...]), "hop \(hop) over \(transport)")
      }
    }
  }

  func testRepliesOfManyClientsFindTheirWayBackInAnyOrder() throws {
    for transport in Transport.allCases {
      let chain = try startChain(of: 3, .router, .dealer, over: transport)
      let clients = try sockets(5, .req, connectedTo: chain.frontend)
      let worker = try context.socket(.dealer)
      try worker.connect(chain.backend)
      for (number, client) in clients.enumerated() { try client.send("\(number)") }
      let requests = try clients.map { _ in try next(worker) }
      XCTAssertEqual(Set(requests).count, clients.count, "\(transport)")
      for request in requests.reversed() { try worker.send(request + ["reply"]) }
      for (number, client) in clients.enumerated() {
        XCTAssertEqual(try next(client), [Frame("\(number)"), "reply"], "\(transport)")
      }
    }
  }

  func testSubscriptionsTravelUpstreamThroughXSUBAndXPUB() throws {
    for transport in Transport.allCases {
      let chain = try startChain(of: 2, .xpub, .xsub, over: transport)
      // Publishers stand behind the last XSUB, subscribers before the first XPUB.
      let publisher = try context.socket(.xpub)
      try publisher.connect(chain.backend)
      let subscribers = try sockets(2, .sub, connectedTo: chain.frontend)
      try subscribers[0].subscribe(to: "A")
      XCTAssertEqual(Subscription(try next(publisher)), .subscribe(to: "A"), "\(transport)")
      // A second subscription to the same is nothing new to the publisher; the next to something else shows that it was not sent.
      try subscribers[1].subscribe(to: "A")
      try subscribers[1].subscribe(to: "B")
      XCTAssertEqual(Subscription(try next(publisher)), .subscribe(to: "B"), "\(transport)")

      for topic in ["A", "B", "C"] { try publisher.send([Frame(topic), "news", ""]) }
      XCTAssertEqual(try next(subscribers[0]), ["A", "news", ""], "\(transport)")
      XCTAssertEqual(try next(subscribers[1]), ["A", "news", ""], "\(transport)")
      XCTAssertEqual(try next(subscribers[1]), ["B", "news", ""], "\(transport)")

      // Only the last subscriber's leaving is told.
      try subscribers[0].unsubscribe(from: "A")
      try subscribers[1].unsubscribe(from: "B")
      XCTAssertEqual(Subscription(try next(publisher)), .unsubscribe(from: "B"), "\(transport)")
      try subscribers[1].unsubscribe(from: "A")
      XCTAssertEqual(Subscription(try next(publisher)), .unsubscribe(from: "A"), "\(transport)")
      for subscriber in subscribers { XCTAssertNil(try subscriber.receiveIfReady(), "\(transport)") }
    }
  }

  func testUnwantedPublicationsStayAtTheirPublisher() throws {
    for transport in Transport.allCases {
      let chain = try startChain(of: 1, .xpub, .xsub, over: transport)
      let (publisher, subscriber) = (try context.socket(.xpub), try context.socket(.sub))
      try publisher.connect(chain.backend)
      try subscriber.connect(chain.frontend)
      try subscriber.subscribe(to: "A")
      XCTAssertEqual(Subscription(try next(publisher)), .subscribe(to: "A"), "\(transport)")
      for topic in ["B", "C", "A"] { try publisher.send(Message(topic)) }
      XCTAssertEqual(try next(subscriber), "A", "\(transport)")
      XCTAssertEqual(Subscription(try next(chain.captures[0])), .subscribe(to: "A"), "\(transport)")
      XCTAssertEqual(try next(chain.captures[0]), "A", "\(transport)")
    }
  }

  func testWorkPassesPULLAndPUSHInItsOrder() throws {
    for transport in Transport.allCases {
      let chain = try startChain(of: 3, .pull, .push, over: transport)
      let (push, pull) = (try context.socket(.push), try context.socket(.pull))
      try push.connect(chain.frontend)
      try pull.connect(chain.backend)
      for number in 0..<100 { try push.send(["work", "", "\(number)"]) }
      for number in 0..<100 { XCTAssertEqual(try next(pull), ["work", "", "\(number)"], "\(transport)") }
    }
  }

  func testWorkPassesToAllWhoPullAndComesFromAllWhoPush() throws {
    for transport in Transport.allCases {
      let chain = try startChain(of: 1, .pull, .push, over: transport)
      let producers = try sockets(3, .push, connectedTo: chain.frontend)
      let workers = try sockets(3, .pull, connectedTo: chain.backend)
      // Everybody is there once everybody has had something.
      for worker in workers {
        try waitUntil("the connection") {
          try producers[0].send("warm")
          return try worker.receive(timeout: .milliseconds(1)) != nil
        }
      }
      for (number, producer) in producers.enumerated() {
        for part in 0..<10 { try producer.send([Frame("\(number)"), "\(part)"]) }
      }
      var (received, shares) = (Set<Message>(), [0, 0, 0])
      try waitUntil("the delivery of all work") {
        for (number, worker) in workers.enumerated() {
          while let message = try worker.receive(timeout: .milliseconds(1)) {
            if message == "warm" { continue }
            XCTAssertTrue(received.insert(message).inserted, "\(transport): \(message) came twice")
            shares[number] += 1
          }
        }
        return received.count == 30
      }
      // They take turns, whatever comes in between.
      XCTAssertGreaterThan(shares.min() ?? 0, 0, "\(transport): \(shares)")
    }
  }

  func testCaptureSeesEveryFrameOfEveryMessageBothWays() throws {
    for transport in Transport.allCases {
      let chain = try startChain(of: 1, .router, .dealer, over: transport)
      let (client, worker) = (try context.socket(.dealer), try context.socket(.dealer))
      try client.set(.routingID, to: "client")
      try client.connect(chain.frontend)
      try worker.connect(chain.backend)
      let bodies = [["", "Hello"], [""], ["a", "", "b", "", "c"], Message(bytes: Payload.frames())] as [Message]
      for body in bodies {
        try client.send(body)
        XCTAssertEqual(try next(worker), ["client"] + body, "\(transport)")
        XCTAssertEqual(try next(chain.captures[0]), ["client"] + body, "\(transport)")
        try worker.send(["client", "reply"] + body)
        XCTAssertEqual(try next(client), ["reply"] + body, "\(transport)")
        XCTAssertEqual(try next(chain.captures[0]), ["client", "reply"] + body, "\(transport)")
      }
      XCTAssertNil(try chain.captures[0].receiveIfReady(), "\(transport): more was captured than was sent")
    }
  }
}
