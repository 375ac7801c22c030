import Synchronization
import XCTest
import ZeroMQ

final class AuthenticatorLifeTests: ZAPTestCase {
  func testASecondOneOnTheSameContextIsRefused() throws {
    let first = try Authenticator(context)
    let error = assertThrows(.addressInUse) { _ = try Authenticator(context) }
    XCTAssertEqual(
      error?.description,
      "Authenticator for a context that already has one: Address already in use (EADDRINUSE); "
        + "a context has at most one authenticator; call stop() on the other first"
    )
    let other = try Context()
    let second = try Authenticator(other)
    first.serve("global", by: .addressesOnly)
    try assertStatus("200", of: request())
    second.stop()
    first.stop()
  }

  func testAnotherOneMayFollow() throws {
    for _ in 0..<200 {
      let authenticator = try Authenticator(context)
      authenticator.serve("global", by: .addressesOnly)
      try assertStatus("200", of: request())
      authenticator.stop()
      authenticator.stop()
    }
  }

  func testDroppingItStopsIt() throws {
    do {
      let authenticator = try Authenticator(context)
      authenticator.serve("global", by: .addressesOnly)
      try assertStatus("200", of: request())
    }
    var next: Authenticator?
    waitUntil("another authenticator") {
      next = try? Authenticator(context)
      return next != nil
    }
    next?.stop()
  }

  func testManyThreadsMayStopIt() throws {
    let authenticator = try Authenticator(context)
    let threads = (0..<8).map { _ in TestThread { authenticator.stop() } }
    for thread in threads { try thread.join() }
    try Authenticator(context).stop()
  }

  func testADecisionMayStopIt() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve(
      "global",
      by: .decision { [weak authenticator] _ in
        authenticator?.serve("other", by: .addressesOnly)
        authenticator?.stop()
        return .accept(userID: "last")
      })
    XCTAssertEqual(try ask(request())[4], "last")
    authenticator.stop()
    try Authenticator(context).stop()
  }

  func testStoppingWaitsForADecision() throws {
    let authenticator = try Authenticator(context)
    let begun = DispatchSemaphore(value: 0)
    let ended = Mutex(false)
    authenticator.serve(
      "global",
      by: .decision { _ in
        begun.signal()
        // Long enough that a stop that does not wait would be seen.
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + 0.2)
        ended.withLock { $0 = true }
        return .accept()
      })
    let socket = try context.socket(.req)
    try socket.connect("inproc://zeromq.zap.01")
    try socket.send(request())
    XCTAssertEqual(begun.wait(timeout: .now() + 10), .success)
    authenticator.stop()
    XCTAssertTrue(ended.withLock(\.self))
  }

  func testTheContextEndsBeforeIt() throws {
    let authenticator = try Authenticator(context)
    let context = context
    try TestThread { try context.terminate() }.join()
    authenticator.serve("global", by: .addressesOnly)
    authenticator.stop()
    assertThrows(.contextTerminated) { _ = try Authenticator(context) }
  }

  func testItsThreadDoesNotKeepTheContextOnceItIsDropped() throws {
    weak var seen: Context?
    do {
      let context = try Context()
      seen = context
      let authenticator = try Authenticator(context)
      authenticator.serve("global", by: .addressesOnly)
    }
    waitUntil("the context's end") { seen == nil }
  }

  func testAnAsynchronousDecisionMayStopIt() throws {
    let authenticator = try Authenticator(context)
    authenticator.serve(
      "global",
      by: .decision { [weak authenticator] _ async in
        await authenticator?.stop()
        await Task { await authenticator?.stop() }.value
        return .accept(userID: "last")
      })
    XCTAssertEqual(try ask(request())[4], "last")
    authenticator.stop()
    try Authenticator(context).stop()
  }

  func testManyTasksMayStopIt() async throws {
    let authenticator = try Authenticator(try Context(.init(blocky: false)))
    let begun = AsyncStream<Void>.makeStream()
    authenticator.serve(
      "global",
      by: .decision { _ async in
        begun.continuation.yield()
        try? await Task.sleep(for: .milliseconds(200))
        return .accept()
      })
    // More than there are cores, so that none of them may block a thread of the pool that the decision needs.
    await withTaskGroup { group in
      for _ in 0..<50 { group.addTask { await authenticator.stop() } }
    }
  }

  func testClientThatTheServerHasGivenUpOnIsNotDecidedAbout() throws {
    let authenticator = try Authenticator(context)
    let decisions = Mutex(0)
    let release = DispatchSemaphore(value: 0)
    authenticator.serve(
      "global",
      by: .decision { _ in
        let isFirst = decisions.withLock { count in
          count += 1
          return count == 1
        }
        if isFirst { _ = release.wait(timeout: .now() + 20) }
        return .accept()
      })
    let (server, client) = (try context.socket(.pull), try context.socket(.push))
    try server.secure(.plainServer(domain: "global"))
    try server.set(.handshakeInterval, to: .milliseconds(100))
    let monitor = try server.monitor()
    try client.secure(.plainClient(username: "user", password: "password"))
    try client.set(.reconnectInterval, to: .milliseconds(10))
    try client.connect(try server.bind("tcp://127.0.0.1:*"))
    // The server gives up on many attempts while the first is being decided.
    var accepted = 0
    while accepted < 8 {
      if case .accepted = try XCTUnwrap(try monitor.receive(timeout: Self.patience)).kind { accepted += 1 }
    }
    release.signal()
    try client.send("hello")
    XCTAssertEqual(try next(server), "hello")
    XCTAssertLessThanOrEqual(decisions.withLock(\.self), 4)
    authenticator.stop()
  }
}
