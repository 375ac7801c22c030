import XCTest
import ZeroMQ

/// What happens when messages come faster than a peer takes them.
final class HighWaterMarkTests: ZeroMQTestCase {
  private static let transports = [Transport.inproc, .tcp]

  /// More messages than the marks of two sockets and the system's buffers let wait.
  private static let many = 60

  /// A message that the system's buffers hold only few of.
  private static let large = Frame(copying: [UInt8](repeating: 7, count: 500_000))

  /// A socket whose marks are as low as can be.
  private func socket<Kind: TypedSocketKind>(_ kind: Kind) throws -> Socket<Kind> {
    let socket = try context.socket(kind)
    try socket.set(.sendHighWaterMark, to: 1)
    try socket.set(.receiveHighWaterMark, to: 1)
    try socket.set(.sendBufferSize, to: 65_536)
    try socket.set(.receiveBufferSize, to: 65_536)
    return socket
  }

  /// Two connected sockets whose marks are as low as can be.
  private func lowPair<Bound: TypedSocketKind, Connected: TypedSocketKind>(
    _ bound: Bound, _ connected: Connected, over transport: Transport
  ) throws -> (Socket<Bound>, Socket<Connected>) {
    let (first, second) = (try socket(bound), try socket(connected))
    try second.connect(try first.bind(transport.newEndpoint()))
    return (first, second)
  }

  /// How many messages a socket takes before it would block.
  private func capacity(of socket: Socket<some SendingKind>, _ message: Message = "x") throws -> Int {
    (0..<10_000).prefix { _ in (try? socket.sendIfReady(message)) == true }.count
  }

  // The default

  func testDefaultMarkIsAThousandForEveryType() throws {
    for type in SocketType.all {
      let socket = try context.socket(ofType: type)
      XCTAssertEqual(try socket.get(.sendHighWaterMark), 1000, "\(type)")
      XCTAssertEqual(try socket.get(.receiveHighWaterMark), 1000, "\(type)")
    }
  }

  func testAThousandMessagesWaitForAPeerThatIsNotThereYet() throws {
    for transport in Transport.allCases {
      let endpoint = transport == .tcp ? "tcp://127.0.0.1:1" : transport.newEndpoint()
      for type in [SocketType.push, .dealer, .pair] {
        let socket = try context.socket(ofType: type)
        try socket.connect(endpoint)
        XCTAssertEqual(try capacity(of: socket), 1000, "\(type) over \(transport)")
      }
    }
  }

  func testAThousandOfEachEndWaitOverInproc() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    XCTAssertEqual(try capacity(of: push), 2000)
    withExtendedLifetime(pull) {}
  }

  // Who waits

  /// Checks that a sender is refused at the mark, that nothing is lost then, and that it goes on when its peer reads.
  private func assertWaits(
    _ what: String, _ sender: Socket<some SendingKind>, _ receiver: Socket<some ReceivingKind>, envelope: [Frame] = [],
    line: UInt = #line
  ) throws {
    let sent = try capacity(of: sender, Message(envelope + [Self.large]))
    XCTAssertGreaterThan(sent, 0, what, line: line)
    XCTAssertLessThan(sent, Self.many, what, line: line)
    for _ in 0..<sent { XCTAssertEqual(try next(receiver, line: line).last?.count, Self.large.count, what, line: line) }
    XCTAssertTrue(try sender.send(Message(envelope + ["after"]), timeout: Self.patience), what, line: line)
    XCTAssertEqual(try next(receiver, line: line).last, "after", what, line: line)
  }

  func testPUSHWaitsAtTheMark() throws {
    for transport in Self.transports {
      let (pull, push) = try lowPair(.pull, .push, over: transport)
      try assertWaits("\(transport)", push, pull)
    }
  }

  func testDEALERWaitsAtTheMark() throws {
    for transport in Self.transports {
      let (router, dealer) = try lowPair(.router, .dealer, over: transport)
      try assertWaits("\(transport)", dealer, router)
    }
  }

  func testREQWaitsAtTheMark() throws {
    for transport in Self.transports {
      let (router, req) = try lowPair(.router, .req, over: transport)
      // It comes to its mark only where it need not wait for replies.
      try req.set(.reqRelaxed, to: true)
      try assertWaits("\(transport)", req, router)
    }
  }

  func testPAIRWaitsAtTheMark() throws {
    for transport in Self.transports {
      let (bound, connected) = try lowPair(.pair, .pair, over: transport)
      try assertWaits("\(transport)", connected, bound)
    }
  }

  func testROUTERThatMustNotDropWaitsAtTheMark() throws {
    for transport in Self.transports {
      let (router, dealer) = try lowPair(.router, .dealer, over: transport)
      try router.set(.routerMandatory, to: true)
      try dealer.send("Hello")
      try assertWaits("\(transport)", router, dealer, envelope: [try next(router)[0]])
    }
  }

  func testXPUBThatMustNotDropWaitsAtTheMark() throws {
    for transport in Self.transports {
      let (xpub, sub) = try lowPair(.xpub, .sub, over: transport)
      try xpub.set(.xpubNoDrop, to: true)
      try sub.subscribe(to: "")
      XCTAssertEqual(Subscription(try next(xpub)), .subscribe(to: ""))
      try assertWaits("\(transport)", xpub, sub)
    }
  }

  func testSTREAMWaitsAtTheMark() throws {
    let stream = try socket(.stream)
    let peer = try RawTCPClient(try stream.bind("tcp://127.0.0.1:*"))
    let id = try next(stream)[0]
    let sent = try (0..<Self.many).prefix { _ in try stream.send([id, Self.large], timeout: .milliseconds(100)) }.count
    XCTAssertGreaterThan(sent, 0)
    XCTAssertLessThan(sent, Self.many)
    XCTAssertFalse(try stream.sendIfReady([id, Self.large]))
    XCTAssertFalse(peer.hasBeenClosedByPeer)
  }

  func testBlockedSenderGoesOnWhenItsPeerReads() throws {
    for transport in Self.transports {
      let pull = try socket(.pull)
      let (context, endpoint) = (context, try pull.bind(transport.newEndpoint()))
      let sender = TestThread {
        let push = try context.socket(.push)
        try push.set(.sendHighWaterMark, to: 1)
        try push.set(.linger, to: nil)
        try push.connect(endpoint)
        for number in 0..<Self.many { try push.send([Frame("\(number)"), Self.large]) }
      }
      for number in 0..<Self.many { XCTAssertEqual(try next(pull)[0], Frame("\(number)"), "\(transport)") }
      try sender.join()
    }
  }

  // Who drops

  /// Checks that a sender never waits, that its peer misses some of what was sent, and that later messages come again.
  private func assertDrops(
    _ what: String, _ receiver: Socket<some ReceivingKind>, line: UInt = #line, send: (Frame) throws -> Bool
  ) throws {
    for _ in 0..<Self.many { XCTAssertTrue(try send(Self.large), what, line: line) }
    var received = 0
    try waitUntil("a message after the dropped ones", line: line) {
      XCTAssertTrue(try send("after"), what, line: line)
      while let message = try receiver.receive(timeout: .milliseconds(1)) {
        if message.last == "after" { return true }
        received += 1
      }
      return false
    }
    XCTAssertLessThan(received, Self.many, what, line: line)
  }

  func testPUBDropsAtTheMark() throws {
    for transport in Self.transports {
      let (pub, sub) = try lowPair(.pub, .sub, over: transport)
      try sub.subscribe(to: "")
      // A PUB does not say when a subscription has come, so it publishes until it has.
      try waitUntil("the subscription") {
        try pub.send("tick")
        return try sub.receive(timeout: .milliseconds(1)) != nil
      }
      try assertDrops("\(transport)", sub) { try pub.sendIfReady([$0]) }
    }
  }

  func testXPUBDropsAtTheMark() throws {
    for transport in Self.transports {
      let (xpub, sub) = try lowPair(.xpub, .sub, over: transport)
      try sub.subscribe(to: "")
      XCTAssertEqual(Subscription(try next(xpub)), .subscribe(to: ""))
      try assertDrops("\(transport)", sub) { try xpub.sendIfReady([$0]) }
    }
  }

  func testXSUBDropsAtTheMark() throws {
    for transport in Self.transports {
      let (xpub, xsub) = try lowPair(.xpub, .xsub, over: transport)
      // What is sent before the connection is complete is dropped as well.
      try xsub.subscribe(to: "")
      XCTAssertEqual(Subscription(try next(xpub)), .subscribe(to: ""))
      try assertDrops("\(transport)", xpub) { try xsub.sendIfReady([$0]) }
    }
  }

  func testROUTERDropsAtTheMark() throws {
    for transport in Self.transports {
      let (router, dealer) = try lowPair(.router, .dealer, over: transport)
      try dealer.send("Hello")
      let peer = try next(router)[0]
      try assertDrops("\(transport)", dealer) { try router.sendIfReady([peer, $0]) }
    }
  }

  func testREPDropsAtTheMark() throws {
    for transport in Self.transports {
      let (rep, dealer) = try lowPair(.rep, .dealer, over: transport)
      try assertDrops("\(transport)", dealer) { reply in
        XCTAssertTrue(try dealer.send(["", "request"], timeout: Self.patience))
        XCTAssertEqual(try next(rep), "request")
        return try rep.sendIfReady([reply])
      }
    }
  }

  func testSlowSubscriberCostsTheOthersNothing() throws {
    for transport in Self.transports {
      let xpub = try context.socket(.xpub)
      try xpub.set(.xpubVerbose, to: true)
      try xpub.set(.sendHighWaterMark, to: 1)
      let endpoint = try xpub.bind(transport.newEndpoint())
      let (slow, quick) = (try socket(.sub), try context.socket(.sub))
      for socket in [slow, quick] {
        try socket.connect(endpoint)
        try socket.subscribe(to: "")
        XCTAssertEqual(Subscription(try next(xpub)), .subscribe(to: ""))
      }
      for number in 0..<Self.many {
        // Reading the events takes notice of all that the other ends have done.
        _ = try xpub.get(.events)
        try xpub.send([Frame("\(number)"), Self.large])
        XCTAssertEqual(try next(quick)[0], Frame("\(number)"), "\(transport)")
      }
    }
  }

  // How many

  func testMarksOfBothEndsAddUpOverInproc() throws {
    for connectsFirst in [true, false] {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try pull.set(.receiveHighWaterMark, to: 4)
      try push.set(.sendHighWaterMark, to: 3)
      let endpoint = Transport.inproc.newEndpoint()
      if connectsFirst { try push.connect(endpoint) }
      try pull.bind(endpoint)
      if !connectsFirst { try push.connect(endpoint) }
      XCTAssertEqual(try capacity(of: push), 7, connectsFirst ? "connected first" : "bound first")
    }
  }

  func testOneEndWithoutLimitIsEnoughOverInproc() throws {
    for (sending, receiving) in [(0, 4), (3, 0)] {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try pull.set(.receiveHighWaterMark, to: receiving)
      try push.set(.sendHighWaterMark, to: sending)
      try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
      XCTAssertEqual(try capacity(of: push), 10_000)
    }
  }

  func testMarkCountsMessagesNotFrames() throws {
    let push = try context.socket(.push)
    try push.set(.sendHighWaterMark, to: 10)
    try push.connect("tcp://127.0.0.1:1")
    XCTAssertEqual(try capacity(of: push, ["a", "b", "c", "d"]), 10)
  }

  func testMarkIsOfEachPeer() throws {
    for count in 1...3 {
      let push = try context.socket(.push)
      try push.set(.sendHighWaterMark, to: 10)
      for _ in 0..<count { try push.connect("tcp://127.0.0.1:1") }
      XCTAssertEqual(try capacity(of: push), 10 * count)
    }
  }

  func testFullSocketHasRoomAgainWhenHalfIsRead() throws {
    for mark in [2, 10, 100, 1000] {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try pull.set(.receiveHighWaterMark, to: mark / 2)
      try push.set(.sendHighWaterMark, to: mark / 2)
      try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
      XCTAssertEqual(try capacity(of: push), mark)
      for _ in 0..<mark / 2 - 1 { XCTAssertNotNil(try pull.receiveIfReady()) }
      // Reading the events takes notice of all that the other end has done.
      XCTAssertFalse(try push.get(.events).contains(.writable), "mark \(mark): there is room before half is read")
      XCTAssertNotNil(try pull.receiveIfReady())
      XCTAssertTrue(try push.get(.events).contains(.writable), "mark \(mark): there is no room after half was read")
      XCTAssertEqual(try capacity(of: push), mark / 2)
    }
  }

  func testRoomLiesBetweenHalfTheMarkAndTheWhole() throws {
    let mark = 100
    for alreadyRead in 0..<mark {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try pull.set(.receiveHighWaterMark, to: mark / 2)
      try push.set(.sendHighWaterMark, to: mark / 2)
      try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
      // Nothing waits any more, but the sender has not been told of all that was read.
      for _ in 0..<alreadyRead {
        try push.send("read at once")
        XCTAssertNotNil(try pull.receiveIfReady())
      }
      _ = try push.get(.events)
      let room = try capacity(of: push)
      XCTAssertGreaterThan(room, mark / 2, "after \(alreadyRead) messages")
      XCTAssertLessThanOrEqual(room, mark, "after \(alreadyRead) messages")
    }
  }

  // When

  func testMarkSetAfterConnectingHoldsAtOnce() throws {
    for transport in [Transport.tcp, .ipc] {
      for mark in [5, 2000] {
        let push = try context.socket(.push)
        try push.connect(transport == .tcp ? "tcp://127.0.0.1:1" : transport.newEndpoint())
        try push.set(.sendHighWaterMark, to: mark)
        XCTAssertEqual(try capacity(of: push), mark, "\(transport)")
      }
    }
  }

  func testMarkSetAfterConnectingHoldsAtOnceOverInproc() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.receiveHighWaterMark, to: 4)
    try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
    try push.set(.sendHighWaterMark, to: 3)
    XCTAssertEqual(try capacity(of: push), 7)
  }

  func testMarkSetBetweenConnectingAndBindingIsForgottenOverInproc() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.receiveHighWaterMark, to: 4)
    try push.set(.sendHighWaterMark, to: 3)
    let endpoint = Transport.inproc.newEndpoint()
    try push.connect(endpoint)
    try push.set(.sendHighWaterMark, to: 20)
    try pull.bind(endpoint)
    XCTAssertEqual(try capacity(of: push), 7)
  }

  func testMarkLoweredTooLateDropsNothingThatWaits() throws {
    for transport in [Transport.ipc, .inproc] {
      let (pull, push) = (try context.socket(.pull), try context.socket(.push))
      try push.set(.reconnectInterval, to: .milliseconds(10))
      let endpoint = transport.newEndpoint()
      if transport == .inproc { try pull.bind(endpoint) }
      try push.connect(endpoint)
      for number in 0..<100 { try push.send("\(number)") }
      try pull.set(.receiveHighWaterMark, to: 1)
      try push.set(.sendHighWaterMark, to: 1)
      if transport == .ipc {
        XCTAssertFalse(try push.sendIfReady("refused"))
        try pull.bind(endpoint)
      }
      for number in 0..<100 { XCTAssertEqual(try next(pull), Message("\(number)"), "\(transport)") }
      XCTAssertTrue(try push.send("after", timeout: Self.patience))
      XCTAssertEqual(try next(pull), "after", "\(transport)")
    }
  }

  func testMarkRaisedTooLateDoesNotOpenAFullSocket() throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try pull.set(.receiveHighWaterMark, to: 2)
    try push.set(.sendHighWaterMark, to: 2)
    try push.connect(try pull.bind(Transport.inproc.newEndpoint()))
    XCTAssertEqual(try capacity(of: push), 4)
    try push.set(.sendHighWaterMark, to: 20)
    XCTAssertFalse(try push.get(.events).contains(.writable))
    XCTAssertEqual(try capacity(of: push), 0)
  }

  func testOtherOptionsSetAfterConnectingDoNothing() throws {
    let push = try context.socket(.push)
    try push.connect("tcp://127.0.0.1:1")
    try push.set(.immediate, to: true)
    XCTAssertTrue(try push.sendIfReady("taken though nobody is there"))
    try push.set(.conflate, to: true)
    XCTAssertEqual(try capacity(of: push), 999)
  }
}
