import Synchronization
import XCTest
import ZeroMQ

final class AuthenticatorLifeTests: ZAPTestCase {
  func testASecondOneOnTheSameContextIsRefused() throws {
    let first = try Authenticator(context)
    let error = assertThrows(.addressInUse) { _ = try Authenticator(context) }
    XCTAssertEqual(
      error?.description,
      "Authenticator for a context that already has one: Address already in use (EADDRINUSE); a context has one; stop() the other first"
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
}
