import Foundation
import XCTest
import ZeroMQ

/// An actor that makes requests over one DEALER for any number of tasks.
actor Requester {
  let socket: DealerSocket
  private(set) var others: [Message] = []

  init(_ socket: sending DealerSocket) {
    self.socket = socket
  }

  func request(_ request: Message, timeout: Duration? = AsyncTestCase.ages) async throws -> Message? {
    guard let timeout else { return try await socket.request(request) }
    return try await socket.request(request, timeout: timeout)
  }

  /// Takes the messages that are no replies.
  func collectOthers() async throws {
    for try await message in socket.messages { others.append(message) }
  }

  func receive(timeout: Duration) async throws -> Message? { try await socket.receive(timeout: timeout) }
  func receiveFrame() async throws {
    var frame = UniqueFrame()
    try await socket.receive(into: &frame)
  }
  func receiveIfReady() throws -> Message? { try socket.receiveIfReady() }
  func request(_ id: String, _ bytes: [UInt8], timeout: Duration) async throws -> Message? {
    try await socket.request(id, "", bytes, timeout: timeout)
  }
  func requestBlocking(_ request: Message) throws -> Message? { try askBlocking(request) }
  func connect(to endpoint: String) throws { try socket.connect(endpoint) }
  func close() { socket.close() }

  /// Makes requests at once, each of which must get its own reply.
  ///
  /// - Returns: the wrong replies.
  nonisolated func wrongReplies(to count: Int) async throws -> [Message] {
    try await withThrowingTaskGroup(of: Message?.self) { group in
      for number in 0..<count {
        group.addTask {
          let reply = try await self.request(["\(number)", "", "more"])
          return reply == ["re", Frame("\(number)"), "", "more"] ? nil : reply ?? "none"
        }
      }
      return try await group.reduce(into: []) { if let wrong = $1 { $0.append(wrong) } }
    }
  }

  private func askBlocking(_ request: Message) throws -> Message? {
    try socket.request(request, timeout: ZeroMQTestCase.patience)
  }
}

final class DealerRequestTests: AsyncTestCase {
  /// A requester that is bound, and where.
  private func makeRequester(over transport: Transport = .inproc) throws -> (Requester, endpoint: String) {
    let dealer = try context.socket(.dealer)
    let endpoint = try dealer.bind(transport.newEndpoint())
    return (Requester(dealer), endpoint)
  }

  private func connect<Kind: TypedSocketKind>(_ kind: Kind, to endpoint: String) throws -> sending Socket<Kind> {
    let socket = try context.socket(kind)
    try socket.connect(endpoint)
    return socket
  }

  /// A server that answers with "re" before the request, until its task is cancelled.
  private func startEcho(at endpoint: String) throws -> Task<Void, any Error> {
    let rep = try connect(.rep, to: endpoint)
    return Task { for try await request in rep.messages { try await rep.send(["re"] + request) } }
  }

  func testEachTaskGetsTheReplyOfREPToItsOwnRequest() async throws {
    for transport in Transport.allCases {
      let (requester, endpoint) = try makeRequester(over: transport)
      let server = try startEcho(at: endpoint)
      let wrong = try await requester.wrongReplies(to: 100)
      XCTAssertEqual(wrong.prefix(5), [], "\(wrong.count)")
      server.cancel()
    }
  }

  func testRepliesComeThroughProxies() async throws {
    for transport in Transport.allCases {
      let (requester, endpoint) = try makeRequester(over: transport)
      var next = endpoint
      var proxies: [Task<Void, any Error>] = []
      for _ in 0..<2 {
        let frontend = try connect(.router, to: next)
        let backend = try context.socket(.dealer)
        next = try backend.bind(transport.newEndpoint())
        proxies.append(Task { try await proxy(frontend: frontend, backend: backend) })
      }
      let server = try startEcho(at: next)
      let wrong = try await requester.wrongReplies(to: 100)
      XCTAssertEqual(wrong.prefix(5), [], "\(wrong.count)")
      for task in proxies + [server] { task.cancel() }
    }
  }

  func testServiceBehindARouterMayReplyInAnyOrder() async throws {
    for transport in Transport.allCases {
      let (requester, endpoint) = try makeRequester(over: transport)
      let router = try connect(.router, to: endpoint)
      let server = Task {
        for _ in 0..<10 {
          var waiting: [Message] = []
          for _ in 0..<20 {
            var message = try await router.receive()
            guard let envelope = message.removeEnvelope() else { continue }
            waiting.append(envelope + ["re"] + message)
          }
          for reply in waiting.shuffled() { try await router.send(reply) }
        }
      }
      let wrong = try await requester.wrongReplies(to: 200)
      XCTAssertEqual(wrong.prefix(5), [], "\(wrong.count)")
      _ = try await server.value
    }
  }

  func testRequestsOfPartsAreMadeAtOnce() async throws {
    let (requester, endpoint) = try makeRequester(over: .ipc)
    let server = try startEcho(at: endpoint)
    async let first = requester.request("first", [1, 2], timeout: AsyncTestCase.ages)
    async let second = requester.request("second", [3], timeout: AsyncTestCase.ages)
    let replies = try await [first, second]
    XCTAssertEqual(replies, [["re", "first", "", [1, 2]], ["re", "second", "", [3]]])
    server.cancel()
  }

  func testDealerThatReturnsTheEnvelopeMayServe() async throws {
    let (requester, endpoint) = try makeRequester()
    let dealer = try connect(.dealer, to: endpoint)
    let server = Task {
      for try await var message in dealer.messages {
        guard let envelope = message.removeEnvelope() else { continue }
        try await dealer.send(envelope + ["re"] + message)
      }
    }
    let wrong = try await requester.wrongReplies(to: 20)
    XCTAssertEqual(wrong.prefix(5), [], "\(wrong.count)")
    server.cancel()
  }

  func testTenThousandRequestsAtOnceGetTheirOwnReplies() async throws {
    let (requester, endpoint) = try makeRequester(over: .tcp)
    let servers = try (0..<3).map { _ in try startEcho(at: endpoint) }
    let wrong = try await requester.wrongReplies(to: 10_000)
    XCTAssertEqual(wrong.prefix(5), [], "\(wrong.count)")
    for server in servers { server.cancel() }
  }

  func testActorOnASocketExecutorMakesTenThousandRequestsAtOnce() async throws {
    let executor = SocketExecutor()
    let endpoint = Transport.ipc.newEndpoint()
    let server = Task(executorPreference: executor) { [context] in
      let rep = try context.socket(.rep)
      try rep.set(.sendHighWaterMark, to: 0)
      try rep.bind(endpoint)
      for try await request in rep.messages { try await rep.send(["re"] + request) }
    }
    let dealer = try connect(.dealer, to: endpoint)
    let requester = Requester(dealer)
    let wrong = try await executor.run { try await requester.wrongReplies(to: 10_000) }
    XCTAssertEqual(wrong.prefix(5), [], "\(wrong.count)")
    server.cancel()
  }

  func testServersShareTheLoad() async throws {
    let (requester, endpoint) = try makeRequester(over: .tcp)
    let counts = [Counter(), Counter()]
    let servers = try counts.map { count in
      let rep = try connect(.rep, to: endpoint)
      return Task {
        for try await _ in rep.messages {
          count.increment()
          try await rep.send("reply")
        }
      }
    }
    // Until both are there.
    while counts.contains(where: { $0.value == 0 }) { _ = try await requester.request("warm up") }
    let before = counts.map(\.value)
    for _ in 0..<100 { _ = try await requester.request("question") }
    XCTAssertEqual(zip(counts, before).map { $0.value - $1 }, [50, 50])
    for server in servers { server.cancel() }
  }

  func testRequestsOfAKilledServerTimeOutAndTheOthersGetTheirReplies() async throws {
    let dealer = try context.socket(.dealer)
    let endpoint = try dealer.bind(Transport.tcp.newEndpoint())
    let requester = Requester(dealer)
    let server = try startEcho(at: endpoint)
    let killed = try PeerProcess(binding: "silent", to: Transport.tcp.newEndpoint())
    try await requester.connect(to: killed.endpoint)
    let results = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<1000 {
        group.addTask {
          let reply = try await requester.request(["\(number)"], timeout: .seconds(2))
          if let reply { XCTAssertEqual(reply, ["re", Frame("\(number)")]) }
          return reply != nil
        }
      }
      XCTAssertTrue(try killed.nextLine().hasPrefix("received "))
      killed.kill()
      return try await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    XCTAssertEqual(results.count, 1000)
    XCTAssertGreaterThanOrEqual(results.count { $0 }, 400)
    XCTAssertGreaterThanOrEqual(results.count { !$0 }, 1)
    // A retry succeeds as soon as it meets the server that is left.
    var reply: Message?
    while reply == nil { reply = try await requester.request("again", timeout: .milliseconds(200)) }
    XCTAssertEqual(reply, ["re", "again"])
    server.cancel()
  }

  func testLateReplyIsDropped() async throws {
    for transport in Transport.allCases {
      let (requester, endpoint) = try makeRequester(over: transport)
      let router = try connect(.router, to: endpoint)
      let nothing = try await requester.request("late", timeout: .milliseconds(5))
      XCTAssertNil(nothing)
      let late = try await next(from: router)
      let request = Task { try await requester.request("in time") }
      let inTime = try await next(from: router)
      try await router.send(late.dropLast() + ["reply to late"])
      try await router.send(inTime.dropLast() + ["reply to in time"])
      try await router.send(inTime.dropLast() + ["a second reply to in time"])
      let reply = try await request.value
      XCTAssertEqual(reply, "reply to in time")
      let other = try await requester.receive(timeout: .milliseconds(20))
      XCTAssertNil(other)
      await assertError(.wrongState) { try await requester.receiveFrame() }
    }
  }

  /// The task that reads for all is cancelled, and another one goes on.
  func testCancelledRequestLeavesTheOthersAlone() async throws {
    let (requester, endpoint) = try makeRequester()
    let router = try connect(.router, to: endpoint)
    for cancelledFirst in [true, false] {
      let first = Task { try await requester.request("first") }
      let firstRequest = try await next(from: router)
      let second = Task { try await requester.request("second") }
      let secondRequest = try await next(from: router)
      let (cancelled, other, envelope) =
        cancelledFirst ? (first, second, secondRequest.dropLast()) : (second, first, firstRequest.dropLast())
      cancelled.cancel()
      await assertPrompt("cancellation") { await assertCancelled { _ = try await cancelled.value } }
      try await router.send(envelope + ["reply"])
      let reply = try await assertPrompt("reply") { try await other.value }
      XCTAssertEqual(reply, "reply")
    }
  }

  func testEachRequestHasItsOwnDeadline() async throws {
    let (requester, endpoint) = try makeRequester()
    let router = try connect(.router, to: endpoint)
    let patient = Task { try await requester.request("patient") }
    let request = try await next(from: router)
    for timeout in [Duration.zero, .milliseconds(1), .milliseconds(20)] {
      let nothing = try await assertPrompt("timeout") { try await requester.request("hasty", timeout: timeout) }
      XCTAssertNil(nothing)
    }
    try await router.send(request.dropLast() + ["reply"])
    let reply = try await patient.value
    XCTAssertEqual(reply, "reply")
  }

  func testRequestWithoutAPeerTimesOutAndSendsNothing() async throws {
    let (requester, endpoint) = try makeRequester(over: .tcp)
    let nothing = try await assertPrompt("no peer") { try await requester.request("lost", timeout: .milliseconds(10)) }
    XCTAssertNil(nothing)
    let cancelled = Task { try await requester.request("lost", timeout: nil) }
    await letOthersWait()
    cancelled.cancel()
    await assertPrompt("cancellation") { await assertCancelled { _ = try await cancelled.value } }
    let rep = try connect(.rep, to: endpoint)
    let request = Task { try await requester.request("first") }
    let received = try await next(from: rep)
    XCTAssertEqual(received, "first")
    try await rep.send("reply")
    let reply = try await request.value
    XCTAssertEqual(reply, "reply")
  }

  /// A peer that returns anything but the right correlation and delimiter.
  func testPeerThatReturnsWrongCorrelationsAnswersNoRequest() async throws {
    let (requester, endpoint) = try makeRequester()
    let router = try connect(.router, to: endpoint)
    let requests = (0..<50).map { number in Task { try await requester.request(["\(number)"]) } }
    var received: [(peer: Frame, correlation: [UInt8], body: Frame)] = []
    for _ in requests {
      let message = try await next(from: router)
      XCTAssertEqual(message.count, 4)
      XCTAssertEqual(message[2], "")
      received.append((message[0], [UInt8](message[1]), message[3]))
    }
    XCTAssertEqual(Set(received.map(\.correlation)).count, requests.count)
    var generator = SystemRandomNumberGenerator()
    for (peer, correlation, _) in received {
      for _ in 0..<20 {
        var wrong = correlation
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: wrong[Int.random(in: wrong.indices)] ^= 1 << UInt8.random(in: 0..<8)
        case 1: wrong.removeLast(Int.random(in: 1...wrong.count))
        case 2: wrong.append(.random(in: 0 ... .max))
        case 3: wrong.replaceSubrange(8..<16, with: (0..<8).map { _ in UInt8.random(in: 0 ... .max) })
        case 4: wrong.reverse()
        case 5: wrong += wrong
        case 6:
          // The right one, without a delimiter.
          try await router.send([peer, Frame(copying: correlation), "wrong"])
          continue
        default:
          // The right one, without a reply.
          try await router.send([peer, Frame(copying: correlation), ""])
          continue
        }
        if wrong == correlation { continue }
        try await router.send([peer, Frame(copying: wrong), "", "wrong"])
      }
      try await router.send([peer, Frame(copying: correlation)])
      try await router.send([peer, "", "wrong"])
      try await router.send([peer, ""])
    }
    for (peer, correlation, body) in received.shuffled() { try await router.send([peer, Frame(copying: correlation), "", body]) }
    for (number, request) in requests.enumerated() {
      let reply = try await request.value
      XCTAssertEqual(reply, [Frame("\(number)")])
    }
  }

  func testReplyToAFormerSocketOfTheSameRoutingIDIsDropped() async throws {
    let router = try context.socket(.router)
    try router.set(.routerHandover, to: true)
    let endpoint = try router.bind(Transport.tcp.newEndpoint())
    func makeRequester() throws -> Requester {
      let dealer = try context.socket(.dealer)
      try dealer.set(.routingID, to: "client")
      try dealer.connect(endpoint)
      return Requester(dealer)
    }
    let former = try makeRequester()
    let first = Task { try await former.request("first") }
    let old = try await next(from: router)
    await former.close()
    await assertError(.notSocket) { _ = try await first.value }
    let requester = try makeRequester()
    let second = Task { try await requester.request("second") }
    let new = try await next(from: router)
    try await router.send(old.dropLast() + ["reply to first"])
    try await router.send(new.dropLast() + ["reply to second"])
    let reply = try await second.value
    XCTAssertEqual(reply, "reply to second")
  }

  func testMessagesThatAreNoRepliesAreReceivedMeanwhile() async throws {
    for transport in Transport.allCases {
      let (requester, endpoint) = try makeRequester(over: transport)
      let router = try connect(.router, to: endpoint)
      let server = Task {
        for number in 0..<200 {
          let request = try await router.receive()
          let peer = request[0]
          try await router.send([peer, "news", Frame("\(number)")])
          try await router.send(request.prefix(3) + ["re"] + request.dropFirst(3))
          try await router.send([peer, Frame("short \(number)")])
        }
      }
      let collecting = Task { try await requester.collectOthers() }
      let wrong = try await requester.wrongReplies(to: 200)
      XCTAssertEqual(wrong.prefix(5), [], "\(wrong.count)")
      _ = try await server.value
      while await requester.others.count < 400 { await Task.yield() }
      let expected = (0..<200).flatMap { [Message(["news", Frame("\($0)")]), Message("short \($0)")] }
      let others = await requester.others
      XCTAssertEqual(others, expected)
      collecting.cancel()
      await assertCancelled { try await collecting.value }
    }
  }

  func testMessagesThatAreNoRepliesAreKeptUpToAThousand() async throws {
    let (requester, endpoint) = try makeRequester()
    let router = try connect(.router, to: endpoint)
    try router.set(.sendHighWaterMark, to: 0)
    let request = Task { try await requester.request("question") }
    let received = try await next(from: router)
    for number in 0..<1200 { try await router.send([received[0], Frame("\(number)")]) }
    try await router.send(received.dropLast() + ["reply"])
    let reply = try await request.value
    XCTAssertEqual(reply, "reply")
    for number in 0..<1000 {
      let message = try await requester.receiveIfReady()
      XCTAssertEqual(message, Message("\(number)"))
    }
    let nothing = try await requester.receiveIfReady()
    XCTAssertNil(nothing)
    try await router.send([received[0], "one more"])
    let message = try await requester.receive(timeout: Self.patience)
    XCTAssertEqual(message, "one more")
  }

  func testReceiveIfReadyLeavesRepliesToTheirRequests() async throws {
    let (requester, endpoint) = try makeRequester()
    let router = try connect(.router, to: endpoint)
    let requests = (0..<20).map { number in Task { try await requester.request(["\(number)"]) } }
    for _ in requests { try await router.send(try await next(from: router)) }
    _ = try await requester.request("late", timeout: .milliseconds(5))
    let late = try await next(from: router)
    try await router.send([late[0], "other"])
    var other: Message?
    while other == nil { other = try await requester.receiveIfReady() }
    XCTAssertEqual(other, "other")
    for (number, request) in requests.enumerated() {
      let reply = try await request.value
      XCTAssertEqual(reply, [Frame("\(number)")])
    }
  }

  func testTasksThatReceiveEachGetAMessage() async throws {
    let (requester, endpoint) = try makeRequester()
    let router = try connect(.router, to: endpoint)
    let request = Task { try await requester.request("question") }
    let received = try await next(from: router)
    let receiving = (0..<10).map { _ in Task { try await requester.receive(timeout: AsyncTestCase.ages) } }
    let cancelled = Task { try await requester.receive(timeout: AsyncTestCase.ages) }
    await letOthersWait()
    cancelled.cancel()
    await assertCancelled { _ = try await cancelled.value }
    for number in receiving.indices { try await router.send([received[0], Frame("\(number)")]) }
    var messages: Set<Message> = []
    for task in receiving { messages.insert(try await task.value ?? "none") }
    XCTAssertEqual(messages, Set(receiving.indices.map { Message("\($0)") }))
    try await router.send(received.dropLast() + ["reply"])
    let reply = try await request.value
    XCTAssertEqual(reply, "reply")
  }

  func testBlockingRequestReadsForTheTasksThatWait() async throws {
    let (requester, endpoint) = try makeRequester()
    let router = try connect(.router, to: endpoint)
    let waiting = Task { try await requester.request("waiting") }
    let first = try await router.receive()
    let server = Task {
      let second = try await router.receive()
      try await router.send(first.dropLast() + ["reply to waiting"])
      try await router.send(second.dropLast() + ["reply to blocking"])
    }
    let blocking = try await requester.requestBlocking("blocking")
    XCTAssertEqual(blocking, "reply to blocking")
    let reply = try await waiting.value
    XCTAssertEqual(reply, "reply to waiting")
    _ = try await server.value
  }

  func testShutdownAndCloseEndAllRequests() async throws {
    for closes in [true, false] {
      let context = try Context(Context.Configuration(blocky: false))
      let dealer = try context.socket(.dealer)
      let endpoint = try dealer.bind(Transport.inproc.newEndpoint())
      let requester = Requester(dealer)
      let router = try context.socket(.router)
      try router.connect(endpoint)
      let requests = (0..<100).map { number in Task { try await requester.request(["\(number)"]) } }
      for _ in requests { _ = try await next(from: router) }
      if closes { await requester.close() } else { context.shutdown() }
      await assertPrompt("the end") {
        for request in requests {
          await assertError(closes ? .notSocket : .contextTerminated) { _ = try await request.value }
        }
      }
    }
  }

  func testErrorsAndOptions() async throws {
    let (requester, _) = try makeRequester()
    await assertError(.invalidArgument) { _ = try await requester.request(Message()) }
    let dealer = try context.socket(.dealer)
    try dealer.set(.sendTimeout, to: .milliseconds(5))
    await assertError(.wouldBlock) { _ = try await dealer.request("nobody there") }
    let router = try connect(.router, to: try dealer.bind(Transport.inproc.newEndpoint()))
    try dealer.set(.receiveTimeout, to: .milliseconds(5))
    await assertError(.wouldBlock) { _ = try await dealer.request("nobody answers") }
    await assertError(.wouldBlock) { _ = try await dealer.receive() }
    let late = try await dealer.receive(timeout: .milliseconds(1))
    XCTAssertNil(late)
    router.close()
    dealer.close()
    await assertError(.notSocket) { _ = try await dealer.request("closed") }
  }

  @PinnedActor
  func testSocketOfAnyTypeMakesRequestsAsItsOwnTypeDoes() async throws {
    for type in [SocketType.dealer, .req] {
      let client = try context.socket(ofType: type)
      let endpoint = try client.bind(Transport.inproc.newEndpoint())
      let server = try startEcho(at: endpoint)
      let reply = try await client.request("question", timeout: Self.ages)
      XCTAssertEqual(reply, ["re", "question"])
      server.cancel()
    }
    let router = try context.socket(ofType: .router)
    await assertError(.invalidArgument) { _ = try await router.request("question", timeout: .zero) }
  }
}

final class BlockingDealerRequestTests: ZeroMQTestCase {
  func testBlockingRequestGetsItsOwnReplyAndDropsLateOnes() throws {
    for transport in Transport.allCases {
      let router = try context.socket(.router)
      let dealer = try context.socket(.dealer)
      try dealer.connect(try router.bind(transport.newEndpoint()))
      XCTAssertNil(try dealer.request("late", timeout: .milliseconds(5)))
      let late = try router.receive()
      let thread = Handover(router)
      let server = TestThread {
        let router = try thread.take()
        let request = try XCTUnwrap(try router.receive(timeout: ZeroMQTestCase.patience))
        try router.send(late.dropLast() + ["reply to late"])
        try router.send([request[0], "no reply"])
        try router.send(request.dropLast() + ["reply"])
      }
      XCTAssertEqual(try dealer.request("in time"), "reply")
      try server.join()
      XCTAssertEqual(try next(dealer), "no reply")
    }
  }

  func testBlockingRequestTimesOutAmongMessagesThatAreNoReplies() throws {
    let router = try context.socket(.router)
    let dealer = try context.socket(.dealer)
    try router.set(.routerMandatory, to: true)
    try dealer.set(.routingID, to: "dealer")
    try dealer.connect(try router.bind(Transport.inproc.newEndpoint()))
    try dealer.send("known")
    let known = try router.receive(timeout: Self.patience)
    XCTAssertEqual(known, ["dealer", "known"])
    let handover = Handover(router)
    let (isDone, end) = (Counter(), ContinuousClock.now + .seconds(10))
    let flood = TestThread {
      let router = try handover.take()
      while isDone.value == 0, ContinuousClock.now < end { _ = try router.send("dealer", "no reply", timeout: .milliseconds(10)) }
    }
    let time = try elapsed {
      XCTAssertNil(try dealer.request("question", timeout: .milliseconds(50)))
      try dealer.set(.receiveTimeout, to: .milliseconds(50))
      assertThrows(.wouldBlock) { _ = try dealer.request("question") }
    }
    XCTAssertLessThan(time, .seconds(2))
    isDone.increment()
    try flood.join()
  }

  func testBlockingRequestTimesOut() throws {
    let dealer = try context.socket(.dealer)
    XCTAssertNil(try dealer.request("nobody there", timeout: .milliseconds(5)))
    try dealer.set(.sendTimeout, to: .milliseconds(5))
    assertThrows(.wouldBlock) { _ = try dealer.request("nobody there") }
    try dealer.bind(Transport.inproc.newEndpoint())
    assertThrows(.invalidArgument) { _ = try dealer.request(Message()) }
    dealer.close()
    assertThrows(.notSocket) { _ = try dealer.request("closed") }
  }
}
