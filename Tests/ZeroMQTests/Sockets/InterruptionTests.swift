import Foundation
import XCTest
import ZeroMQ

final class InterruptionTests: ZeroMQTestCase {
  private static let time = Duration.milliseconds(200)

  /// Checks that something takes its time in spite of signals, and does not begin it anew after each.
  private func assertTakesItsTime(
    file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Void
  ) throws {
    var time = Duration.zero
    try SignalStorm.around(file: file, line: line) { time = try elapsed(body) }
    XCTAssertGreaterThanOrEqual(time, Self.time, file: file, line: line)
    XCTAssertLessThan(time, Self.time + .seconds(3), file: file, line: line)
  }

  func testReceiveTimeoutOptionCountsTheWholeTime() throws {
    for transport in Transport.allCases {
      let (pull, _) = try pair(.pull, .push, over: transport)
      try pull.set(.raw(27), to: 200)
      try assertTakesItsTime { assertThrows(.wouldBlock) { _ = try pull.receive() } }
    }
  }

  func testReceiveTimeoutOptionCountsTheWholeTimeForFrames() throws {
    let pull = try context.socket(.pull)
    try pull.set(.raw(27), to: 200)
    try assertTakesItsTime {
      var frame = UniqueFrame()
      assertThrows(.wouldBlock) { try pull.receive(into: &frame) }
    }
  }

  func testSendTimeoutOptionCountsTheWholeTime() throws {
    let push = try context.socket(.push)
    try push.set(.raw(28), to: 200)
    try assertTakesItsTime { assertThrows(.wouldBlock) { try push.send("x") } }
    try assertTakesItsTime { assertThrows(.wouldBlock) { try push.send(Message(["x", "y"])) } }
  }

  func testReceiveWithTimeoutCountsTheWholeTime() throws {
    let pull = try context.socket(.pull)
    try assertTakesItsTime { XCTAssertNil(try pull.receive(timeout: Self.time)) }
  }

  func testSendWithTimeoutCountsTheWholeTime() throws {
    let push = try context.socket(.push)
    try assertTakesItsTime { XCTAssertFalse(try push.send("x", timeout: Self.time)) }
  }

  func testPollerCountsTheWholeTime() throws {
    let pull = try context.socket(.pull)
    var poller = Poller()
    poller.add(pull, for: .readable)
    try assertTakesItsTime { XCTAssertTrue(try poller.wait(timeout: Self.time).isEmpty) }
  }

  func testBlockedReceiveGoesOnAfterSignals() throws {
    for transport in Transport.allCases {
      let pull = try context.socket(.pull)
      let (context, endpoint) = (context, try pull.bind(transport.newEndpoint()))
      let sender = TestThread {
        let push = try context.socket(.push)
        try push.set(.linger, to: nil)
        try push.connect(endpoint)
        for number in 0..<20 {
          Thread.sleep(forTimeInterval: 0.005)
          try push.send(["\(number)", "second"])
        }
      }
      try SignalStorm.around {
        for number in 0..<20 { XCTAssertEqual(try pull.receive(), [Frame("\(number)"), "second"]) }
      }
      try sender.join()
    }
  }

  func testBlockedSendGoesOnAfterSignals() throws {
    for transport in Transport.allCases {
      let push = try context.socket(.push)
      let (context, endpoint) = (context, try push.bind(transport.newEndpoint()))
      let receiver = TestThread {
        Thread.sleep(forTimeInterval: 0.05)
        let pull = try context.socket(.pull)
        try pull.connect(endpoint)
        XCTAssertEqual(try pull.receive(timeout: .seconds(10)), ["at", "last"])
      }
      try SignalStorm.around { try push.send(["at", "last"]) }
      try receiver.join()
    }
  }

  func testProxyGoesOnAfterSignals() throws {
    let context = context
    let (frontend, backend) = (try context.socket(.pull), try context.socket(.push))
    let (entrance, exit) = (try frontend.bind("tcp://127.0.0.1:*"), try backend.bind("tcp://127.0.0.1:*"))
    let client = TestThread {
      defer { context.shutdown() }
      let (push, pull) = (try context.socket(.push), try context.socket(.pull))
      try push.connect(entrance)
      try pull.connect(exit)
      for number in 0..<20 {
        Thread.sleep(forTimeInterval: 0.005)
        try push.send(["\(number)", "second"])
        XCTAssertEqual(try pull.receive(timeout: .seconds(10)), [Frame("\(number)"), "second"])
      }
    }
    try SignalStorm.around { try proxy(frontend: frontend, backend: backend) }
    try client.join()
  }

  func testCallsThrowWhereTheContextIsConfiguredSo() throws {
    let context = try Context(.init(blocky: false, interruption: .throw))
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try SignalStorm.around {
      assertThrows(.interrupted) { _ = try pull.receive() }
      assertThrows(.interrupted) { _ = try pull.receive(timeout: .seconds(20)) }
      assertThrows(.interrupted) { try push.send("x") }
      assertThrows(.interrupted) { try push.send(Message(["x", "y"])) }
      assertThrows(.interrupted) { _ = try push.send("x", timeout: .seconds(20)) }
      var poller = Poller()
      poller.add(pull, for: .readable)
      assertThrows(.interrupted) { _ = try poller.wait(timeout: .seconds(20)) }
      assertThrows(.interrupted) { try proxy(frontend: pull, backend: push) }
    }
  }

  func testCallsWithTimeoutOptionThrowWhereTheContextIsConfiguredSo() throws {
    let context = try Context(.init(blocky: false, interruption: .throw))
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.raw(27), to: 20_000)
    try push.set(.raw(28), to: 20_000)
    try SignalStorm.around {
      assertThrows(.interrupted) { _ = try pull.receive() }
      assertThrows(.interrupted) { try push.send("x") }
    }
  }

  func testInterruptedCallsLoseNothing() throws {
    let context = try Context(.init(blocky: false, interruption: .throw))
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try push.connect(try pull.bind("tcp://127.0.0.1:*"))
    try SignalStorm.around {
      for number in 0..<200 {
        while thrownCode({ try push.send(["\(number)", "second"]) }) == .interrupted {}
        var message: Message?
        while thrownCode({ message = try pull.receive(timeout: .seconds(10)) }) == .interrupted {}
        XCTAssertEqual(message, [Frame("\(number)"), "second"])
      }
    }
    XCTAssertNil(try pull.receiveIfReady())
  }
}
