import Foundation
import XCTest
import ZeroMQ

final class SignalTests: ZeroMQTestCase {
  override func tearDown() {
    signal(SIGUSR2, SIG_DFL)
    super.tearDown()
  }

  /// A thread that receives until its context is shut down.
  private func receiver(in context: Context) -> TestThread {
    let started = DispatchSemaphore(value: 0)
    defer { started.wait() }
    return TestThread {
      let socket = try context.socket(.pull)
      started.signal()
      XCTAssertEqual(thrownCode { _ = try socket.receive() }, .contextTerminated)
    }
  }

  func testSignalEndsABlockedReceive() throws {
    try context.shutdownOnSignals([SIGUSR2])
    let thread = receiver(in: context)
    letOthersBlock()
    kill(getpid(), SIGUSR2)
    try thread.join()
  }

  func testSignalRaisedByTheReceivingThreadEndsItsReceive() throws {
    try context.shutdownOnSignals([SIGUSR2])
    let socket = try context.socket(.pull)
    raise(SIGUSR2)
    assertThrows(.contextTerminated) { _ = try socket.receive() }
  }

  func testSignalShutsDownEveryContextThatAskedForIt() throws {
    let other = try Context(.init(blocky: false))
    try context.shutdownOnSignals([SIGUSR2])
    try other.shutdownOnSignals([SIGUSR2])
    let threads = [receiver(in: context), receiver(in: other)]
    kill(getpid(), SIGUSR2)
    for thread in threads { try thread.join() }
  }

  func testSignalLeavesOtherContextsAlone() throws {
    let other = try Context(.init(blocky: false))
    try context.shutdownOnSignals([SIGUSR2])
    let thread = receiver(in: context)
    kill(getpid(), SIGUSR2)
    try thread.join()
    XCTAssertNil(try other.socket(.pull).receiveIfReady())
  }

  func testDroppedContextIsNoProblem() throws {
    try Context(.init(blocky: false)).shutdownOnSignals([SIGUSR2])
    try context.shutdownOnSignals([SIGUSR2])
    let thread = receiver(in: context)
    kill(getpid(), SIGUSR2)
    try thread.join()
  }

  func testTerminatedContextIsNoProblem() throws {
    let other = try Context(.init(blocky: false))
    try other.shutdownOnSignals([SIGUSR2])
    try other.terminate()
    try context.shutdownOnSignals([SIGUSR2])
    let thread = receiver(in: context)
    kill(getpid(), SIGUSR2)
    try thread.join()
  }

  func testDefaultActionComesBackAfterTheFirstSignal() throws {
    try context.shutdownOnSignals([SIGUSR2])
    XCTAssertTrue(isHandled(SIGUSR2))
    let thread = receiver(in: context)
    kill(getpid(), SIGUSR2)
    try thread.join()
    XCTAssertFalse(isHandled(SIGUSR2))
  }

  func testHandlerCanBeSetAgainForANewContext() throws {
    for _ in 0..<3 {
      let context = try Context(.init(blocky: false))
      try context.shutdownOnSignals([SIGUSR2])
      let thread = receiver(in: context)
      kill(getpid(), SIGUSR2)
      try thread.join()
    }
  }

  func testImpossibleSignalIsRefused() throws {
    for number in [SIGKILL, SIGSTOP, 9999, -1] {
      let error = assertThrows(.invalidArgument) { try context.shutdownOnSignals([number]) }
      XCTAssertEqual(error?.subject, "signal \(number)")
    }
  }

  private func isHandled(_ number: Int32) -> Bool {
    var action = sigaction()
    // SAFETY: the action lives for the call.
    unsafe sigaction(number, nil, &action)
    return action.handler != nil
  }
}
