import Foundation
import XCTest
import ZeroMQ

final class ProxyEndTests: ControlledProxyTestCase {
  /// How a proxy is made to return.
  private enum Ending: CaseIterable { case termination, shutdown }

  /// Makes a proxy return, promptly.
  private func end(_ running: ControlledProxy, by ending: Ending, line: UInt = #line) throws {
    let time = try elapsed {
      switch ending {
      case .termination: running.control.terminate()
      case .shutdown: current.shutdown()
      }
      try running.thread.join(line: line)
    }
    XCTAssertLessThan(time, .seconds(5), line: line)
  }

  private func eachEnding(_ body: (Transport, Ending) throws -> Void) throws {
    for ending in Ending.allCases { try overEachTransport { try body($0, ending) } }
  }

  func testIdleProxyEnds() throws {
    try eachEnding { transport, ending in
      let running = try startProxy(.router, .dealer, over: transport)
      letOthersBlock()
      try end(running, by: ending)
    }
  }

  func testPausedProxyEnds() throws {
    try eachEnding { transport, ending in
      let running = try startProxy(.pull, .push, over: transport)
      let (push, pull) = try connect(to: running)
      try push.send("0")
      try assertNumbers(0..<1, from: pull)
      running.control.pause()
      try push.send("1")
      letOthersBlock()
      try end(running, by: ending)
    }
  }

  func testProxyWithoutRoomEnds() throws {
    try eachEnding { transport, ending in
      let running = try startProxy(.pull, .push, over: transport, mark: 10)
      let push = try current.socket(.push)
      try push.set(.sendHighWaterMark, to: 10)
      try push.connect(running.frontend)
      // No consumer has come, so that the backend takes nothing.
      _ = try push.sendIfReady("0")
      letOthersBlock()
      try end(running, by: ending)
    }
  }

  func testProxyUnderLoadEnds() throws {
    try eachEnding { transport, ending in
      let running = try startProxy(.pull, .push, over: transport)
      let context = current
      let sender = TestThread {
        let push = try context.socket(.push)
        try push.connect(running.frontend)
        // Until the proxy is gone, or its context.
        while let isSent = try? push.send("load", timeout: .milliseconds(200)), isSent {}
      }
      let receiver = TestThread {
        let pull = try context.socket(.pull)
        try pull.connect(running.backend)
        while let message = try? pull.receive(timeout: .milliseconds(500)) { XCTAssertEqual(message, "load") }
      }
      waitUntil("some load") { running.control.statistics.backend.messagesSent > 5000 }
      try end(running, by: ending)
      try sender.join()
      try receiver.join()
    }
  }

  func testTerminationBeforeTheStartMakesTheProxyReturnAtOnce() throws {
    let (pull, push, control) = (try current.socket(.pull), try current.socket(.push), ProxyControl())
    control.terminate()
    try proxy(frontend: pull, backend: push, control: control)
    try proxy(frontend: pull, backend: push, control: control)
    XCTAssertEqual(control.statistics, ProxyStatistics())
  }

  func testProxyOfAContextThatIsShutDownReturnsAtOnce() throws {
    let (pull, push) = (try current.socket(.pull), try current.socket(.push))
    current.shutdown()
    try proxy(frontend: pull, backend: push, control: ProxyControl())
  }

  func testControlOfAnEndedProxyMayBeUsedAsBefore() throws {
    let running = try startProxy(.pull, .push, over: .inproc)
    try running.end()
    running.control.pause()
    running.control.resume()
    running.control.terminate()
    XCTAssertEqual(running.control.statistics, ProxyStatistics())
  }

  func testShutdownOfEitherSocketsContextEndsAProxyThatIsHeldUp() throws {
    for side in 0..<2 {
      let contexts = [try Context(Context.Configuration(blocky: false)), try Context(Context.Configuration(blocky: false))]
      let bound = DispatchSemaphore(value: 0)
      let endpoint = Handed<String>()
      let thread = TestThread {
        defer { bound.signal() }
        let (front, back) = (try contexts[0].socket(.pull), try contexts[1].socket(.push))
        endpoint.give(try front.bind("tcp://127.0.0.1:*"))
        bound.signal()
        try proxy(frontend: front, backend: back, control: ProxyControl())
      }
      bound.wait()
      let push = try current.socket(.push)
      try push.connect(try endpoint.take())
      try push.send("held up")
      letOthersBlock()
      contexts[side].shutdown()
      try thread.join()
    }
  }

  func testTerminatingTheContextEndsAProxyWhoseSocketsAreClosedAfterwards() throws {
    let running = try startProxy(.xsub, .xpub, over: .tcp)
    try current.terminate()
    try running.thread.join()
  }
}
