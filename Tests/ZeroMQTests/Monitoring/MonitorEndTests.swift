import XCTest
import ZeroMQ

/// A monitor never holds up the end of its context, whoever has it and whatever it is doing.
final class MonitorEndTests: ZeroMQTestCase {
  func testIdleMonitorDoesNotHoldUpTermination() throws {
    let context = try Context(.init(blocky: false))
    let socket = try context.socket(.rep)
    let monitor = try socket.monitor()
    try socket.bind("tcp://127.0.0.1:*")
    socket.close()
    try context.terminate()
    assertThrows(.contextTerminated) { _ = try monitor.receiveIfReady() }
    XCTAssertTrue(monitor.isClosed)
    monitor.close()
  }

  func testMonitorThatHasEndedDoesNotHoldUpTermination() throws {
    let context = try Context(.init(blocky: false))
    let socket = try context.socket(.rep)
    let monitor = try socket.monitor()
    monitor.stop()
    XCTAssertEqual(try monitor.receive(timeout: Self.patience)?.kind, .monitorStopped)
    XCTAssertTrue(monitor.isClosed)
    socket.close()
    try context.terminate()
  }

  func testMonitorThatIsReadDoesNotHoldUpTermination() throws {
    let context = try Context(.init(blocky: false))
    let socket = try context.socket(.rep)
    let monitor = Handover(try socket.monitor())
    let reader = TestThread {
      let monitor = try monitor.take()
      XCTAssertEqual(thrownCode { while try monitor.receive().kind != .monitorStopped {} }, .contextTerminated)
    }
    letOthersBlock()
    let closing = TestThread { try context.terminate() }
    letOthersBlock()
    socket.close()
    try closing.join()
    try reader.join()
  }

  func testMonitorThatIsPolledDoesNotHoldUpTermination() throws {
    let context = try Context(.init(blocky: false))
    let socket = try context.socket(.rep)
    let monitor = Handover(try socket.monitor())
    let reader = TestThread {
      let monitor = try monitor.take()
      var poller = Poller()
      poller.add(monitor)
      let code = thrownCode {
        while true { if try !poller.wait().isEmpty { _ = try monitor.receiveIfReady() } }
      }
      XCTAssertEqual(code, .contextTerminated)
    }
    letOthersBlock()
    let closing = TestThread { try context.terminate() }
    letOthersBlock()
    socket.close()
    try closing.join()
    try reader.join()
  }

  func testMonitorThatATaskReadsDoesNotHoldUpTermination() async throws {
    let context = try Context(.init(blocky: false))
    let socket = try context.socket(.rep)
    let monitor = Handover(try socket.monitor())
    let reader = Task {
      let monitor = try monitor.take()
      for try await event in monitor where event.kind == .monitorStopped { break }
    }
    await Task.yield()
    let closing = Task { try await context.terminate() }
    await Task.yield()
    socket.close()
    try await closing.value
    try await reader.value
  }

  func testLastEventsOfASocketComeBeforeTheEnd() throws {
    let socket = try context.socket(.rep)
    let monitor = try socket.monitor()
    try socket.bind("tcp://127.0.0.1:*")
    socket.close()
    var names: [String] = []
    while names.last != "stopped" {
      switch try XCTUnwrap(try monitor.receive(timeout: Self.patience)).kind {
      case .listening: names.append("listening")
      case .closed: names.append("closed")
      case .monitorStopped: names.append("stopped")
      case let other: names.append("\(other)")
      }
    }
    XCTAssertEqual(names, ["listening", "closed", "stopped"])
  }

  func testReadersOfClosedSocketsAreFreeAgain() throws {
    let context = try Context(.init(maximumSockets: 20, blocky: false))
    for number in 0..<300 {
      // Closing takes effect in the background.
      waitUntil("a free slot") {
        thrownCode {
          let socket = try context.socket(.rep)
          let monitor = try socket.monitor()
          try socket.bind("tcp://127.0.0.1:*")
          socket.close()
          if number % 2 == 0 { monitor.close() }
        } == nil
      }
    }
    try context.terminate()
  }

  func testContextIsReleasedWithMonitorsOfClosedSockets() throws {
    weak var released: Context?
    do {
      let context = try Context(.init(blocky: false))
      released = context
      let socket = try context.socket(.rep)
      let monitor = try socket.monitor()
      try socket.bind("tcp://127.0.0.1:*")
      socket.close()
      monitor.close()
    }
    XCTAssertNil(released)
  }
}
