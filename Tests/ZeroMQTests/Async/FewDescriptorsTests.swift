import XCTest

/// Waits of tasks while the system has too few descriptors for what polls, each in a process of its own.
final class FewDescriptorsTests: ZeroMQTestCase {
  func testDeadlinesAndMessagesEndWaits() throws {
    XCTAssertEqual(try PeerProcess.outcome("wakeUpWithFewDescriptors"), "done")
  }

  func testExecutorSleepsWhileItsTasksWait() throws {
    XCTAssertEqual(try PeerProcess.outcome("sleepWithFewDescriptors"), "done")
  }

  func testPollersOfDescriptorsWork() throws {
    XCTAssertEqual(try PeerProcess.outcome("pollWithFewDescriptors"), "done")
  }

  func testCancellationAndShutdownEndWaits() throws {
    XCTAssertEqual(try PeerProcess.outcome("cancelWithFewDescriptors"), "done")
  }

  func testProxyThatCannotBeWokenIsAnError() throws {
    XCTAssertEqual(try PeerProcess.outcome("proxyWithoutDescriptors"), "EMFILE")
  }
}
