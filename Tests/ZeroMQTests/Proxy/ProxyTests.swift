import Foundation
import Synchronization
import XCTest
import ZeroMQ

final class ProxyTests: ZeroMQTestCase {
  /// The context of the transport at hand.
  private lazy var current = context

  private func renewContext() throws {
    current = try Context(Context.Configuration(blocky: false))
  }

  /// A proxy that runs on a thread of its own until its context is shut down.
  private struct RunningProxy {
    let frontend: String
    let backend: String
    let thread: TestThread
  }

  /// Starts a proxy between two bound sockets.
  private func startProxy<Frontend: ProxyingKind & TypedSocketKind>(
    _ frontend: Frontend, _ backend: Frontend.ProxyPeer, over transport: Transport,
    _ run: @escaping @Sendable (Context, Socket<Frontend>, Socket<Frontend.ProxyPeer>) throws -> Void = { _, frontend, backend in
      try proxy(frontend: frontend, backend: backend)
    }
  ) throws -> RunningProxy where Frontend.ProxyPeer: TypedSocketKind {
    let (context, bound) = (current, DispatchSemaphore(value: 0))
    let endpoints = Handed<(String, String)>()
    let thread = TestThread {
      defer { bound.signal() }
      let (front, back) = (try context.socket(frontend), try context.socket(backend))
      endpoints.give((try front.bind(transport.newEndpoint()), try back.bind(transport.newEndpoint())))
      bound.signal()
      try run(context, front, back)
    }
    bound.wait()
    let (front, back) = try endpoints.take()
    return RunningProxy(frontend: front, backend: back, thread: thread)
  }

  /// Checks that a proxy returns without an error when its context is shut down.
  private func end(_ proxy: RunningProxy, file: StaticString = #filePath, line: UInt = #line) throws {
    current.shutdown()
    try proxy.thread.join(file: file, line: line)
  }

  /// Does something over each transport, with a context of its own.
  private func overEachTransport(_ body: (Transport) throws -> Void) throws {
    for transport in Transport.allCases {
      try renewContext()
      try body(transport)
    }
  }

  private func assertRequestsAreAnswered(_ server: RepSocket, _ client: ReqSocket, line: UInt = #line) throws {
    for number in 0..<10 {
      try client.send(["question", "", "\(number)"])
      XCTAssertEqual(try next(server, line: line), ["question", "", Frame("\(number)")], line: line)
      try server.send(["answer", "\(number)"])
      XCTAssertEqual(try next(client, line: line), ["answer", Frame("\(number)")], line: line)
    }
  }

  func testRequestsReachServersThroughRouterAndDealer() throws {
    try overEachTransport { transport in
      let running = try startProxy(.router, .dealer, over: transport)
      let (server, client) = (try current.socket(.rep), try current.socket(.req))
      try client.connect(running.frontend)
      try server.connect(running.backend)
      try assertRequestsAreAnswered(server, client)
      try end(running)
    }
  }

  func testRequestsReachServersThroughDealerAndRouter() throws {
    try overEachTransport { transport in
      let running = try startProxy(.dealer, .router, over: transport)
      let (server, client) = (try current.socket(.rep), try current.socket(.req))
      try client.connect(running.backend)
      try server.connect(running.frontend)
      try assertRequestsAreAnswered(server, client)
      try end(running)
    }
  }

  private func assertWorkArrives(from entrance: String, at exit: String, line: UInt = #line) throws {
    let (push, pull) = (try current.socket(.push), try current.socket(.pull))
    try push.connect(entrance)
    try pull.connect(exit)
    for number in 0..<100 { try push.send(["work", "\(number)"]) }
    for number in 0..<100 { XCTAssertEqual(try next(pull, line: line), ["work", Frame("\(number)")], line: line) }
  }

  func testWorkFlowsThroughPullAndPush() throws {
    try overEachTransport { transport in
      let running = try startProxy(.pull, .push, over: transport)
      try assertWorkArrives(from: running.frontend, at: running.backend)
      try end(running)
    }
  }

  func testWorkFlowsThroughPushAndPull() throws {
    try overEachTransport { transport in
      let running = try startProxy(.push, .pull, over: transport)
      try assertWorkArrives(from: running.backend, at: running.frontend)
      try end(running)
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
      try end(running)
    }
  }

  func testPublicationsAndSubscriptionsPassXPubAndXSub() throws {
    try overEachTransport { transport in
      let running = try startProxy(.xpub, .xsub, over: transport)
      try assertPublicationsArrive(from: running.backend, at: running.frontend)
      try end(running)
    }
  }

  /// Checks that what a proxy forwards is copied to a capture, which this side receives.
  private func assertCaptures<Capture: CapturingKind & TypedSocketKind, Reader: ReceivingKind & TypedSocketKind>(
    _ capture: Capture, _ reader: Reader, prepare: (Socket<Reader>) throws -> Void = { _ in }, line: UInt = #line
  ) throws {
    try overEachTransport { transport in
      let captured = try current.socket(reader)
      try prepare(captured)
      let endpoint = try captured.bind(transport.newEndpoint())
      let running = try startProxy(.router, .dealer, over: transport) { context, frontend, backend in
        let capture = try context.socket(capture)
        try capture.connect(endpoint)
        try proxy(frontend: frontend, backend: backend, capture: capture)
      }
      let (server, client) = (try current.socket(.rep), try current.socket(.req))
      try client.connect(running.frontend)
      try server.connect(running.backend)
      try client.send("question")
      XCTAssertEqual(try next(server, line: line), "question", line: line)
      try server.send("answer")
      XCTAssertEqual(try next(client, line: line), "answer", line: line)
      XCTAssertEqual(try next(captured, line: line).suffix(2), ["", "question"], line: line)
      XCTAssertEqual(try next(captured, line: line).suffix(2), ["", "answer"], line: line)
      try end(running)
    }
  }

  func testPushCaptures() throws {
    try assertCaptures(.push, .pull)
  }

  func testPairCaptures() throws {
    try assertCaptures(.pair, .pair)
  }

  func testDealerCaptures() throws {
    try assertCaptures(.dealer, .dealer)
  }

  func testPubCaptures() throws {
    for transport in Transport.allCases {
      try renewContext()
      let captured = try current.socket(.sub)
      try captured.subscribe(to: "")
      let endpoint = try captured.bind(transport.newEndpoint())
      let running = try startProxy(.pull, .push, over: transport) { context, frontend, backend in
        let capture = try context.socket(.pub)
        try capture.connect(endpoint)
        try proxy(frontend: frontend, backend: backend, capture: capture)
      }
      let (push, pull) = (try current.socket(.push), try current.socket(.pull))
      try push.connect(running.frontend)
      try pull.connect(running.backend)
      // A PUB drops what it sends before the subscription has come.
      var copy: Message?
      try waitUntil("the capture") {
        try push.send(["a", "b"])
        XCTAssertEqual(try next(pull), ["a", "b"])
        copy = try captured.receive(timeout: .milliseconds(1))
        return copy != nil
      }
      XCTAssertEqual(copy, ["a", "b"])
      try end(running)
    }
  }

  func testLargeMessagesOfManyFramesPassWhole() throws {
    try overEachTransport { transport in
      let running = try startProxy(.pull, .push, over: transport)
      let (push, pull) = (try current.socket(.push), try current.socket(.pull))
      try push.connect(running.frontend)
      try pull.connect(running.backend)
      let message = Message((0..<50).map { Frame(copying: Array(repeating: UInt8($0), count: $0 * 1000)) })
      for _ in 0..<3 { try push.send(message) }
      for _ in 0..<3 { XCTAssertEqual(try next(pull), message) }
      try end(running)
    }
  }

  func testTerminatingTheContextEndsAProxyWhoseSocketsAreClosedAfterwards() throws {
    let running = try startProxy(.xsub, .xpub, over: .tcp)
    try current.terminate()
    try running.thread.join()
  }

  func testProxyOfAContextThatIsShutDownReturnsAtOnce() throws {
    let (pull, push) = (try current.socket(.pull), try current.socket(.push))
    current.shutdown()
    try proxy(frontend: pull, backend: push)
  }

  func testClosedSocketIsRefused() throws {
    let (pull, push, capture) = (try current.socket(.pull), try current.socket(.push), try current.socket(.pub))
    capture.close()
    let error = assertThrows(.notSocket) { try proxy(frontend: pull, backend: push, capture: capture) }
    XCTAssertEqual(error?.operation, "proxy")
    push.close()
    assertThrows(.notSocket) { try proxy(frontend: pull, backend: push) }
    assertThrows(.notSocket) { try proxy(frontend: push, backend: pull) }
    pull.close()
    assertThrows(.notSocket) { try proxy(frontend: pull, backend: push) }
  }

  func testNoCaptureMayBeSaidInTwoWays() throws {
    let (pull, push) = (try current.socket(.pull), try current.socket(.push))
    current.shutdown()
    try proxy(frontend: pull, backend: push, capture: nil)
    let none: PushSocket? = nil
    try proxy(frontend: pull, backend: push, capture: none)
  }

  /// Runs a proxy on a thread of its own, and what else is to be done meanwhile.
  private func whileProxying(
    _ front: SocketType, _ back: SocketType, _ body: (_ frontend: String, _ backend: String) throws -> Void
  ) throws {
    let (context, bound) = (context, DispatchSemaphore(value: 0))
    let endpoints = Handed<(String, String)>()
    let thread = TestThread {
      defer { bound.signal() }
      let (frontend, backend) = (try context.socket(ofType: front), try context.socket(ofType: back))
      if front == .sub { try frontend.subscribe(to: "") }
      endpoints.give((try frontend.bind("tcp://127.0.0.1:*"), try backend.bind("tcp://127.0.0.1:*")))
      bound.signal()
      try proxy(frontend: frontend, backend: backend)
    }
    bound.wait()
    let (frontend, backend) = try endpoints.take()
    try body(frontend, backend)
    context.shutdown()
    try thread.join()
  }

  func testPairsAreBridged() throws {
    let context = context
    let endpoints = ("inproc://first", "inproc://second")
    let (left, right) = (try context.socket(.pair), try context.socket(.pair))
    let bound = DispatchSemaphore(value: 0)
    let thread = TestThread {
      defer { bound.signal() }
      let (frontend, backend) = (try context.socket(.pair), try context.socket(.pair))
      try frontend.bind(endpoints.0)
      try backend.bind(endpoints.1)
      bound.signal()
      try proxy(frontend: frontend, backend: backend)
    }
    bound.wait()
    try left.connect(endpoints.0)
    try right.connect(endpoints.1)
    try left.send(["to the", "right"])
    XCTAssertEqual(try next(right), ["to the", "right"])
    try right.send(["to the", "left"])
    XCTAssertEqual(try next(left), ["to the", "left"])
    context.shutdown()
    try thread.join()
  }

  func testSubscriberFeedsWorkers() throws {
    let context = context
    let bound = DispatchSemaphore(value: 0)
    let thread = TestThread {
      defer { bound.signal() }
      let (frontend, backend) = (try context.socket(.sub), try context.socket(.push))
      try frontend.subscribe(to: "")
      try frontend.bind("inproc://sub")
      try backend.bind("inproc://push")
      bound.signal()
      try proxy(frontend: frontend, backend: backend)
    }
    bound.wait()
    let (publisher, worker) = (try context.socket(.xpub), try context.socket(.pull))
    try publisher.connect("inproc://sub")
    try worker.connect("inproc://push")
    XCTAssertTrue(try publisher.waitForSubscribers(1, timeout: Self.patience))
    try publisher.send(["a", "job"])
    XCTAssertEqual(try next(worker), ["a", "job"])
    context.shutdown()
    try thread.join()
  }

  func testUntypedSocketsAreBridgedWhereMessagesCanGo() throws {
    try whileProxying(.rep, .req) { frontend, backend in
      let (client, server) = (try context.socket(.req), try context.socket(.rep))
      try client.connect(frontend)
      try server.connect(backend)
      for number in 0..<3 {
        try client.send("question \(number)")
        XCTAssertEqual(try next(server), Message("question \(number)"))
        try server.send("answer \(number)")
        XCTAssertEqual(try next(client), Message("answer \(number)"))
      }
    }
  }

  func testOneSocketAsBothEndsIsAnEcho() throws {
    for type in [SocketType.rep, .router, .dealer, .pair] {
      let context = try Context(Context.Configuration(blocky: false))
      let endpoint = Handed<String>()
      let bound = DispatchSemaphore(value: 0)
      let thread = TestThread {
        defer { bound.signal() }
        let echo = try context.socket(ofType: type)
        endpoint.give(try echo.bind("tcp://127.0.0.1:*"))
        bound.signal()
        try proxy(frontend: echo, backend: echo)
      }
      bound.wait()
      let client = try context.socket(ofType: type == .rep ? .req : type == .pair ? .pair : .dealer)
      try client.connect(try endpoint.take())
      for number in 0..<100 {
        try client.send(["\(number)", "text"])
        XCTAssertEqual(try next(client), [Frame("\(number)"), "text"], "\(type)")
      }
      context.shutdown()
      try thread.join()
    }
  }

  func testSocketsBetweenWhichNothingCanGoAreRefused() throws {
    let (push, pub) = (AnySocket(try context.socket(.push)), AnySocket(try context.socket(.pub)))
    let pull = AnySocket(try context.socket(.pull))
    let error = assertThrows(.notSupported) { try proxy(frontend: push, backend: pub) }
    XCTAssertEqual(error?.subject, "between PUSH and PUB")
    XCTAssertTrue(error?.description.contains("receive") ?? false, error?.description ?? "")
    assertThrows(.notSupported) { try proxy(frontend: pull, backend: pull) }
    assertThrows(.notSupported) { try proxy(frontend: pull, backend: push, capture: pull) }
  }
}

/// Something that a thread hands to the one that waits for it.
final class Handed<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  func give(_ new: Value) {
    value.withLock { $0 = new }
  }

  func take() throws -> Value {
    try XCTUnwrap(value.withLock(\.self), "the thread ended before it was ready")
  }
}
