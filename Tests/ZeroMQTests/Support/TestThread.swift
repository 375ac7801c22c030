import Foundation
import Synchronization
import XCTest

/// A thread of a test, whose errors reach the test and whose end has a deadline.
final class TestThread: Sendable {
  private let done = DispatchSemaphore(value: 0)
  private let failure = Mutex<(any Error)?>(nil)

  /// Starts a thread.
  init(_ body: @escaping @Sendable () throws -> Void) {
    Thread.detachNewThread { [self] in
      do { try body() } catch { failure.withLock { $0 = error } }
      done.signal()
    }
  }

  /// Waits for the end, and throws what the thread threw.
  func join(within time: Duration = .seconds(10), file: StaticString = #filePath, line: UInt = #line) throws {
    guard done.wait(timeout: .now() + time.seconds) == .success else {
      return XCTFail("the thread did not end in time", file: file, line: line)
    }
    if let error = failure.withLock(\.self) { throw error }
  }
}
