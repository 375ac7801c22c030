import Foundation
import Synchronization
import XCTest
import ZeroMQ

final class TerminationTests: ZeroMQTestCase {
  func testTerminateReturnsWithoutSockets() throws {
    try Context().terminate()
  }

  func testTerminateMayBeRepeated() throws {
    let context = try Context()
    try context.socket(.push).close()
    try context.terminate()
    try context.terminate()
    context.shutdown()
  }

  func testNothingCanBeMadeOrReadAfterTermination() throws {
    let context = try Context()
    try context.terminate()
    assertThrows(.contextTerminated) { _ = try context.socket(.rep) }
    assertThrows(.contextTerminated) { _ = try context.socket(ofType: .rep) }
    assertThrows(.contextTerminated) { _ = try context.maximumSockets }
    assertThrows(.contextTerminated) { _ = try context.ioThreads }
    assertThrows(.contextTerminated) { _ = try context.socketLimit }
  }

  func testTerminateFromSeveralThreadsAtOnce() throws {
    for _ in 0..<20 {
      let context = try Context(.init(blocky: false))
      let socket = try context.socket(.push)
      let threads = (0..<4).map { _ in TestThread { try context.terminate() } }
      let others = (0..<2).map { _ in TestThread { context.shutdown() } }
      socket.close()
      for thread in threads + others { try thread.join() }
    }
  }

  func testTerminateWaitsForTheSocketsOfOtherThreads() throws {
    let context = try Context(.init(blocky: false))
    let (opened, mayClose) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let owners = (0..<3).map { _ in
      TestThread {
        let socket = try context.socket(.pull)
        opened.signal()
        mayClose.wait()
        socket.close()
      }
    }
    for _ in owners { opened.wait() }
    let hasReturned = Flag()
    let terminator = TestThread {
      try context.terminate()
      hasReturned.raise()
    }
    for _ in owners {
      letOthersBlock()
      XCTAssertFalse(hasReturned.isRaised)
      mayClose.signal()
    }
    for owner in owners { try owner.join() }
    try terminator.join()
    XCTAssertTrue(hasReturned.isRaised)
  }

  func testTerminateEndsTheBlockedCallsOfOtherThreads() throws {
    let context = try Context(.init(blocky: false))
    let started = DispatchSemaphore(value: 0)
    let owner = TestThread {
      let socket = try context.socket(.pull)
      started.signal()
      XCTAssertEqual(thrownCode { _ = try socket.receive() }, .contextTerminated)
    }
    started.wait()
    try context.terminate()
    try owner.join()
  }

  func testTerminateWaitsNoLongerThanSocketsLinger() throws {
    let context = try Context()
    let push = try context.socket(.push)
    try push.set(.linger, to: .milliseconds(50))
    try push.connect("tcp://127.0.0.1:1")
    try push.send("never delivered")
    push.close()
    let terminator = TestThread { try context.terminate() }
    try terminator.join()
  }

  func testTerminateEndsWithPendingInprocConnections() throws {
    let context = try Context(.init(blocky: false))
    for _ in 0..<10 {
      let push = try context.socket(.push)
      try push.connect(Transport.inproc.newEndpoint())
      push.close()
    }
    let terminator = TestThread { try context.terminate() }
    try terminator.join()
  }

  func testTerminateGoesOnAfterSignals() throws {
    let context = try Context()
    let push = try context.socket(.push)
    try push.set(.linger, to: .milliseconds(200))
    try push.connect("tcp://127.0.0.1:1")
    try push.send("never delivered")
    push.close()
    try SignalStorm.around { try context.terminate() }
  }

  func testInterruptedTerminationMayBeTakenUpAgain() throws {
    let context = try Context(.init(interruption: .throw))
    let push = try context.socket(.push)
    try SignalStorm.around { _ = assertThrows(.interrupted) { try context.terminate() } }
    assertThrows(.contextTerminated) { _ = try context.socket(.push) }
    assertThrows(.contextTerminated) { try push.send("x") }
    push.close()
    try context.terminate()
  }

  func testContextIsDroppedAfterInterruptedTermination() throws {
    let time = try elapsed {
      let context = try Context(.init(blocky: false, interruption: .throw))
      let push = try context.socket(.push)
      try SignalStorm.around { _ = assertThrows(.interrupted) { try context.terminate() } }
      push.close()
    }
    XCTAssertLessThan(time, .seconds(5))
  }
}

/// Something that has happened or not.
private final class Flag: Sendable {
  private let value = Atomic(false)

  var isRaised: Bool { value.load(ordering: .acquiring) }

  func raise() { value.store(true, ordering: .releasing) }
}
