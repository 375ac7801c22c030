import XCTest

/// What libzmq would end the process for, each in a process of its own, so that a test fails rather than the run.
final class AbortGuardTests: ZeroMQTestCase {
  func testConflatingConnectionBeforeTheBindIsRefused() throws {
    XCTAssertEqual(try outcome("bindAfterConflatingConnection"), "ECONNREFUSED")
  }

  func testNameMayBeBoundAfterARouterDisconnectedFromIt() throws {
    XCTAssertEqual(try outcome("bindAfterDisconnectedRouter"), "bound")
  }

  func testRouterStaysConnectedWhileAnotherWaitsForTheSameName() throws {
    XCTAssertEqual(try outcome("bindAfterOneOfTwoRoutersDisconnected"), "EINPROGRESS")
  }

  func testWelcomeMessageWaitsForConnectionsThatHaveEnded() throws {
    XCTAssertEqual(try outcome("bindAfterClosedSubscriberWithWelcome"), "EINPROGRESS")
  }

  func testAuthenticatorOfAnotherTypeIsRefused() throws {
    XCTAssertEqual(try outcome("zapHandlerOfAnotherType"), "ENOCOMPATPROTO")
  }

  func testPollingMoreItemsThanThereMayBeDescriptorsIsRefused() throws {
    XCTAssertEqual(try outcome("pollMoreItemsThanDescriptors"), "EINVAL")
  }

  func testContextEndsWithoutASlotForThePendingConnection() throws {
    XCTAssertEqual(try outcome("terminateWithoutSlots"), "terminated")
  }

  func testContextEndsWithoutADescriptorForThePendingConnection() throws {
    XCTAssertEqual(try outcome("terminateWithoutDescriptors"), "terminated")
  }

  func testContextIsDroppedWithoutADescriptorForThePendingConnection() throws {
    XCTAssertEqual(try outcome("dropWithoutDescriptors"), "dropped")
  }

  func testFirstSocketWithoutDescriptorsIsAnError() throws {
    XCTAssertEqual(try outcome("firstSocketWithFewDescriptors"), "succeeded")
  }

  func testBindWithoutDescriptorsIsAnError() throws {
    XCTAssertEqual(try outcome("bindWithFewDescriptors"), "succeeded")
  }

  func testMonitorWithoutDescriptorsIsAnError() throws {
    XCTAssertEqual(try outcome("monitorWithFewDescriptors"), "succeeded")
  }

  func testConnectWithoutDescriptorsIsAnErrorOrWorks() throws {
    XCTAssertEqual(try outcome("connectWithFewDescriptors"), "succeeded")
  }

  /// What a provocation says at its end, after which the process must end by itself.
  private func outcome(_ name: String) throws -> String {
    let process = try PeerProcess(provoking: name)
    let line = try process.nextLine()
    XCTAssertEqual(process.waitForExit(), 0, name)
    return line
  }
}
