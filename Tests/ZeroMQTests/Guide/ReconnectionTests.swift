import Foundation
import XCTest
import ZeroMQ

/// How clients go on when their server comes late, dies, and comes back.
final class ReconnectionTests: ZeroMQTestCase {
  /// A client that does not let a test wait long.
  private func client<Kind: TypedSocketKind>(
    _ kind: Kind, connectedTo endpoints: String..., immediate: Bool = false
  ) throws -> Socket<Kind> {
    let socket = try context.socket(kind)
    try socket.set(.reconnectInterval, to: .milliseconds(20))
    try socket.set(.immediate, to: immediate)
    for endpoint in endpoints { try socket.connect(endpoint) }
    return socket
  }

  /// An endpoint that nobody is bound to; a port lies below those that the system chooses for connections.
  private func freeEndpoint(_ transport: Transport = .tcp) throws -> String {
    guard transport == .tcp else { return transport.newEndpoint() }
    for _ in 0..<100 {
      if let server = try? RawTCPServer(at: "tcp://127.0.0.1:\(Int.random(in: 10_000..<32_000))") { return server.endpoint }
    }
    throw PeerProcess.Failure(description: "no port is free")
  }

  /// Kills a server, does something while it is away, and starts one on its port again.
  ///
  /// It is away for its clients once they have tried to connect again, to somebody who does not speak.
  private func restart(
    _ server: PeerProcess, as role: String, clients: Int = 1, while body: () throws -> Void
  ) throws -> PeerProcess {
    try kill(server, clients: clients, while: body)
    return try PeerProcess(binding: role, to: server.endpoint)
  }

  private func kill(_ server: PeerProcess, clients: Int = 1, while body: () throws -> Void) throws {
    server.kill()
    let placeholder = try RawTCPServer(at: server.endpoint)
    let connections = (0..<clients).map { _ in placeholder.accept() }
    XCTAssertFalse(connections.contains { $0 == nil }, "a client did not connect again")
    try body()
    withExtendedLifetime((placeholder, connections)) {}
  }

  // The server comes late

  func testREQThatConnectsFirstIsAnsweredWhenTheServerBinds() throws {
    for transport in Transport.allCases {
      let endpoint = try freeEndpoint(transport)
      let (req, rep) = (try client(.req, connectedTo: endpoint), try context.socket(.rep))
      try req.send("Hello")
      try rep.bind(endpoint)
      XCTAssertEqual(try next(rep), "Hello", "\(transport)")
      try rep.send("World")
      XCTAssertEqual(try next(req), "World", "\(transport)")
    }
  }

  func testWhatDEALERAndPUSHAndPAIRSendBeforeTheServerBindsIsDelivered() throws {
    for transport in Transport.allCases {
      for (clientType, serverType) in [(SocketType.dealer, SocketType.router), (.push, .pull), (.pair, .pair)] {
        let endpoint = try freeEndpoint(transport)
        let (client, server) = (try context.socket(ofType: clientType), try context.socket(ofType: serverType))
        try client.set(.reconnectInterval, to: .milliseconds(20))
        try client.connect(endpoint)
        for number in 0..<100 { try client.send("\(number)") }
        try server.bind(endpoint)
        for number in 0..<100 { XCTAssertEqual(try next(server).last, Frame("\(number)"), "\(clientType) over \(transport)") }
      }
    }
  }

  func testSUBThatConnectsFirstIsSubscribedWhenThePublisherBinds() throws {
    for transport in Transport.allCases {
      let endpoint = try freeEndpoint(transport)
      let (sub, xpub) = (try client(.sub, connectedTo: endpoint), try context.socket(.xpub))
      try sub.subscribe(to: "A")
      try xpub.bind(endpoint)
      XCTAssertEqual(Subscription(try next(xpub)), .subscribe(to: "A"), "\(transport)")
      try xpub.send("A news")
      XCTAssertEqual(try next(sub), "A news", "\(transport)")
    }
  }

  // The server's process is killed and started again

  func testREQBetweenRequestsGoesOnWhenItsServerIsKilledAndStartedAgain() throws {
    let first = try PeerProcess(binding: "rep", to: try freeEndpoint())
    let req = try client(.req, connectedTo: first.endpoint)
    try req.send("one")
    XCTAssertEqual(try next(req), ["echo", "one"])
    let second = try restart(first, as: "rep") { try req.send("two") }
    XCTAssertEqual(try next(req), ["echo", "two"])
    XCTAssertEqual(try second.nextLine(), "received two")
    try req.send("three")
    XCTAssertEqual(try next(req), ["echo", "three"])
  }

  func testREQThatWaitsForAKilledServerWaitsForEverUnlessItIsRelaxed() throws {
    let first = try PeerProcess(binding: "silent", to: try freeEndpoint())
    let (strict, relaxed) = (try client(.req, connectedTo: first.endpoint), try client(.req, connectedTo: first.endpoint))
    try relaxed.set(.reqRelaxed, to: true)
    try relaxed.set(.reqCorrelate, to: true)
    try strict.send("lost")
    XCTAssertEqual(try first.nextLine(), "received lost")
    try relaxed.send("lost too")
    XCTAssertEqual(try first.nextLine(), "received lost too")
    let second = try restart(first, as: "rep", clients: 2) {}
    assertThrows(.wrongState) { try strict.send("again") }
    try relaxed.send("again")
    XCTAssertEqual(try next(relaxed), ["echo", "again"])
    XCTAssertEqual(try second.nextLine(), "received again")
    try assertNothingComes(to: strict)
    // What the Guide advises: close it, and ask with a new one.
    strict.close()
    let fresh = try client(.req, connectedTo: second.endpoint)
    try fresh.send("again from the other")
    XCTAssertEqual(try next(fresh), ["echo", "again from the other"])
  }

  func testWhatDEALERSendsWhileItsServerIsAwayIsAnsweredByTheNext() throws {
    let first = try PeerProcess(binding: "router", to: try freeEndpoint())
    let dealer = try client(.dealer, connectedTo: first.endpoint)
    try dealer.send("Hello")
    XCTAssertEqual(try next(dealer), ["echo", "Hello"])
    let second = try restart(first, as: "router") {
      for number in 0..<100 { try dealer.send("\(number)") }
    }
    for number in 0..<100 { XCTAssertEqual(try next(dealer), ["echo", Frame("\(number)")]) }
    XCTAssertEqual(try second.nextLine(), "received 0")
  }

  func testSUBIsSubscribedAtThePublisherThatIsStartedAgain() throws {
    let first = try PeerProcess(binding: "xpub", to: try freeEndpoint())
    let sub = try client(.sub, connectedTo: first.endpoint)
    try sub.subscribe(to: "A")
    XCTAssertEqual(try next(sub), ["A", "published"])
    XCTAssertEqual(try first.nextLine(), "subscribed to A")
    // A subscription made meanwhile counts as well.
    let second = try restart(first, as: "xpub") { try sub.subscribe(to: "B") }
    XCTAssertEqual(Set([try next(sub), try next(sub)]), [["A", "published"], ["B", "published"]])
    XCTAssertEqual(Set([try second.nextLine(), try second.nextLine()]), ["subscribed to A", "subscribed to B"])
  }

  func testWhatPUSHSendsWhileItsServerIsAwayIsTakenByTheNext() throws {
    let first = try PeerProcess(binding: "pull", to: try freeEndpoint())
    let push = try client(.push, connectedTo: first.endpoint)
    try push.send("Hello")
    XCTAssertEqual(try first.nextLine(), "received Hello")
    let second = try restart(first, as: "pull") {
      for number in 0..<100 { try push.send("\(number)") }
    }
    for number in 0..<100 { XCTAssertEqual(try second.nextLine(), "received \(number)") }
  }

  func testPUSHKeepsTheShareOfAServerThatIsAway() throws {
    let first = try PeerProcess(binding: "pull", to: try freeEndpoint())
    let other = try PeerProcess(binding: "pull", to: "tcp://127.0.0.1:*")
    let push = try client(.push, connectedTo: first.endpoint, other.endpoint)
    let second = try restart(first, as: "pull") {
      for number in 0..<10 { try push.send("\(number)") }
    }
    for number in 0..<5 { XCTAssertEqual(try second.nextLine(), "received \(2 * number)") }
    for number in 0..<5 { XCTAssertEqual(try other.nextLine(), "received \(2 * number + 1)") }
  }

  func testImmediatePUSHGivesTheShareOfAServerThatIsAwayToTheOthers() throws {
    let first = try PeerProcess(binding: "pull", to: try freeEndpoint())
    let other = try PeerProcess(binding: "pull", to: "tcp://127.0.0.1:*")
    let push = try client(.push, connectedTo: first.endpoint, other.endpoint, immediate: true)
    try kill(first) {
      // Reading the events takes notice of the lost connection, so it is the other that can be written to.
      try waitUntil("the other connection") { try push.get(.events).contains(.writable) }
      for number in 0..<10 { try push.send("\(number)") }
    }
    for number in 0..<10 { XCTAssertEqual(try other.nextLine(), "received \(number)") }
  }

  // What is lost, and what is not

  func testWhatAServerHadTakenWhenItDiedIsNotSentAgain() throws {
    let server = try RawTCPServer()
    let push = try client(.push, connectedTo: server.endpoint)
    let first = try XCTUnwrap(server.accept())
    first.shakeHands(as: "PULL")
    try push.send("lost")
    XCTAssertEqual(first.receiveMessage(), "lost")
    first.end()
    let second = try XCTUnwrap(server.accept())
    try push.send("after")
    second.shakeHands(as: "PULL")
    XCTAssertEqual(second.receiveMessage(), "after")
  }

  private static let large = Frame(copying: [UInt8](repeating: 7, count: 500_000))

  /// A PUSH whose only connection breaks while many messages wait for it, and the PULL that it finds then.
  private func pushWhoseConnectionBreaks(immediate: Bool) throws -> (PushSocket, PullSocket) {
    let pull = try context.socket(.pull)
    let push = try context.socket(.push)
    let endpoint = try freeEndpoint()
    do {
      let server = try RawTCPServer(at: endpoint)
      try push.set(.sendBufferSize, to: 65_536)
      try push.set(.reconnectInterval, to: .milliseconds(20))
      try push.set(.immediate, to: immediate)
      try push.connect(endpoint)
      let peer = try XCTUnwrap(server.accept())
      peer.shakeHands(as: "PULL")
      for number in 0..<40 { XCTAssertTrue(try push.send([Frame("\(number)"), Self.large], timeout: Self.patience)) }
      // The PULL has begun to take them, and dies.
      XCTAssertEqual(peer.receiveMessage()[0], "0")
      peer.end()
      XCTAssertNotNil(server.accept())
    }
    if immediate { try waitUntil("the end of the connection") { try !push.get(.events).contains(.writable) } }
    try pull.bind(endpoint)
    XCTAssertTrue(try push.send("after", timeout: Self.patience))
    return (push, pull)
  }

  func testWhatWaitsForABrokenConnectionIsKeptForTheNext() throws {
    let (push, pull) = try pushWhoseConnectionBreaks(immediate: false)
    var numbers: [Int] = []
    while let message = try pull.receive(timeout: Self.patience), message != "after" {
      numbers.append(try XCTUnwrap(Int("\(message[0])")))
    }
    // What the system had taken is lost, the rest comes in its order.
    let first = try XCTUnwrap(numbers.first)
    XCTAssertGreaterThan(first, 0)
    XCTAssertEqual(numbers, Array(first..<40))
    withExtendedLifetime(push) {}
  }

  func testWhatWaitsForABrokenConnectionIsDroppedIfImmediate() throws {
    let (push, pull) = try pushWhoseConnectionBreaks(immediate: true)
    XCTAssertEqual(try next(pull), "after")
    withExtendedLifetime(push) {}
  }

  // Inproc

  func testPAIROverInprocDoesNotReconnect() throws {
    let endpoint = Transport.inproc.newEndpoint()
    let (first, second, pair) = (try context.socket(.pair), try context.socket(.pair), try context.socket(.pair))
    try first.bind(endpoint)
    try pair.connect(endpoint)
    try pair.send("Hello")
    XCTAssertEqual(try next(first), "Hello")
    first.close()
    try waitUntil("the end of the connection") { try !pair.sendIfReady("into the void") }
    waitUntil("the release of the name") { thrownCode { try second.bind(endpoint) } == nil }
    XCTAssertFalse(try pair.send("to nobody", timeout: .milliseconds(100)))
    XCTAssertNil(try second.receiveIfReady())
    // The second is there for others.
    let other = try context.socket(.pair)
    try other.connect(endpoint)
    try other.send("Hello again")
    XCTAssertEqual(try next(second), "Hello again")
  }

  func testPAIROverANetworkReconnects() throws {
    for transport in [Transport.tcp, .ipc] {
      let endpoint = try freeEndpoint(transport)
      let pair = try client(.pair, connectedTo: endpoint)
      for number in 0..<2 {
        let server = try context.socket(.pair)
        waitUntil("the release of the address") { thrownCode { try server.bind(endpoint) } == nil }
        try server.send("\(number)")
        XCTAssertEqual(try next(pair), Message("\(number)"), "\(transport)")
        server.close()
      }
    }
  }

  // Intervals

  /// How long a client waits each time after its connection was closed, until it connects again.
  private func waits(_ count: Int, interval: Duration, maximum: Duration = .zero) throws -> [Duration] {
    let server = try RawTCPServer()
    let dealer = try context.socket(.dealer)
    try dealer.set(.reconnectInterval, to: interval)
    try dealer.set(.reconnectIntervalMaximum, to: maximum)
    try dealer.connect(server.endpoint)
    var connection = try XCTUnwrap(server.accept())
    return try (0..<count).map { _ in
      try elapsed {
        connection.end()
        connection = try XCTUnwrap(server.accept())
      }
    }
  }

  func testClientWaitsForItsIntervalBeforeItConnectsAgain() throws {
    // libzmq's clock is a little coarse. By default a client waits for less than 200 ms.
    for wait in try waits(3, interval: .milliseconds(250)) { XCTAssertGreaterThan(wait, .milliseconds(240)) }
  }

  func testShortIntervalMakesAClientConnectAgainSoon() throws {
    // By default a client waits for 100 ms at least.
    XCTAssertLessThan(try XCTUnwrap(try waits(10, interval: .milliseconds(5)).min()), .milliseconds(100))
  }

  func testClientWithoutIntervalNeverConnectsAgain() throws {
    let server = try RawTCPServer()
    let dealer = try context.socket(.dealer)
    try dealer.set(.reconnectInterval, to: nil)
    try dealer.connect(server.endpoint)
    try XCTUnwrap(server.accept()).end()
    XCTAssertNil(server.accept(within: .milliseconds(500)))
  }

  func testWaitsDoNotGrowWhileSomebodyAccepts() throws {
    // Were each twice as long as the last, the tenth would take five seconds.
    for wait in try waits(10, interval: .milliseconds(10), maximum: .seconds(20)) { XCTAssertLessThan(wait, .seconds(2)) }
  }

  /// How long a client waits each time after an attempt to connect has failed.
  ///
  /// A proxy that hangs up makes attempts fail, and sees them.
  private func waitsAfterFailures(_ count: Int, interval: Duration, maximum: Duration) throws -> [Duration] {
    let proxy = try RawTCPServer()
    let context = try Context(Context.Configuration(blocky: false))
    let dealer = try context.socket(.dealer)
    try dealer.set(.reconnectInterval, to: interval)
    try dealer.set(.reconnectIntervalMaximum, to: maximum)
    try dealer.set(.socksProxy, to: String(proxy.endpoint.dropFirst("tcp://".count)))
    try dealer.connect("tcp://example.invalid:5555")
    var connection = try XCTUnwrap(proxy.accept())
    let waits = try (0..<count).map { _ in
      // The greeting of SOCKS5.
      XCTAssertEqual(connection.receive(3), [5, 1, 0])
      return try elapsed {
        connection.end()
        connection = try XCTUnwrap(proxy.accept())
      }
    }
    // libzmq: a client that is closed must not be between two attempts.
    XCTAssertEqual(connection.receive(3), [5, 1, 0])
    dealer.close()
    try context.terminate()
    return waits
  }

  func testWaitsDoubleWithEachFailureUpToTheMaximum() throws {
    let waits = try waitsAfterFailures(8, interval: .milliseconds(20), maximum: .milliseconds(160))
    for (wait, least) in zip(waits, [20, 40, 80, 160, 160, 160, 160, 160]) {
      // libzmq's clock is a little coarse.
      XCTAssertGreaterThan(wait, .milliseconds(least - 5), "\(waits)")
    }
    // Without the maximum the eighth would be 2560 ms.
    for wait in waits { XCTAssertLessThan(wait, .milliseconds(2000), "\(waits)") }
  }

  func testWaitsStayAsTheyAreWithoutAMaximum() throws {
    let waits = try waitsAfterFailures(9, interval: .milliseconds(10), maximum: .zero)
    // Were each twice as long as the last, the ninth would be 2560 ms.
    for wait in waits { XCTAssertLessThan(wait, .milliseconds(2000), "\(waits)") }
  }
}
