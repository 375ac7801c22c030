import Foundation
import XCTest
import ZeroMQ

final class AsyncProxyTests: AsyncTestCase {
  /// Starts a proxy of this actor.
  @PinnedActor
  private func start<Frontend: ProxyingKind>(
    _ frontend: Socket<Frontend>, _ backend: Socket<Frontend.ProxyPeer>, control: ProxyControl = ProxyControl()
  ) -> Task<Void, any Error> {
    Task { try await proxy(frontend: frontend, backend: backend, control: control) }
  }

  @PinnedActor
  func testRequestsAndRepliesGoThrough() async throws {
    for transport in Transport.allCases {
      let (router, req) = try pair(.router, .req, over: transport)
      let (dealer, rep) = try pair(.dealer, .rep, over: transport)
      let running = start(router, dealer)
      let server = Task { for try await request in rep.messages { try await rep.send(["re"] + request) } }
      for number in 0..<100 {
        let reply = try await req.request(["\(number)", "more"], timeout: Self.patience)
        XCTAssertEqual(reply, ["re", Frame("\(number)"), "more"])
      }
      for task in [running, server] {
        task.cancel()
        await assertPrompt("\(transport)") { await assertCancelled { try await task.value } }
      }
    }
  }

  @PinnedActor
  func testNothingIsLostWhenAProxyIsCancelledAndTheSocketsAreUsedOn() async throws {
    for transport in Transport.allCases {
      let (pull, producer) = try pair(.pull, .push, over: transport)
      let (push, consumer) = try pair(.push, .pull, over: transport)
      let control = ProxyControl()
      let count = 1000
      let sender = Task {
        for number in 0..<count {
          try await producer.send(["\(number)", "more"])
          if number.isMultiple(of: 50) { await Task.yield() }
        }
      }
      var received = 0
      for _ in 0..<20 {
        let running = start(pull, push, control: control)
        for _ in 0..<20 {
          let message = try await next(from: consumer)
          XCTAssertEqual(message, ["\(received)", "more"])
          received += 1
        }
        running.cancel()
        await assertPrompt("\(transport)") { await assertCancelled { try await running.value } }
        XCTAssertEqual(control.unsentToBackend, [])
      }
      try await sender.value
      // What the proxies left is forwarded by hand.
      let forwarder = Task { for try await message in pull.messages { try await push.send(message) } }
      while received < count {
        let message = try await next(from: consumer)
        XCTAssertEqual(message, ["\(received)", "more"])
        received += 1
      }
      forwarder.cancel()
      _ = await forwarder.result
    }
  }

  @PinnedActor
  func testSubscriptionsAndMessagesGoThrough() async throws {
    for transport in Transport.allCases {
      let (xsub, pub) = try pair(.xsub, .xpub, over: transport)
      let (xpub, sub) = try pair(.xpub, .sub, over: transport)
      let running = start(xsub, xpub)
      try sub.subscribe(to: "topic")
      let isThere = try await pub.waitForSubscribers(1, timeout: Self.patience)
      XCTAssertTrue(isThere)
      try await pub.send(["other", "lost"])
      try await pub.send(["topic", "found"])
      let message = try await next(from: sub)
      XCTAssertEqual(message, ["topic", "found"])
      running.cancel()
      await assertCancelled { try await running.value }
    }
  }

  @PinnedActor
  func testEveryFrameIsCaptured() async throws {
    for transport in Transport.allCases {
      let (pull, producer) = try pair(.pull, .push, over: transport)
      let (push, consumer) = try pair(.push, .pull, over: transport)
      let (capture, captured) = try pair(.push, .pull, over: .inproc)
      let running = Task { try await proxy(frontend: pull, backend: push, capture: capture) }
      for number in 0..<20 {
        try await producer.send(["\(number)", "", "more"])
        let message = try await next(from: consumer)
        XCTAssertEqual(message, ["\(number)", "", "more"])
        let copy = try await next(from: captured)
        XCTAssertEqual(copy, message)
      }
      running.cancel()
      await assertCancelled { try await running.value }
    }
  }

  @PinnedActor
  func testControlPausesResumesAndEndsAProxy() async throws {
    let (pull, producer) = try pair(.pull, .push, over: .tcp)
    let (push, consumer) = try pair(.push, .pull, over: .tcp)
    let control = ProxyControl()
    let running = start(pull, push, control: control)
    try await producer.send("one")
    let first = try await next(from: consumer)
    XCTAssertEqual(first, "one")
    control.pause()
    try await producer.send("two")
    let nothing = try await consumer.receive(timeout: .milliseconds(20))
    XCTAssertNil(nothing)
    control.resume()
    let second = try await next(from: consumer)
    XCTAssertEqual(second, "two")
    await assertError(.operationInProgress) { try await proxy(frontend: push, backend: pull, control: control) }
    XCTAssertEqual(control.statistics.backend.messagesSent, 2)
    control.terminate()
    try await assertPrompt("the end") { try await running.value }
    try await producer.send("three")
    let third = try await next(from: pull)
    XCTAssertEqual(third, "three")
  }

  @PinnedActor
  func testProxyIsOverAtOnceInACancelledTask() async throws {
    let (pull, _) = try pair(.pull, .push, over: .inproc)
    let (push, _) = try pair(.push, .pull, over: .inproc)
    let running = start(pull, push)
    running.cancel()
    await assertPrompt("cancellation") { await assertCancelled { try await running.value } }
  }

  /// A proxy that always has something to forward is cancelled all the same, and lets others run.
  @PinnedActor
  func testBusyProxyIsCancelled() async throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    let (frontend, backend) = (try pull.bind(Transport.inproc.newEndpoint()), try push.bind(Transport.inproc.newEndpoint()))
    let running = start(pull, push)
    let context = context
    let isDone = Counter()
    let flood = TestThread {
      let producer = try context.socket(.push)
      try producer.connect(frontend)
      while isDone.value == 0 { _ = try producer.send("flood", timeout: .milliseconds(10)) }
    }
    let drain = TestThread {
      let consumer = try context.socket(.pull)
      try consumer.connect(backend)
      while isDone.value == 0 { _ = try consumer.receive(timeout: .milliseconds(10)) }
    }
    for _ in 0..<100 { await Task.yield() }
    running.cancel()
    await assertPrompt("cancellation") { await assertCancelled { try await running.value } }
    isDone.increment()
    try flood.join()
    try drain.join()
  }

  @PinnedActor
  func testShutdownEndsAProxy() async throws {
    let context = try Context()
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    let running = start(pull, push)
    await letOthersWait()
    context.shutdown()
    try await assertPrompt("shutdown") { try await running.value }
  }

  @PinnedActor
  func testClosedSocketIsAnError() async throws {
    for isFrontend in [true, false] {
      let (pull, _) = try pair(.pull, .push, over: .inproc)
      let (push, _) = try pair(.push, .pull, over: .inproc)
      let running = start(pull, push)
      await letOthersWait()
      if isFrontend { pull.close() } else { push.close() }
      await assertPrompt("closing") { await assertError(.notSocket) { try await running.value } }
      await assertError(.notSocket) { try await proxy(frontend: pull, backend: push) }
    }
  }

  /// A proxy that holds a message of several frames, for a peer that has no room.
  @PinnedActor
  private func heldUp(
    _ control: ProxyControl
  ) async throws -> (running: Task<Void, any Error>, frontend: DealerSocket, backend: RouterSocket, sent: Int, full: DealerSocket) {
    let (frontend, producer) = try narrowPair(.dealer, .dealer, over: .inproc)
    let backend = try context.socket(.router)
    try backend.set(.routerMandatory, to: true)
    try backend.set(.sendHighWaterMark, to: 1)
    let endpoint = try backend.bind(Transport.inproc.newEndpoint())
    let (full, idle) = (try context.socket(.dealer), try context.socket(.dealer))
    for (socket, id) in [(full, "full"), (idle, "idle")] {
      try socket.set(.routingID, to: Frame(id))
      try socket.set(.receiveHighWaterMark, to: 1)
      try socket.connect(endpoint)
    }
    others += [full, idle]
    others.append(producer)
    let running = start(frontend, backend, control: control)
    var sent = 0
    while sent < 100, try await producer.send(["full", "\(sent)", "one", "two", "three"], timeout: .milliseconds(50)) { sent += 1 }
    XCTAssertLessThan(sent, 100)
    return (running, frontend, backend, sent, full)
  }
  @PinnedActor private var others: [DealerSocket] = []

  @PinnedActor
  func testMessageForAFullPeerIsHandedOutWhenTheProxyIsCancelled() async throws {
    let control = ProxyControl()
    let (running, _, _, _, _) = try await heldUp(control)
    running.cancel()
    await assertPrompt("cancellation") { await assertCancelled { try await running.value } }
    let sent = Int(control.statistics.backend.messagesSent)
    XCTAssertEqual(control.unsentToBackend, [["full", Frame("\(sent)"), "one", "two", "three"]])
  }

  @PinnedActor
  func testMessageForAFullPeerIsHandedOutWhenTheBackendIsClosed() async throws {
    let control = ProxyControl()
    let (running, _, backend, _, _) = try await heldUp(control)
    backend.close()
    await assertPrompt("closing") { await assertError(.notSocket) { try await running.value } }
    let sent = Int(control.statistics.backend.messagesSent)
    XCTAssertEqual(control.unsentToBackend, [["full", Frame("\(sent)"), "one", "two", "three"]])
  }

  @PinnedActor
  func testMessageForAFullPeerIsHandedOutWhenTheFrontendIsClosed() async throws {
    let control = ProxyControl()
    let (running, frontend, backend, _, _) = try await heldUp(control)
    frontend.close()
    await assertPrompt("closing") { await assertError(.notSocket) { try await running.value } }
    let sent = Int(control.statistics.backend.messagesSent)
    XCTAssertEqual(control.unsentToBackend, [["full", Frame("\(sent)"), "one", "two", "three"]])
    XCTAssertFalse(backend.isClosed)
  }

  @PinnedActor
  func testMessageForAFullPeerGoesOnWhenThereIsRoom() async throws {
    let control = ProxyControl()
    let (running, _, _, sent, full) = try await heldUp(control)
    for number in 0..<sent {
      let message = try await next(from: full)
      XCTAssertEqual(message, ["\(number)", "one", "two", "three"])
    }
    running.cancel()
    await assertCancelled { try await running.value }
    XCTAssertEqual(control.unsentToBackend, [])
  }

  /// Another task of the proxy's actor uses its sockets.
  @PinnedActor
  func testSocketOfAProxyIsUsedByOthers() async throws {
    let (pull, producer) = try pair(.pull, .push, over: .inproc)
    let (push, consumer) = try pair(.push, .pull, over: .inproc)
    let running = start(pull, push)
    for number in 0..<50 {
      await letOthersWait()
      let caller = Task {
        _ = try pull.get(.events)
        try push.set(.linger, to: .zero)
        try pull.unbind(try pull.bind(Transport.inproc.newEndpoint()))
      }
      try await producer.send("\(number)")
      try await caller.value
      _ = try pull.get(.events)
      let message = try await next(from: consumer)
      XCTAssertEqual(message, Message("\(number)"))
    }
    running.cancel()
    await assertCancelled { try await running.value }
  }

  /// Another task waits for a message of a socket that a proxy forwards, too: each message goes to one of them.
  @PinnedActor
  func testTaskWaitsForASocketOfAProxy() async throws {
    let (pull, producer) = try pair(.pull, .push, over: .inproc)
    let (push, consumer) = try pair(.push, .pull, over: .inproc)
    let running = start(pull, push)
    await letOthersWait()
    let waiting = Task { try await pull.receive() }
    await letOthersWait()
    for number in 0..<10 { try await producer.send("\(number)") }
    var messages: [Message] = []
    while messages.count < 9, let message = try await consumer.receive(timeout: Self.patience) { messages.append(message) }
    if let last = try await consumer.receive(timeout: .milliseconds(10)) {
      messages.append(last)
      waiting.cancel()
      await assertCancelled { _ = try await waiting.value }
    } else {
      messages.append(try await waiting.value)
    }
    XCTAssertEqual(Set(messages), Set((0..<10).map { Message("\($0)") }))
    running.cancel()
    await assertCancelled { try await running.value }
  }

  @PinnedActor
  func testTaskThatWaitsForASocketOfAProxyDoesNotEndTheProxy() async throws {
    let (router, _) = try pair(.router, .req, over: .inproc)
    let (dealer, rep) = try pair(.dealer, .rep, over: .inproc)
    let control = ProxyControl()
    let running = start(router, dealer, control: control)
    await letOthersWait()
    let waiting = Task { try await router.receive() }
    await letOthersWait()
    // The proxy is woken, and there is nothing for the other task.
    for _ in 0..<10 {
      control.pause()
      _ = try await rep.receive(timeout: .milliseconds(1))
      control.resume()
      _ = try await rep.receive(timeout: .milliseconds(1))
    }
    running.cancel()
    await assertPrompt("cancellation") { await assertCancelled { try await running.value } }
    waiting.cancel()
    await assertPrompt("cancellation") { await assertCancelled { _ = try await waiting.value } }
  }
}
