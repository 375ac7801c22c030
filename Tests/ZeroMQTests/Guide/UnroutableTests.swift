import XCTest
import ZeroMQ

/// What a ROUTER does with a message that it cannot route.
final class UnroutableTests: ZeroMQTestCase {
  /// A ROUTER, a peer of it, and the peer's routing ID.
  private func routerAndPeer(over transport: Transport) throws -> (RouterSocket, DealerSocket, Frame) {
    let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
    try router.set(.sendHighWaterMark, to: 1)
    try router.set(.sendBufferSize, to: 65_536)
    try dealer.set(.receiveHighWaterMark, to: 1)
    try dealer.set(.receiveBufferSize, to: 65_536)
    try dealer.connect(try router.bind(transport.newEndpoint()))
    try dealer.send("Hello")
    return (router, dealer, try next(router)[0])
  }

  /// Larger than what the system takes for a peer that does not read.
  private static let large = Frame(copying: [UInt8](repeating: 7, count: 1_000_000))

  func testMessageToNobodyIsDroppedInSilence() throws {
    for transport in Transport.allCases {
      let (router, dealer, peer) = try routerAndPeer(over: transport)
      try router.send(["nobody", "Hello"])
      XCTAssertTrue(try router.sendIfReady(["nobody", "Hello", "World"]))
      XCTAssertTrue(try router.send(["nobody", "Hello"], timeout: .seconds(20)))
      try router.send([peer, "to somebody"])
      XCTAssertEqual(try next(dealer), "to somebody", "\(transport)")
    }
  }

  func testMessageToNobodyIsRefusedByAMandatoryROUTER() throws {
    for transport in Transport.allCases {
      let (router, dealer, peer) = try routerAndPeer(over: transport)
      try router.set(.routerMandatory, to: true)
      assertThrows(.hostUnreachable) { try router.send(["nobody", "Hello", "World"]) }
      assertThrows(.hostUnreachable) { _ = try router.sendIfReady(["nobody", "Hello"]) }
      assertThrows(.hostUnreachable) { _ = try router.send(["nobody", "Hello"], timeout: .seconds(20)) }
      try router.send([peer, "to somebody"])
      XCTAssertEqual(try next(dealer), "to somebody", "\(transport)")
    }
  }

  func testPeerThatHasGoneIsNobody() throws {
    for transport in Transport.allCases {
      let (router, dealer, peer) = try routerAndPeer(over: transport)
      try router.set(.routerMandatory, to: true)
      dealer.close()
      try waitUntil("the end of the connection") {
        // A ROUTER that only sends does not learn that a peer at its mark has gone.
        _ = try router.get(.events)
        return thrownCode { _ = try router.sendIfReady([peer, "are you there?"]) } == .hostUnreachable
      }
      try router.set(.routerMandatory, to: false)
      try router.send([peer, "dropped"])
    }
  }

  func testMessageToAPeerAtItsMarkIsDroppedInSilence() throws {
    for transport in Transport.allCases {
      let (router, dealer, peer) = try routerAndPeer(over: transport)
      for _ in 0..<50 { try router.send([peer, Self.large]) }
      var received = 0
      try waitUntil("a message after the dropped ones") {
        try router.send([peer, "last"])
        while let message = try dealer.receive(timeout: .milliseconds(1)) {
          if message == "last" { return true }
          received += 1
        }
        return false
      }
      XCTAssertGreaterThan(received, 0, "\(transport)")
      XCTAssertLessThan(received, 50, "\(transport)")
    }
  }

  func testMessageToAPeerAtItsMarkWaitsInAMandatoryROUTER() throws {
    for transport in Transport.allCases {
      let (router, dealer, peer) = try routerAndPeer(over: transport)
      try router.set(.routerMandatory, to: true)
      try router.set(.sendTimeout, to: .milliseconds(50))
      var sent = 0
      while sent < 50, thrownCode({ try router.send([peer, Self.large]) }) == nil { sent += 1 }
      XCTAssertLessThan(sent, 50, "\(transport)")
      assertThrows(.wouldBlock) { try router.send([peer, "refused"]) }
      XCTAssertFalse(try router.sendIfReady([peer, "refused"]), "\(transport)")
      XCTAssertFalse(try router.send([peer, "refused"], timeout: .milliseconds(20)), "\(transport)")
      // Nothing that was sent is lost, and nothing that was refused is sent.
      for _ in 0..<sent { XCTAssertEqual(try next(dealer).first?.count, Self.large.count, "\(transport)") }
      XCTAssertTrue(try router.send([peer, "last"], timeout: Self.patience))
      XCTAssertEqual(try next(dealer), "last", "\(transport)")
    }
  }

  func testMandatoryROUTERStillReachesOtherPeersWhenOneIsAtItsMark() throws {
    for transport in Transport.allCases {
      let (router, dealer, peer) = try routerAndPeer(over: transport)
      try router.set(.routerMandatory, to: true)
      var sent = 0
      while sent < 50, try router.send([peer, Self.large], timeout: .milliseconds(50)) { sent += 1 }
      XCTAssertLessThan(sent, 50, "\(transport)")
      let other = try context.socket(.dealer)
      try other.set(.routingID, to: "other")
      try other.connect(try router.get(.lastEndpoint))
      try send(["other", "Hello"], whenReachableFrom: router)
      XCTAssertEqual(try next(other), "Hello", "\(transport)")
      withExtendedLifetime(dealer) {}
    }
  }
}
