import XCTest
import ZeroMQ

/// Sockets that call themselves writable while the peer that a message is for has no room.
final class FullPeerTests: AsyncTestCase {
  private static let mark = 3

  /// A ROUTER with one peer that is full, named so, and one that is not.
  @PinnedActor
  private func fullPeer(
    over transport: Transport
  ) async throws -> (router: RouterSocket, full: DealerSocket, idle: DealerSocket, sent: Int) {
    let router = try context.socket(.router)
    try router.set(.routerMandatory, to: true)
    try router.set(.sendHighWaterMark, to: Self.mark)
    let endpoint = try router.bind(transport.newEndpoint())
    let (full, idle) = (try context.socket(.dealer), try context.socket(.dealer))
    for (socket, id) in [(full, "full"), (idle, "idle")] {
      try socket.set(.routingID, to: Frame(id))
      try socket.set(.receiveHighWaterMark, to: Self.mark)
      try socket.connect(endpoint)
      try await socket.send("hello")
      _ = try await next(from: router)
    }
    var sent = 0
    while sent < 10_000, try router.sendIfReady(message(sent)) {
      sent += 1
      // A little time for the operating system to take what it can.
      if transport != .inproc { _ = try await router.wait(for: .readable, timeout: .milliseconds(1)) }
    }
    XCTAssertLessThan(sent, 10_000)
    return (router, full, idle, sent)
  }

  /// Large enough to fill what the operating system buffers.
  private nonisolated func message(_ number: Int) -> Message { ["full", Frame("\(number)"), Self.padding] }
  private static let padding = Frame(copying: Array(repeating: UInt8(7), count: 100_000))

  @PinnedActor
  private func assertNumbers(_ numbers: Range<Int>, from socket: DealerSocket) async throws {
    for number in numbers {
      let message = try await next(from: socket)
      XCTAssertEqual(message.first, Frame("\(number)"))
    }
  }

  @PinnedActor
  func testMandatoryRouterWaitsForAFullPeer() async throws {
    for transport in Transport.allCases {
      let (router, full, _, sent) = try await fullPeer(over: transport)
      let task = Task { for number in sent..<sent + 10 { try await router.send(self.message(number)) } }
      await letOthersWait()
      try await assertNumbers(0..<sent + 10, from: full)
      try await assertPrompt("\(transport)") { try await task.value }
    }
  }

  @PinnedActor
  func testMandatoryRouterWaitsForAFullPeerWhileAnotherTaskReceives() async throws {
    for transport in Transport.allCases {
      let (router, full, idle, sent) = try await fullPeer(over: transport)
      let receiver = Task { try await router.receive() }
      await letOthersWait()
      let sender = Task { for number in sent..<sent + 10 { try await router.send(self.message(number)) } }
      await letOthersWait()
      try await assertNumbers(0..<sent + 10, from: full)
      try await assertPrompt("\(transport)") { try await sender.value }
      try await idle.send("from the idle one")
      let message = try await receiver.value
      XCTAssertEqual(message, ["idle", "from the idle one"])
    }
  }

  @PinnedActor
  func testMandatoryRouterWaitsForAFullPeerWhileAnotherTaskBeginsToReceive() async throws {
    for transport in Transport.allCases {
      let (router, full, idle, sent) = try await fullPeer(over: transport)
      let sender = Task { for number in sent..<sent + 10 { try await router.send(self.message(number)) } }
      await letOthersWait()
      let receiver = Task { try await router.receive() }
      await letOthersWait()
      try await idle.send("from the idle one")
      let message = try await receiver.value
      XCTAssertEqual(message, ["idle", "from the idle one"])
      try await assertNumbers(0..<sent + 10, from: full)
      try await assertPrompt("\(transport)") { try await sender.value }
    }
  }

  /// What the sender waits for is noticed by calls that know nothing of it.
  @PinnedActor
  func testMandatoryRouterIsWokenDespiteCallsThatDoNotWait() async throws {
    for transport in Transport.allCases {
      let (router, full, _, sent) = try await fullPeer(over: transport)
      let sender = Task { for number in sent..<sent + 10 { try await router.send(self.message(number)) } }
      await letOthersWait()
      for number in 0..<sent + 10 {
        _ = try router.get(.events)
        let message = try await next(from: full)
        XCTAssertEqual(message.first, Frame("\(number)"))
        _ = try router.get(.events)
        XCTAssertNil(try router.receiveIfReady())
      }
      try await assertPrompt("\(transport)") { try await sender.value }
    }
  }

  @PinnedActor
  func testMessageToAFullPeerIsCancelled() async throws {
    let (router, full, idle, sent) = try await fullPeer(over: .inproc)
    let sender = Task { try await router.send(["full", "lost"]) }
    await letOthersWait()
    sender.cancel()
    await assertPrompt("cancellation") { await assertCancelled { try await sender.value } }
    let isSent = try await router.send(["full", "lost"], timeout: .milliseconds(20))
    XCTAssertFalse(isSent)
    try await router.send(["idle", "reached"])
    let message = try await next(from: idle)
    XCTAssertEqual(message, "reached")
    try await assertNumbers(0..<sent, from: full)
    try await router.send(["full", "after"])
    let last = try await next(from: full)
    XCTAssertEqual(last, "after")
  }

  @PinnedActor
  func testFullPeerThatGoesEndsTheWait() async throws {
    let (router, full, _, _) = try await fullPeer(over: .tcp)
    // Some may go out while the connection ends.
    let sender = Task { while true { try await router.send(["full", "lost"]) } }
    await letOthersWait()
    full.close()
    await assertPrompt("the end of the peer") { await assertError(.hostUnreachable) { try await sender.value } }
  }

  @PinnedActor
  func testPeerThatIsNotThereIsAnError() async throws {
    let (router, _, _, _) = try await fullPeer(over: .inproc)
    await assertError(.hostUnreachable) { try await router.send(["nobody", "hello"]) }
  }

  @PinnedActor
  func testPublisherThatMustNotDropWaitsForItsSlowestSubscriber() async throws {
    for transport in Transport.allCases {
      let publisher = try context.socket(.xpub)
      try publisher.set(.xpubNoDrop, to: true)
      try publisher.set(.sendHighWaterMark, to: Self.mark)
      let endpoint = try publisher.bind(transport.newEndpoint())
      let subscriber = try context.socket(.sub)
      try subscriber.set(.receiveHighWaterMark, to: Self.mark)
      try subscriber.subscribe(to: "")
      try subscriber.connect(endpoint)
      let isThere = try await publisher.waitForSubscribers(1, timeout: Self.patience)
      XCTAssertTrue(isThere)
      let count = 300
      let receiver = Task { try await publisher.receive() }
      let sender = Task { for number in 0..<count { try await publisher.send([Frame("\(number)"), Self.padding]) } }
      await letOthersWait()
      for number in 0..<count {
        let message = try await next(from: subscriber)
        XCTAssertEqual(message.first, Frame("\(number)"))
      }
      try await assertPrompt("\(transport)") { try await sender.value }
      try subscriber.unsubscribe(from: "")
      let message = try await receiver.value
      XCTAssertEqual(Subscription(message), .unsubscribe(from: ""))
    }
  }

  @PinnedActor
  func testPublisherThatMustNotDropIsCancelled() async throws {
    let publisher = try context.socket(.xpub)
    try publisher.set(.xpubNoDrop, to: true)
    try publisher.set(.sendHighWaterMark, to: Self.mark)
    let subscriber = try context.socket(.sub)
    try subscriber.set(.receiveHighWaterMark, to: Self.mark)
    try subscriber.subscribe(to: "")
    try subscriber.connect(try publisher.bind(Transport.inproc.newEndpoint()))
    let isThere = try await publisher.waitForSubscribers(1, timeout: Self.patience)
    XCTAssertTrue(isThere)
    var sent = 0
    while sent < 1000, try publisher.sendIfReady("\(sent)") { sent += 1 }
    XCTAssertEqual(sent, 2 * Self.mark)
    let task = Task { try await publisher.send("lost") }
    await letOthersWait()
    task.cancel()
    await assertPrompt("cancellation") { await assertCancelled { try await task.value } }
    let isSent = try await publisher.send("lost", timeout: .milliseconds(20))
    XCTAssertFalse(isSent)
    for number in 0..<sent {
      let message = try await next(from: subscriber)
      XCTAssertEqual(message, Message("\(number)"))
    }
    try await publisher.send("after")
    let last = try await next(from: subscriber)
    XCTAssertEqual(last, "after")
  }
}
