import Foundation
import XCTest
import ZeroMQ

final class AsyncMonitorTests: AsyncTestCase {
  private nonisolated func isListening(_ kind: MonitorEvent.Kind?) -> Bool {
    if case .listening = kind { true } else { false }
  }

  @PinnedActor
  func testEventsAreASequence() async throws {
    for transport in [Transport.ipc, .tcp] {
      let server = try context.socket(.rep)
      let monitor = try server.monitor()
      let loop = Task {
        var kinds: [MonitorEvent.Kind] = []
        for try await event in monitor { kinds.append(event.kind) }
        return kinds
      }
      await letOthersWait()
      let endpoint = try server.bind(transport.newEndpoint())
      let client = try context.socket(.req)
      let clientMonitor = try client.monitor()
      try client.connect(endpoint)
      let outcome = try await clientMonitor.waitForConnection(timeout: Self.patience)
      guard case .established = outcome else { return XCTFail("\(outcome)") }
      monitor.stop()
      let kinds = try await assertPrompt("the end") { try await loop.value }
      XCTAssertTrue(isListening(kinds.first))
      XCTAssertEqual(kinds.last, .monitorStopped)
      for try await event in monitor { XCTFail("\(event) after the last one") }
      await assertError(.notSocket) { _ = try await monitor.receive() }
      await assertError(.notSocket) { _ = try await monitor.receive(timeout: Self.ages) }
    }
  }

  @PinnedActor
  func testClosingTheSocketEndsTheSequence() async throws {
    let server = try context.socket(.rep)
    let monitor = try server.monitor()
    try server.bind(Transport.tcp.newEndpoint())
    let loop = Task {
      var last: MonitorEvent.Kind?
      for try await event in monitor { last = event.kind }
      return last
    }
    await letOthersWait()
    server.close()
    let last = try await assertPrompt("closing") { try await loop.value }
    XCTAssertEqual(last, .monitorStopped)
  }

  @PinnedActor
  func testClosingTheMonitorEndsTheSequence() async throws {
    let server = try context.socket(.rep)
    let monitor = try server.monitor()
    let loop = Task { for try await _ in monitor {} }
    await letOthersWait()
    monitor.close()
    try await assertPrompt("closing") { try await loop.value }
  }

  @PinnedActor
  func testShutdownEndsTheSequence() async throws {
    let context = try Context()
    let server = try context.socket(.rep)
    let monitor = try server.monitor()
    let loop = Task { for try await _ in monitor {} }
    await letOthersWait()
    context.shutdown()
    try await assertPrompt("shutdown") { try await loop.value }
  }

  @PinnedActor
  func testCancellationLosesNoEvent() async throws {
    let server = try context.socket(.rep)
    let monitor = try server.monitor()
    let loop = Task { for try await _ in monitor {} }
    await letOthersWait()
    loop.cancel()
    await assertPrompt("cancellation") { await assertCancelled { try await loop.value } }
    let endpoint = try server.bind(Transport.tcp.newEndpoint())
    let event = try await monitor.receive(timeout: Self.patience)
    XCTAssertTrue(isListening(event?.kind))
    XCTAssertEqual(event?.endpoint, endpoint)
    let nothing = try await monitor.receive(timeout: .milliseconds(5))
    XCTAssertNil(nothing)
  }

  @PinnedActor
  func testMonitorIsGivenToAnotherExecutor() async throws {
    let server = try context.socket(.rep)
    try await watch(server)
  }

  private nonisolated func watch(_ server: RepSocket) async throws {
    let monitor = try server.monitor()
    let executor = SocketExecutor()
    let task = Task(executorPreference: executor) {
      var kinds: [MonitorEvent.Kind] = []
      for try await event in monitor { kinds.append(event.kind) }
      return kinds
    }
    try server.bind(Transport.tcp.newEndpoint())
    server.close()
    let kinds = try await task.value
    XCTAssertTrue(isListening(kinds.first))
    XCTAssertEqual(kinds.last, .monitorStopped)
  }

  @PinnedActor
  func testConnectionIsWaitedFor() async throws {
    let client = try context.socket(.req)
    let monitor = try client.monitor()
    let server = try context.socket(.rep)
    let endpoint = try server.bind(Transport.tcp.newEndpoint())
    let waiting = Task { try await monitor.waitForConnection(timeout: Self.ages) }
    await letOthersWait()
    try client.connect(endpoint)
    let outcome = try await assertPrompt("connection") { try await waiting.value }
    guard case .established(endpoint) = outcome else { return XCTFail("\(outcome)") }
    XCTAssertEqual(monitor.connectionCount, 1)
    let late = try await monitor.waitForConnection(timeout: .milliseconds(5))
    guard case .timedOut = late else { return XCTFail("\(late)") }
  }

  @PinnedActor
  func testConnectionsAreCounted() async throws {
    let server = try context.socket(.rep)
    let monitor = try server.monitor()
    let endpoint = try server.bind(Transport.tcp.newEndpoint())
    let waiting = Task { try await monitor.waitForConnections(3, timeout: Self.ages) }
    await letOthersWait()
    let clients = try (0..<3).map { _ in try context.socket(.req) }
    for client in clients { try client.connect(endpoint) }
    let areThere = try await assertPrompt("connections") { try await waiting.value }
    XCTAssertTrue(areThere)
    let areMore = try await monitor.waitForConnections(4, timeout: .milliseconds(5))
    XCTAssertFalse(areMore)
    let cancelled = Task { try await monitor.waitForConnections(4, timeout: Self.ages) }
    await letOthersWait()
    cancelled.cancel()
    await assertPrompt("cancellation") { await assertCancelled { _ = try await cancelled.value } }
    XCTAssertEqual(monitor.connectionCount, 3)
    withExtendedLifetime(clients) {}
  }

  @PinnedActor
  func testMonitorWithoutConnectionsCannotWaitForThem() async throws {
    let client = try context.socket(.req)
    let monitor = try client.monitor(.listening)
    await assertError(.invalidArgument) { _ = try await monitor.waitForConnection(timeout: Self.ages) }
    await assertError(.invalidArgument) { _ = try await monitor.waitForConnections(1, timeout: Self.ages) }
  }

  @PinnedActor
  func testSubscribersAreWaitedFor() async throws {
    for transport in Transport.allCases {
      let publisher = try context.socket(.xpub)
      let endpoint = try publisher.bind(transport.newEndpoint())
      var seen: [Message] = []
      let waiting = Task { try await publisher.waitForSubscribers(2, timeout: Self.ages) }
      await letOthersWait()
      let subscribers = try ["a", "b"].map { topic in
        let subscriber = try context.socket(.sub)
        try subscriber.subscribe(to: topic)
        try subscriber.connect(endpoint)
        return subscriber
      }
      let areThere = try await assertPrompt("\(transport)") { try await waiting.value }
      XCTAssertTrue(areThere)
      try subscribers[0].unsubscribe(from: "a")
      let areMore = try await publisher.waitForSubscribers(1, timeout: .milliseconds(100)) { seen.append($0) }
      XCTAssertFalse(areMore)
      XCTAssertEqual(seen.map { Subscription($0) }, [.unsubscribe(from: "a")])
      let cancelled = Task { try await publisher.waitForSubscribers(1, timeout: Self.ages) }
      await letOthersWait()
      cancelled.cancel()
      await assertPrompt("cancellation") { await assertCancelled { _ = try await cancelled.value } }
      try await publisher.send("b is heard")
      let message = try await next(from: subscribers[1])
      XCTAssertEqual(message, "b is heard")
    }
  }
}
