import Foundation
import XCTest
import ZeroMQ

final class ProxySignalTests: ZeroMQTestCase {
  /// Forwards messages from a fast sender to a slow receiver, through a proxy whose thread is in a storm.
  private func assertNothingIsLost(_ run: @escaping @Sendable (PullSocket, PushSocket) throws -> Void) throws {
    let (context, bound) = (context, DispatchSemaphore(value: 0))
    let endpoints = Handed<(String, String)>()
    let proxy = TestThread {
      defer { bound.signal() }
      let (frontend, backend) = (try context.socket(.pull), try context.socket(.push))
      try frontend.set(.receiveHighWaterMark, to: 1)
      try backend.set(.sendHighWaterMark, to: 1)
      endpoints.give((try frontend.bind("inproc://front"), try backend.bind("inproc://back")))
      bound.signal()
      try SignalStorm.around(pause: 20) { try run(frontend, backend) }
    }
    bound.wait()
    let (front, back) = try endpoints.take()
    let sender = TestThread {
      let push = try context.socket(.push)
      try push.set(.sendHighWaterMark, to: 1)
      try push.connect(front)
      for number in 0..<2000 { try push.send(["\(number)", "second", "third"]) }
    }
    let pull = try context.socket(.pull)
    try pull.set(.receiveHighWaterMark, to: 1)
    try pull.connect(back)
    for number in 0..<2000 {
      if number % 20 == 0 { letOthersBlock() }
      XCTAssertEqual(try next(pull), [Frame("\(number)"), "second", "third"])
    }
    try sender.join()
    context.shutdown()
    try proxy.join()
  }

  func testNoFrameIsLostToSignals() throws {
    try assertNothingIsLost { try proxy(frontend: $0, backend: $1) }
  }

  func testAProxySleepsWhileMessagesWaitForAPeer() throws {
    let (context, bound) = (context, DispatchSemaphore(value: 0))
    let endpoint = Handed<String>()
    let used = Handed<Double>()
    let thread = TestThread {
      defer { bound.signal() }
      let (frontend, backend) = (try context.socket(.pull), try context.socket(.push))
      endpoint.give(try frontend.bind("tcp://127.0.0.1:*"))
      bound.signal()
      let start = clock(CLOCK_THREAD_CPUTIME_ID)
      try proxy(frontend: frontend, backend: backend)
      used.give(clock(CLOCK_THREAD_CPUTIME_ID) - start)
    }
    bound.wait()
    let push = try context.socket(.push)
    try push.connect(try endpoint.take())
    for number in 0..<100 { try push.send("\(number)") }
    Thread.sleep(forTimeInterval: 0.5)
    context.shutdown()
    try thread.join()
    XCTAssertLessThan(try used.take(), 0.1, "seconds of the processor, of half a second")
  }

  /// Checks that a proxy whose capture has been connected to meanwhile sleeps.
  private func assertSleepsBesideCapture(control: ProxyControl, _ prepare: (PushSocket) throws -> Void) throws {
    let (context, bound) = (context, DispatchSemaphore(value: 0))
    let used = Handed<Double>()
    let thread = TestThread {
      defer { bound.signal() }
      let (frontend, backend, capture) = (try context.socket(.pull), try context.socket(.push), try context.socket(.push))
      try frontend.bind("inproc://front")
      try backend.bind("inproc://back")
      try capture.bind("inproc://capture")
      bound.signal()
      let start = clock(CLOCK_THREAD_CPUTIME_ID)
      try proxy(frontend: frontend, backend: backend, capture: capture, control: control)
      used.give(clock(CLOCK_THREAD_CPUTIME_ID) - start)
    }
    bound.wait()
    let (push, pull, captured) = (try context.socket(.push), try context.socket(.pull), try context.socket(.pull))
    try pull.connect("inproc://back")
    try push.connect("inproc://front")
    try prepare(push)
    try captured.connect("inproc://capture")
    Thread.sleep(forTimeInterval: 0.5)
    control.resume()
    try push.send("last")
    XCTAssertNotNil(try next(captured))
    XCTAssertNotNil(try next(pull))
    context.shutdown()
    try thread.join()
    XCTAssertLessThan(try used.take(), 0.1, "seconds of the processor, of half a second")
  }

  func testAProxySleepsUntilThereIsAMessageToCapture() throws {
    try assertSleepsBesideCapture(control: ProxyControl()) { _ in }
  }

  func testAPausedProxySleepsWhoseCaptureHasRoomAgain() throws {
    let control = ProxyControl()
    try assertSleepsBesideCapture(control: control) { push in
      try push.send("first")
      // The proxy now waits for the capture.
      letOthersBlock()
      control.pause()
    }
  }
}

/// The time of a clock, in seconds.
private func clock(_ clock: clockid_t) -> Double {
  var time = timespec()
  // SAFETY: one time is written to one time.
  unsafe clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
