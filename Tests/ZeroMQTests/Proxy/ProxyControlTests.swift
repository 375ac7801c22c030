import Foundation
import XCTest
import ZeroMQ

/// A proxy that runs on a thread of its own, between two bound sockets.
struct ControlledProxy {
  let frontend: String
  let backend: String
  let control: ProxyControl
  let thread: TestThread

  /// Checks that the proxy returns without an error when it is told to.
  func end(file: StaticString = #filePath, line: UInt = #line) throws {
    control.terminate()
    try thread.join(file: file, line: line)
  }
}

/// A test of proxies that a control steers.
class ControlledProxyTestCase: ZeroMQTestCase {
  /// The context of the transport at hand.
  private(set) lazy var current = context

  /// Does something over each transport, with a context of its own.
  func overEachTransport(_ body: (Transport) throws -> Void) throws {
    for transport in Transport.allCases {
      current = try Context(Context.Configuration(blocky: false))
      try body(transport)
    }
  }

  /// Starts a proxy.
  ///
  /// - Parameters:
  ///   - mark: the high-water mark of its sockets.
  ///   - run: runs the proxy, with what belongs to it before and after.
  func startProxy<Frontend: ProxyingKind & TypedSocketKind>(
    _ frontend: Frontend, _ backend: Frontend.ProxyPeer, over transport: Transport, control: ProxyControl = ProxyControl(),
    mark: Int = 1000,
    run: @escaping @Sendable (Context, Socket<Frontend>, Socket<Frontend.ProxyPeer>, ProxyControl) throws -> Void = {
      try proxy(frontend: $1, backend: $2, control: $3)
    }
  ) throws -> ControlledProxy where Frontend.ProxyPeer: TypedSocketKind {
    let (context, bound) = (current, DispatchSemaphore(value: 0))
    let endpoints = Handed<(String, String)>()
    let thread = TestThread {
      defer { bound.signal() }
      let (front, back) = (try context.socket(frontend), try context.socket(backend))
      for socket in [AnySocket(front), AnySocket(back)] {
        try socket.set(.sendHighWaterMark, to: mark)
        try socket.set(.receiveHighWaterMark, to: mark)
      }
      endpoints.give((try front.bind(transport.newEndpoint()), try back.bind(transport.newEndpoint())))
      bound.signal()
      try run(context, front, back, control)
    }
    bound.wait()
    let (front, back) = try endpoints.take()
    return ControlledProxy(frontend: front, backend: back, control: control, thread: thread)
  }

  /// A producer and a consumer at a proxy's two ends.
  func connect(to running: ControlledProxy, mark: Int = 1000) throws -> (PushSocket, PullSocket) {
    let (push, pull) = (try current.socket(.push), try current.socket(.pull))
    try push.set(.sendHighWaterMark, to: mark)
    try pull.set(.receiveHighWaterMark, to: mark)
    try push.connect(running.frontend)
    try pull.connect(running.backend)
    return (push, pull)
  }

  /// Checks that the next messages bear these numbers.
  func assertNumbers(_ numbers: Range<Int>, from pull: PullSocket, file: StaticString = #filePath, line: UInt = #line) throws {
    for number in numbers { XCTAssertEqual(try next(pull, file: file, line: line), Message("\(number)"), file: file, line: line) }
  }

  /// Sends numbers, from zero on, until the socket takes no more for a while.
  func fill(_ push: PushSocket, file: StaticString = #filePath, line: UInt = #line) throws -> Int {
    for number in 0..<100_000 where try !push.send(Message("\(number)"), timeout: .milliseconds(100)) { return number }
    XCTFail("nothing held up the sender", file: file, line: line)
    return 0
  }
}

final class ProxyControlTests: ControlledProxyTestCase {
  private func assertRequestsAreAnswered(_ entrance: String, _ exit: String, line: UInt = #line) throws {
    let (client, server) = (try current.socket(.req), try current.socket(.rep))
    try client.connect(entrance)
    try server.connect(exit)
    for number in 0..<10 {
      try client.send(["question", "", "\(number)"])
      XCTAssertEqual(try next(server, line: line), ["question", "", Frame("\(number)")], line: line)
      try server.send(["answer", "\(number)"])
      XCTAssertEqual(try next(client, line: line), ["answer", Frame("\(number)")], line: line)
    }
  }

  func testRequestsAndRepliesPassRouterAndDealer() throws {
    try overEachTransport { transport in
      let running = try startProxy(.router, .dealer, over: transport)
      try assertRequestsAreAnswered(running.frontend, running.backend)
      try running.end()
    }
  }

  func testRequestsAndRepliesPassDealerAndRouter() throws {
    try overEachTransport { transport in
      let running = try startProxy(.dealer, .router, over: transport)
      try assertRequestsAreAnswered(running.backend, running.frontend)
      try running.end()
    }
  }

  private func assertPublicationsArrive(from entrance: String, at exit: String, line: UInt = #line) throws {
    let (xpub, sub) = (try current.socket(.xpub), try current.socket(.sub))
    try xpub.connect(entrance)
    try sub.connect(exit)
    try sub.subscribe(to: "A")
    XCTAssertEqual(Subscription(try next(xpub, line: line)), .subscribe(to: "A"), line: line)
    for number in 0..<10 {
      try xpub.send(["B", "not wanted"])
      try xpub.send(["A", "\(number)"])
    }
    for number in 0..<10 { XCTAssertEqual(try next(sub, line: line), ["A", Frame("\(number)")], line: line) }
    try sub.unsubscribe(from: "A")
    XCTAssertEqual(Subscription(try next(xpub, line: line)), .unsubscribe(from: "A"), line: line)
  }

  func testPublicationsAndSubscriptionsPassXSubAndXPub() throws {
    try overEachTransport { transport in
      let running = try startProxy(.xsub, .xpub, over: transport)
      try assertPublicationsArrive(from: running.frontend, at: running.backend)
      try running.end()
    }
  }

  func testPublicationsAndSubscriptionsPassXPubAndXSub() throws {
    try overEachTransport { transport in
      let running = try startProxy(.xpub, .xsub, over: transport)
      try assertPublicationsArrive(from: running.backend, at: running.frontend)
      try running.end()
    }
  }

  func testWorkFlowsThroughPushAndPull() throws {
    try overEachTransport { transport in
      let running = try startProxy(.push, .pull, over: transport)
      let (push, pull) = (try current.socket(.push), try current.socket(.pull))
      try push.connect(running.backend)
      try pull.connect(running.frontend)
      for number in 0..<100 { try push.send("\(number)") }
      try assertNumbers(0..<100, from: pull)
      try running.end()
    }
  }

  func testLargeMessagesOfManyFramesPassWhole() throws {
    try overEachTransport { transport in
      let running = try startProxy(.pull, .push, over: transport)
      let (push, pull) = try connect(to: running)
      let message = Message((0..<50).map { Frame(copying: Array(repeating: UInt8($0), count: $0 * 1000)) })
      for _ in 0..<3 { try push.send(message) }
      for _ in 0..<3 { XCTAssertEqual(try next(pull), message) }
      try running.end()
      XCTAssertEqual(running.control.statistics.backend, .init(messagesSent: 3, bytesSent: 3 * 1_225_000))
    }
  }

  func testPausedProxyForwardsNothingUntilItIsResumed() throws {
    try overEachTransport { transport in
      let running = try startProxy(.pull, .push, over: transport)
      let (push, pull) = try connect(to: running)
      for number in 0..<10 { try push.send("\(number)") }
      try assertNumbers(0..<10, from: pull)
      running.control.pause()
      XCTAssertTrue(running.control.isPaused)
      for number in 10..<200 { try push.send("\(number)") }
      XCTAssertNil(try pull.receive(timeout: .milliseconds(50)))
      XCTAssertEqual(running.control.statistics.frontend.messagesReceived, 10)
      running.control.resume()
      XCTAssertFalse(running.control.isPaused)
      try assertNumbers(10..<200, from: pull)
      try running.end()
    }
  }

  func testNothingIsForwardedAfterPauseHasReturnedUnderLoad() throws {
    try overEachTransport { transport in
      let running = try startProxy(.pull, .push, over: transport)
      let (count, context, hasArrived) = (30_000, current, DispatchSemaphore(value: 0))
      let sender = TestThread {
        let push = try context.socket(.push)
        try push.connect(running.frontend)
        for number in 0..<count { try push.send("\(number)") }
        // libzmq: over ipc the tail may be lost if the sender closes while the receiver is at its high-water mark.
        hasArrived.wait()
      }
      let pauser = TestThread {
        for _ in 0..<50 {
          running.control.pause()
          let statistics = running.control.statistics
          usleep(500)
          XCTAssertEqual(running.control.statistics, statistics)
          running.control.resume()
          usleep(500)
        }
      }
      let pull = try current.socket(.pull)
      try pull.connect(running.backend)
      try assertNumbers(0..<count, from: pull)
      hasArrived.signal()
      try pauser.join()
      try sender.join()
      try running.end()
      XCTAssertEqual(running.control.statistics.frontend.messagesReceived, UInt64(count))
    }
  }

  func testProxyMayStartPaused() throws {
    let control = ProxyControl()
    control.pause()
    let running = try startProxy(.pull, .push, over: .tcp, control: control)
    let (push, pull) = try connect(to: running)
    try push.send("0")
    XCTAssertNil(try pull.receive(timeout: .milliseconds(50)))
    control.resume()
    try assertNumbers(0..<1, from: pull)
    try running.end()
  }

  func testStatisticsCountMessagesAndBytesOfBothWays() throws {
    try overEachTransport { transport in
      let running = try startProxy(.router, .dealer, over: transport)
      XCTAssertEqual(running.control.statistics, ProxyStatistics())
      let (client, server) = (try current.socket(.req), try current.socket(.rep))
      try client.set(.routingID, to: "client")
      try client.connect(running.frontend)
      try server.connect(running.backend)
      for _ in 0..<7 {
        try client.send("question")
        _ = try next(server)
        try server.send(["two", "frames"])
        _ = try next(client)
      }
      running.control.pause()
      // Beside the payload, the routing ID and the empty delimiter.
      let (question, answer) = (UInt64(7 * (6 + 8)), UInt64(7 * (6 + 9)))
      XCTAssertEqual(
        running.control.statistics,
        ProxyStatistics(
          frontend: .init(messagesReceived: 7, bytesReceived: question, messagesSent: 7, bytesSent: answer),
          backend: .init(messagesReceived: 7, bytesReceived: answer, messagesSent: 7, bytesSent: question)))
      let statistics = running.control.statistics
      try running.end()
      XCTAssertEqual(running.control.statistics, statistics)
    }
  }

  func testControlSteersOneProxyAtATime() throws {
    let running = try startProxy(.pull, .push, over: .inproc)
    let (push, pull) = try connect(to: running)
    try push.send("0")
    try assertNumbers(0..<1, from: pull)
    let (front, back) = (try current.socket(.router), try current.socket(.dealer))
    let error = assertThrows(.operationInProgress) { try proxy(frontend: front, backend: back, control: running.control) }
    XCTAssertEqual(error?.subject, "(its control steers another proxy)")
    try push.send("1")
    try assertNumbers(1..<2, from: pull)
    try running.end()
  }

  func testClosedSocketIsRefused() throws {
    let (pull, push, capture) = (try current.socket(.pull), try current.socket(.push), try current.socket(.pub))
    let control = ProxyControl()
    capture.close()
    let error = assertThrows(.notSocket) { try proxy(frontend: pull, backend: push, capture: capture, control: control) }
    XCTAssertEqual(error?.operation, "proxy")
    push.close()
    assertThrows(.notSocket) { try proxy(frontend: pull, backend: push, control: control) }
    assertThrows(.notSocket) { try proxy(frontend: push, backend: pull, control: control) }
  }

  func testNoCaptureMayBeSaidInTwoWays() throws {
    let (pull, push, control) = (try current.socket(.pull), try current.socket(.push), ProxyControl())
    control.terminate()
    try proxy(frontend: pull, backend: push, capture: nil, control: control)
    let none: PushSocket? = nil
    try proxy(frontend: pull, backend: push, capture: none, control: control)
  }

  func testSignalsDoNotDisturbAProxy() throws {
    let (front, back, control) = (try current.socket(.pull), try current.socket(.push), ProxyControl())
    let (entrance, exit) = (try front.bind("tcp://127.0.0.1:*"), try back.bind("tcp://127.0.0.1:*"))
    let context = current
    let user = TestThread {
      defer { control.terminate() }
      let (push, pull) = (try context.socket(.push), try context.socket(.pull))
      try push.connect(entrance)
      try pull.connect(exit)
      for number in 0..<200 {
        try push.send("\(number)")
        usleep(200)
        XCTAssertEqual(try pull.receive(timeout: ZeroMQTestCase.patience), Message("\(number)"))
      }
    }
    try SignalStorm.around { try proxy(frontend: front, backend: back, control: control) }
    try user.join()
    XCTAssertEqual(control.statistics.frontend.messagesReceived, 200)
  }

  func testInterruptedProxyMayBeContinuedWithTheSameControl() throws {
    let context = try Context(Context.Configuration(blocky: false, interruption: .throw))
    let (front, back, control) = (try context.socket(.pull), try context.socket(.push), ProxyControl())
    let (entrance, exit) = (try front.bind("tcp://127.0.0.1:*"), try back.bind("tcp://127.0.0.1:*"))
    // Only the proxy is to be interrupted.
    let peers = current
    let user = TestThread {
      defer { control.terminate() }
      let (push, pull) = (try peers.socket(.push), try peers.socket(.pull))
      try push.connect(entrance)
      try pull.connect(exit)
      for number in 0..<200 {
        try push.send("\(number)")
        usleep(200)
        XCTAssertEqual(try pull.receive(timeout: ZeroMQTestCase.patience), Message("\(number)"))
      }
    }
    var interruptions = 0
    try SignalStorm.around {
      while true {
        do {
          try proxy(frontend: front, backend: back, control: control)
          break
        } catch let error as ZeroMQError where error.code == .interrupted {
          interruptions += 1
        }
      }
    }
    try user.join()
    XCTAssertGreaterThan(interruptions, 0)
    XCTAssertEqual(control.unsentToBackend, [])
    XCTAssertEqual(control.statistics.backend.messagesSent, 200)
  }
}
