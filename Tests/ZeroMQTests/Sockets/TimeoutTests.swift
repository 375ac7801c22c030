import Foundation
import XCTest
import ZeroMQ

final class TimeoutTests: ZeroMQTestCase {
  /// Checks that something takes its time, and not far more.
  private func assertTakes(
    _ time: Duration, file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> Void
  ) rethrows {
    let elapsed = try elapsed(body)
    XCTAssertGreaterThanOrEqual(elapsed, time, file: file, line: line)
    XCTAssertLessThan(elapsed, time + .seconds(5), file: file, line: line)
  }

  func testReceiveGivesNothingWhenItsTimeHasPassed() throws {
    for transport in Transport.allCases {
      let (pull, _) = try pair(.pull, .push, over: transport)
      for time in [Duration.milliseconds(30), .microseconds(1500), .nanoseconds(1), .zero, .seconds(-1)] {
        try assertTakes(Swift.max(time, .zero)) { XCTAssertNil(try pull.receive(timeout: time)) }
      }
    }
  }

  func testSendGivesFalseWhenItsTimeHasPassed() throws {
    let push = try context.socket(.push)
    for time in [Duration.milliseconds(30), .microseconds(1500), .zero, .seconds(-1)] {
      try assertTakes(Swift.max(time, .zero)) { XCTAssertFalse(try push.send("x", timeout: time)) }
    }
  }

  func testSendAtTheHighWaterMarkGivesFalseWhenItsTimeHasPassed() throws {
    for transport in Transport.allCases {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try pull.set(.raw(24), to: 1)
      try push.set(.raw(23), to: 1)
      try push.connect(try pull.bind(transport.newEndpoint()))
      let large = Frame(copying: Array(repeating: 0, count: 4_000_000))
      // The system's own buffers take some as well.
      var sent = 0
      var isSent = true
      while isSent, sent < 100 {
        let time = try elapsed { isSent = try push.send(Message(large), timeout: .milliseconds(30)) }
        if isSent { sent += 1 } else { XCTAssertGreaterThanOrEqual(time, .milliseconds(30)) }
      }
      XCTAssertLessThan(sent, 100)
      for _ in 0..<sent { XCTAssertEqual(try next(pull).first?.count, 4_000_000) }
    }
  }

  func testVeryLongTimeoutIsAllowed() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    XCTAssertTrue(try push.send("x", timeout: .seconds(Int64.max)))
    XCTAssertEqual(try pull.receive(timeout: .seconds(Int64.max)), "x")
  }

  func testMessageThatComesInTimeEndsTheWait() throws {
    for transport in Transport.allCases {
      let pull = try context.socket(.pull)
      let (context, endpoint) = (context, try pull.bind(transport.newEndpoint()))
      let sender = TestThread {
        let push = try context.socket(.push)
        try push.set(.linger, to: nil)
        try push.connect(endpoint)
        letOthersBlock()
        try push.send(["in", "time"])
      }
      XCTAssertEqual(try pull.receive(timeout: .seconds(20)), ["in", "time"])
      try sender.join()
    }
  }

  func testPeerThatComesInTimeEndsTheWait() throws {
    for transport in Transport.allCases {
      let push = try context.socket(.push)
      let (context, endpoint) = (context, try push.bind(transport.newEndpoint()))
      let receiver = TestThread {
        letOthersBlock()
        let pull = try context.socket(.pull)
        try pull.connect(endpoint)
        XCTAssertEqual(try pull.receive(timeout: .seconds(10)), "in time")
      }
      XCTAssertTrue(try push.send("in time", timeout: .seconds(20)))
      try receiver.join()
    }
  }

  func testReceiveIfReadyGivesNothingUntilSomethingIsThere() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      XCTAssertNil(try pull.receiveIfReady())
      try push.send(["a", "b"])
      var message: Message?
      try waitUntil("the delivery") {
        message = try pull.receiveIfReady()
        return message != nil
      }
      XCTAssertEqual(message, ["a", "b"])
      XCTAssertNil(try pull.receiveIfReady())
    }
  }

  func testSendIfReadyGivesFalseWithoutAPeer() throws {
    XCTAssertFalse(try context.socket(.push).sendIfReady("x"))
    XCTAssertFalse(try context.socket(.dealer).sendIfReady("x"))
    XCTAssertFalse(try context.socket(.req).sendIfReady("x"))
    XCTAssertFalse(try context.socket(.pair).sendIfReady("x"))
    XCTAssertTrue(try context.socket(.pub).sendIfReady("x"))
  }

  func testMessageRefusedAtTheHighWaterMarkLeavesNothingBehind() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.raw(24), to: 1)
    try push.set(.raw(23), to: 1)
    try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
    var sent = 0
    while try push.sendIfReady(Message(["\(sent)", "second"])) { sent += 1 }
    for _ in 0..<10 { XCTAssertFalse(try push.sendIfReady(Message(["refused", "second"]))) }
    for number in 0..<sent { XCTAssertEqual(try next(pull), [Frame("\(number)"), "second"]) }
    XCTAssertNil(try pull.receiveIfReady())
    try push.send(["after", "second"])
    XCTAssertEqual(try next(pull), ["after", "second"])
  }

  func testReceiveTimeoutOptionEndsBlockingReceives() throws {
    for transport in Transport.allCases {
      let (pull, push) = try pair(.pull, .push, over: transport)
      try pull.set(.raw(27), to: 30)
      assertTakes(.milliseconds(30)) { assertThrows(.wouldBlock) { _ = try pull.receive() } }
      var frame = UniqueFrame()
      assertTakes(.milliseconds(30)) { assertThrows(.wouldBlock) { try pull.receive(into: &frame) } }
      try push.send("x")
      try pull.set(.raw(27), to: 10_000)
      XCTAssertEqual(try pull.receive(), "x")
    }
  }

  func testSendTimeoutOptionEndsBlockingSends() throws {
    let push = try context.socket(.push)
    try push.set(.raw(28), to: 30)
    assertTakes(.milliseconds(30)) { assertThrows(.wouldBlock) { try push.send("text") } }
    assertTakes(.milliseconds(30)) { assertThrows(.wouldBlock) { try push.send(Message(["a", "b"])) } }
    assertTakes(.milliseconds(30)) { assertThrows(.wouldBlock) { try push.send(UniqueFrame("x"), more: false) } }
  }

  func testTimeoutOfACallOverridesTheOption() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.raw(27), to: 20_000)
    try push.set(.raw(28), to: 20_000)
    try assertTakes(.milliseconds(10)) { XCTAssertNil(try pull.receive(timeout: .milliseconds(10))) }
    try assertTakes(.milliseconds(10)) { XCTAssertFalse(try push.send("x", timeout: .milliseconds(10))) }
  }

  func testTimeoutOptionOfZeroDoesNotWait() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.raw(27), to: 0)
    try push.set(.raw(28), to: 0)
    assertThrows(.wouldBlock) { _ = try pull.receive() }
    assertThrows(.wouldBlock) { try push.send("x") }
  }

  func testTimeoutOptionCanBeTakenBack() throws {
    let pull = try context.socket(.pull)
    let (context, endpoint) = (context, try pull.bind("tcp://127.0.0.1:*"))
    try pull.set(.raw(27), to: 0)
    try pull.set(.raw(27), to: -1)
    let sender = TestThread {
      let push = try context.socket(.push)
      try push.set(.linger, to: nil)
      try push.connect(endpoint)
      letOthersBlock()
      try push.send("late")
    }
    XCTAssertEqual(try pull.receive(), "late")
    try sender.join()
  }

  func testTimeoutOptionSetThroughAViewCounts() throws {
    let pull = try context.socket(.pull)
    try AnySocket(pull).set(.raw(27), to: 10)
    assertThrows(.wouldBlock) { _ = try pull.receive() }
  }

  /// A ROUTER that must not drop, with one peer that is at the high-water mark and one that is not.
  private func halfFullRouter() throws -> (RouterSocket, [DealerSocket]) {
    let router = try context.socket(.router)
    try router.set(.raw(33), to: true)
    try router.set(.raw(23), to: 1)
    let endpoint = try router.bind(Transport.inproc.newEndpoint())
    let dealers = try ["full", "idle"].map { (name: String) in
      let dealer = try context.socket(.dealer)
      try dealer.set(.raw(5), to: name)
      try dealer.set(.raw(24), to: 1)
      try dealer.connect(endpoint)
      try dealer.send("hello")
      _ = try next(router)
      return dealer
    }
    while try router.sendIfReady(Message(["full", "x"])) {}
    return (router, dealers)
  }

  func testSendToOneOfSeveralPeersWaitsForThatPeer() throws {
    let (router, dealers) = try halfFullRouter()
    let before = clock()
    try assertTakes(.milliseconds(300)) { XCTAssertFalse(try router.send(Message(["full", "x"]), timeout: .milliseconds(300))) }
    XCTAssertLessThan(Double(clock() - before) / Double(CLOCKS_PER_SEC), 0.2, "the wait was spent trying again and again")
    try router.send(["idle", "y"])
    XCTAssertEqual(try next(dealers[1]), "y")
  }

  func testSendTimeoutOptionHoldsForOneOfSeveralPeers() throws {
    let (router, dealers) = try halfFullRouter()
    try router.set(.raw(28), to: 100)
    for _ in 0..<2 { assertTakes(.milliseconds(100)) { assertThrows(.wouldBlock) { try router.send(["full", "x"]) } } }
    try router.send(["idle", "y"])
    XCTAssertEqual(try next(dealers[1]), "y")
  }

  func testSendToOneOfSeveralPeersIsDoneWhenThatPeerReads() throws {
    let (router, _) = try halfFullRouter()
    let (context, endpoint, isFull) = (context, try router.bind(Transport.inproc.newEndpoint()), DispatchSemaphore(value: 0))
    let reader = TestThread {
      let dealer = try context.socket(.dealer)
      try dealer.set(.raw(5), to: "reader")
      try dealer.set(.raw(24), to: 1)
      try dealer.connect(endpoint)
      try dealer.send("hello")
      isFull.wait()
      letOthersBlock()
      while try XCTUnwrap(try dealer.receive(timeout: .seconds(10))) != "last" {}
    }
    _ = try next(router)
    while try router.sendIfReady(Message(["reader", "x"])) {}
    isFull.signal()
    XCTAssertTrue(try router.send(Message(["reader", "last"]), timeout: .seconds(10)))
    try reader.join()
  }

  func testPublisherThatMustNotDropWaitsForItsTime() throws {
    let xpub = try context.socket(.xpub)
    try xpub.set(.raw(69), to: true)
    try xpub.set(.raw(23), to: 1)
    let sub = try context.socket(.sub)
    try sub.set(.raw(24), to: 1)
    try sub.connect(try xpub.bind(Transport.inproc.newEndpoint()))
    try sub.subscribe(to: "")
    _ = try next(xpub)
    while try xpub.sendIfReady("x") {}
    let before = clock()
    try assertTakes(.milliseconds(300)) { XCTAssertFalse(try xpub.send("x", timeout: .milliseconds(300))) }
    XCTAssertLessThan(Double(clock() - before) / Double(CLOCKS_PER_SEC), 0.2, "the wait was spent trying again and again")
  }

  func testTimeoutOptionIsAsItWasAfterAWait() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    XCTAssertNil(try pull.receive(timeout: .milliseconds(5)))
    XCTAssertFalse(try push.send("x", timeout: .milliseconds(5)))
    XCTAssertEqual(try pull.get(.raw(27)), -1)
    XCTAssertEqual(try push.get(.raw(28)), -1)
    try pull.set(.raw(27), to: 7)
    XCTAssertNil(try pull.receive(timeout: .milliseconds(5)))
    assertThrows(.wouldBlock) { _ = try pull.receive() }
    XCTAssertEqual(try pull.get(.raw(27)), 7)
  }
}
