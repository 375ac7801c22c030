import XCTest

/// What libzmq would end the process for, each in a process of its own, so that a test fails rather than the run.
final class AbortGuardTests: ZeroMQTestCase {
  func testConflatingConnectionBeforeTheBindIsRefused() throws {
    XCTAssertEqual(try PeerProcess.outcome("bindAfterConflatingConnection"), "ECONNREFUSED")
  }

  func testNameMayBeBoundAfterARouterDisconnectedFromIt() throws {
    XCTAssertEqual(try PeerProcess.outcome("bindAfterDisconnectedRouter"), "bound")
  }

  func testRouterStaysConnectedWhileAnotherWaitsForTheSameName() throws {
    XCTAssertEqual(try PeerProcess.outcome("bindAfterOneOfTwoRoutersDisconnected"), "EINPROGRESS")
  }

  func testWelcomeMessageWaitsForConnectionsThatHaveEnded() throws {
    XCTAssertEqual(try PeerProcess.outcome("bindAfterClosedSubscriberWithWelcome"), "EINPROGRESS")
  }

  func testAuthenticatorOfAnotherTypeIsRefused() throws {
    XCTAssertEqual(try PeerProcess.outcome("zapHandlerOfAnotherType"), "ENOCOMPATPROTO")
  }

  func testPollingMoreItemsThanThereMayBeDescriptorsIsRefused() throws {
    XCTAssertEqual(try PeerProcess.outcome("pollMoreItemsThanDescriptors"), "EINVAL")
  }

  func testContextEndsWithoutASlotForThePendingConnection() throws {
    XCTAssertEqual(try PeerProcess.outcome("terminateWithoutSlots"), "terminated")
  }

  func testContextEndsWithoutADescriptorForThePendingConnection() throws {
    XCTAssertEqual(try PeerProcess.outcome("terminateWithoutDescriptors"), "terminated")
  }

  func testContextIsDroppedWithoutADescriptorForThePendingConnection() throws {
    XCTAssertEqual(try PeerProcess.outcome("dropWithoutDescriptors"), "dropped")
  }

  func testFirstSocketWithoutDescriptorsIsAnError() throws {
    XCTAssertEqual(try PeerProcess.outcome("firstSocketWithFewDescriptors"), "succeeded")
  }

  func testBindWithoutDescriptorsIsAnError() throws {
    XCTAssertEqual(try PeerProcess.outcome("bindWithFewDescriptors"), "succeeded")
  }

  func testMonitorWithoutDescriptorsIsAnError() throws {
    XCTAssertEqual(try PeerProcess.outcome("monitorWithFewDescriptors"), "succeeded")
  }

  func testConnectWithoutDescriptorsIsAnErrorOrWorks() throws {
    XCTAssertEqual(try PeerProcess.outcome("connectWithFewDescriptors"), "succeeded")
  }
}
