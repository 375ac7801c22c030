import Foundation
import XCTest
import ZeroMQ

/// Stopping, closing and dropping, in every order: nothing hangs, and nothing is harmed.
final class MonitorStoppingTests: MonitorTestCase {
  override var deadline: Duration { .seconds(120) }

  /// A socket that is monitored, and what may be done to the two.
  private final class Monitored {
    let context: Context
    var socket: RepSocket?
    var monitor: Monitor?

    init(unread: Int) throws {
      context = try Context(.init(blocky: false))
      let socket = try context.socket(.rep)
      monitor = try socket.monitor()
      self.socket = socket
      // Something that goes on reporting events from another thread meanwhile.
      try socket.set(.reconnectInterval, to: .milliseconds(1))
      try socket.connect("tcp://127.0.0.1:1")
      let endpoint = try socket.bind("tcp://127.0.0.1:*")
      // Each reports two events: the failure, and the end of what tried.
      for _ in 0..<unread / 2 { _ = thrownCode { try socket.bind(endpoint) } }
    }

    func run(_ step: Step) {
      switch step {
      case .stopMonitor: monitor?.stop()
      case .closeMonitor: monitor?.close()
      case .dropMonitor: monitor = nil
      case .stopAtSocket: socket?.stopMonitor()
      case .closeSocket: socket?.close()
      case .dropSocket: socket = nil
      case .shutDown: context.shutdown()
      }
    }
  }

  private enum Step: CaseIterable {
    case stopMonitor, closeMonitor, dropMonitor, stopAtSocket, closeSocket, dropSocket, shutDown
  }

  /// Does something on a thread of its own, which must come to its end.
  private func assertEnds(
    _ what: String, file: StaticString = #filePath, line: UInt = #line, _ body: @escaping @Sendable () throws -> Void
  ) throws {
    try TestThread(body).join(within: .seconds(30), file: file, line: line)
  }

  private func permutations(_ steps: [Step]) -> [[Step]] {
    if steps.isEmpty { return [[]] }
    return steps.flatMap { first in permutations(steps.filter { $0 != first }).map { [first] + $0 } }
  }

  private func assertEveryOrderEnds(_ steps: [Step], unread: Int) throws {
    for order in permutations(steps) {
      try assertEnds("\(order)") {
        let monitored = try Monitored(unread: unread)
        for step in order { monitored.run(step) }
        monitored.run(.dropMonitor)
        monitored.run(.dropSocket)
        try monitored.context.terminate()
      }
    }
  }

  func testEveryOrderOfStoppingAndClosing() throws {
    try assertEveryOrderEnds([.stopMonitor, .closeMonitor, .stopAtSocket, .closeSocket], unread: 0)
  }

  func testEveryOrderOfDroppingAndShuttingDown() throws {
    try assertEveryOrderEnds([.dropMonitor, .dropSocket, .shutDown, .stopAtSocket], unread: 0)
  }

  func testEveryOrderOfShuttingDownAndClosing() throws {
    try assertEveryOrderEnds([.closeMonitor, .closeSocket, .shutDown, .stopMonitor], unread: 0)
  }

  func testEveryOrderWithManyUnreadEvents() throws {
    try assertEveryOrderEnds([.closeMonitor, .dropSocket, .shutDown], unread: 10_000)
  }

  func testEveryOneStepWithManyUnreadEvents() throws {
    for step in Step.allCases { try assertEveryOrderEnds([step], unread: 10_000) }
  }

  func testManyUnreadEventsAreKept() throws {
    let socket = try context.socket(.rep)
    let monitor = try socket.monitor([.bindFailed])
    let endpoint = try socket.bind("tcp://127.0.0.1:*")
    for _ in 0..<10_000 { XCTAssertEqual(thrownCode { try socket.bind(endpoint) }, .addressInUse) }
    socket.close()
    // A bind whose reason got lost on its way to the monitor was made again, so there may be a few more.
    var (count, last) = (0, try monitor.receive().kind)
    while last == .bindFailed(.addressInUse) { (count, last) = (count + 1, try monitor.receive().kind) }
    XCTAssertEqual(last, .monitorStopped)
    XCTAssertGreaterThanOrEqual(count, 10_000)
    assertThrows(.notSocket) { _ = try monitor.receive() }
    assertThrows(.notSocket) { _ = try monitor.receiveIfReady() }
    assertThrows(.notSocket) { _ = try monitor.receive(timeout: .seconds(20)) }
    XCTAssertTrue(monitor.isClosed)
  }

  func testASocketServesOnAfterItsMonitorIsDropped() throws {
    for transport in [Transport.tcp, .ipc] {
      let server = try context.socket(.rep)
      do {
        let monitor = try server.monitor()
        XCTAssertFalse(monitor.isClosed)
      }
      let endpoint = try server.bind(transport.newEndpoint())
      for _ in 0..<20 {
        let client = try context.socket(.req)
        try client.connect(endpoint)
        try client.send("Hello")
        XCTAssertEqual(try next(server), "Hello")
        try server.send("World")
        XCTAssertEqual(try next(client), "World")
      }
    }
  }

  func testASocketServesOnAfterItsMonitorIsClosedAmidEvents() throws {
    let server = try context.socket(.rep)
    let client = try context.socket(.req)
    try server.set(.reconnectInterval, to: .milliseconds(1))
    try server.connect(try freeEndpoint())
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    for _ in 0..<100 {
      let monitor = try server.monitor()
      try client.send("Hello")
      XCTAssertEqual(try next(server), "Hello")
      monitor.close()
      XCTAssertTrue(monitor.isClosed)
      try server.send("World")
      XCTAssertEqual(try next(client), "World")
    }
  }

  func testReceivingFromAClosedMonitorIsRefused() throws {
    let socket = try context.socket(.rep)
    let monitor = try socket.monitor()
    monitor.close()
    monitor.close()
    monitor.stop()
    assertThrows(.notSocket) { _ = try monitor.receive() }
    assertThrows(.notSocket) { _ = try monitor.waitForConnection(timeout: .seconds(20)) }
    var poller = Poller()
    poller.add(monitor)
    assertThrows(.notSocket) { _ = try poller.wait(timeout: .seconds(20)) }
  }

  func testShutdownWakesWhoReads() throws {
    let context = context
    let socket = try context.socket(.rep)
    let handover = Handover(try socket.monitor())
    let started = DispatchSemaphore(value: 0)
    let reader = TestThread {
      let monitor = try handover.take()
      started.signal()
      XCTAssertEqual(thrownCode { while true { _ = try monitor.receive() } }, .contextTerminated)
    }
    started.wait()
    letOthersBlock()
    context.shutdown()
    try reader.join()
  }

  func testClosingTheSocketWakesWhoReads() throws {
    let socket = try context.socket(.rep)
    let handover = Handover(try socket.monitor())
    let started = DispatchSemaphore(value: 0)
    let reader = TestThread {
      let monitor = try handover.take()
      started.signal()
      XCTAssertEqual(try monitor.receive().kind, .monitorStopped)
    }
    started.wait()
    letOthersBlock()
    socket.close()
    try reader.join()
  }

  func testBothEndsGoAtOnceOnTwoThreads() throws {
    for round in 0..<200 {
      let server = try context.socket(.rep)
      let monitor = Handover(try server.monitor())
      try server.set(.reconnectInterval, to: .milliseconds(1))
      try server.connect("tcp://127.0.0.1:1")
      try server.bind("tcp://127.0.0.1:*")
      let socket = Handover(server)
      let gate = DispatchSemaphore(value: 0)
      let threads = [
        TestThread {
          let socket = try socket.take()
          gate.wait()
          switch round % 3 {
          case 0: socket.close()
          case 1: socket.stopMonitor()
          default: break
          }
        },
        TestThread {
          let monitor = try monitor.take()
          gate.wait()
          switch round % 2 {
          case 0: monitor.close()
          default: monitor.stop()
          }
        },
      ]
      for _ in threads { gate.signal() }
      for thread in threads { try thread.join() }
    }
  }

  func testMonitorsAreReplacedWhileOthersGo() throws {
    let server = try context.socket(.rep)
    try server.set(.reconnectInterval, to: .milliseconds(1))
    try server.connect("tcp://127.0.0.1:1")
    var threads: [TestThread] = []
    for _ in 0..<50 {
      let monitor = Handover(try server.monitor())
      threads.append(
        TestThread {
          let monitor = try monitor.take()
          _ = try monitor.receive(timeout: .milliseconds(1))
          monitor.stop()
        })
    }
    for thread in threads { try thread.join() }
    try server.bind("tcp://127.0.0.1:*")
  }

  func testSocketsOfATerminatingContextAreMonitoredNoLonger() throws {
    for _ in 0..<20 {
      let context = try Context(.init(blocky: false))
      let started = DispatchSemaphore(value: 0)
      let user = TestThread {
        let socket = try context.socket(.rep)
        try socket.set(.reconnectInterval, to: .milliseconds(1))
        try socket.connect("tcp://127.0.0.1:1")
        started.signal()
        let code = thrownCode { while true { _ = try socket.monitor().receiveIfReady() } }
        // libzmq closes sockets later than monitors are made here.
        XCTAssertTrue(code == .contextTerminated || code == .tooManyOpenFiles, "\(String(describing: code))")
      }
      started.wait()
      try assertEnds("terminating") { try context.terminate() }
      try user.join()
    }
  }
}
