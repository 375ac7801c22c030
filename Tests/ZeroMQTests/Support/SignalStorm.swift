import Foundation
import Synchronization
import XCTest

/// Interrupts the thread that makes it with SIGUSR1 again and again, by a handler that does nothing and restarts nothing.
final class SignalStorm: Sendable {
  private static let count = Atomic<Int>(0)

  private let target = pthread_self()
  private let isNeeded = Atomic(true)
  private let done = DispatchSemaphore(value: 0)

  /// - Parameter pause: The microseconds between two signals; with 0 they come as fast as they can.
  private init(pause: UInt32) {
    Self.count.store(0, ordering: .relaxed)
    signal { _ in SignalStorm.count.add(1, ordering: .relaxed) }
    Thread.detachNewThread { [self] in
      let end = ContinuousClock.now + .seconds(20)
      while isNeeded.load(ordering: .acquiring), ContinuousClock.now < end {
        pthread_kill(target, SIGUSR1)
        if pause > 0 { usleep(pause) }
      }
      done.signal()
    }
  }

  private func end() -> Int {
    // Other signals may have ended everything before the first of these.
    let limit = ContinuousClock.now + .seconds(5)
    while Self.count.load(ordering: .relaxed) == 0, ContinuousClock.now < limit { sched_yield() }
    isNeeded.store(false, ordering: .releasing)
    done.wait()
    // A last signal may still be on its way, so the handler stays.
    return Self.count.load(ordering: .relaxed)
  }

  /// Runs something in the storm, and checks that there was one.
  static func around(pause: UInt32 = 1000, file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Void) throws {
    let storm = SignalStorm(pause: pause)
    let result = Result { try body() }
    XCTAssertGreaterThan(storm.end(), 0, "no signal came", file: file, line: line)
    try result.get()
  }

  /// Runs something again and again in a storm without a pause, which leaves its thread hardly any time: so often, or for a second.
  static func around(repeating count: Int, file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Void) throws {
    try around(pause: 0, file: file, line: line) {
      let end = ContinuousClock.now + .seconds(1)
      for _ in 0..<count where ContinuousClock.now < end { try body() }
    }
  }

  private func signal(handler: @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.handler = handler
    // SAFETY: the handler is a function without context.
    unsafe sigaction(SIGUSR1, &action, nil)
  }
}
