import Foundation
import XCTest
import ZeroMQ

final class MetadataTests: ZeroMQTestCase {
  private let body = String(repeating: "body ", count: 20)

  func testEveryFrameOverTCPHasMetadata() throws {
    let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
    try dealer.set(.routingID, to: "worker-1")
    try dealer.connect(try router.bind("tcp://127.0.0.1:*"))
    try dealer.send(["short", Frame(body)])
    let message = try next(router)
    XCTAssertEqual(message.count, 3)
    for position in message.indices {
      XCTAssertEqual(message.metadata(.peerAddress, at: position), "127.0.0.1")
      XCTAssertEqual(message.metadata(.socketType, at: position), "DEALER")
      XCTAssertEqual(message.metadata(.routingID, at: position), "worker-1")
      XCTAssertNil(message.metadata(.userID, at: position))
      XCTAssertNil(message.metadata("X-Role", at: position))
      XCTAssertEqual(message.property(.more, at: position), position < 2 ? 1 : 0)
    }
    XCTAssertEqual(message.metadata(.socketType), "DEALER")
    XCTAssertEqual(message.metadata("Socket-Type"), "DEALER")
    XCTAssertEqual(message.metadata("Peer-Address"), "127.0.0.1")
    XCTAssertEqual(message.property(.more, at: message.count - 1), 0)
  }

  func testThePeersAddressOverIPCNamesItsProcess() throws {
    let (pull, push) = try pair(.pull, .push, over: .ipc)
    try push.send("x")
    let address = try XCTUnwrap(try next(pull).metadata(.peerAddress))
    #if os(Linux)
      XCTAssertEqual(address, "localhost:\(getuid()):\(getgid()):\(getpid())")
    #else
      XCTAssertTrue(address.hasPrefix("localhost:"), address)
    #endif
  }

  func testInprocHasNoMetadata() throws {
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    try push.send(["x", Frame(body)])
    let message = try next(pull)
    for position in message.indices {
      XCTAssertNil(message.metadata(.peerAddress, at: position))
      XCTAssertNil(message.metadata(.socketType, at: position))
      XCTAssertNil(message.metadata(.routingID, at: position))
      XCTAssertNil(message.metadata(.userID, at: position))
    }
  }

  func testWhatWasNotReceivedHasNoMetadata() throws {
    XCTAssertNil(Message().metadata(.peerAddress))
    XCTAssertNil(Message("x").metadata(.socketType))
    XCTAssertNil(UniqueFrame("x").metadata(.peerAddress))
    let (pull, push) = try pair(.pull, .push, over: .tcp)
    try push.send("x")
    var message = try next(pull)
    message.append("mine")
    XCTAssertNil(message.metadata(.peerAddress))
    XCTAssertEqual(message.metadata(.peerAddress, at: 0), "127.0.0.1")
  }

  func testMetadataStayWithTheirFrames() throws {
    let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
    try dealer.connect(try router.bind("tcp://127.0.0.1:*"))
    try dealer.send(["", Frame(body), "last"])
    var message = try next(router)
    let copy = message
    message.removeFirst()
    message.removeLast()
    XCTAssertEqual(message.metadata(.socketType, at: 0), "DEALER")
    XCTAssertEqual(message.metadata(.socketType), "DEALER")
    XCTAssertEqual(message.property(.more, at: message.count - 1), 1)
    XCTAssertEqual(copy.property(.more, at: copy.count - 1), 0)
    // The next message does not change what the first one says.
    let other = try context.socket(.req)
    try other.connect(try router.get(.lastEndpoint))
    try other.send("x")
    XCTAssertEqual(try next(router).metadata(.socketType), "REQ")
    XCTAssertEqual(copy.metadata(.socketType), "DEALER")
  }

  func testEventsReadFirstDoNotHideTheMetadata() throws {
    let (router, dealer) = (try context.socket(.router), try context.socket(.dealer))
    try dealer.connect(try router.bind("tcp://127.0.0.1:*"))
    try dealer.send("x")
    try waitUntil("the message") { try router.get(.events).contains(.readable) }
    XCTAssertEqual(try next(router).metadata(.socketType), "DEALER")
  }

  func testAUniqueFrameHasMetadata() throws {
    let (pull, push) = try pair(.pull, .push, over: .tcp)
    var frame = UniqueFrame()
    for text in ["short", body] {
      try push.send([Frame(text), "last"])
      try pull.receive(into: &frame)
      XCTAssertEqual(frame.metadata(.peerAddress), "127.0.0.1")
      XCTAssertEqual(frame.metadata(.socketType), "PUSH")
      XCTAssertEqual(frame.property(.more), 1)
      XCTAssertFalse(frame.isShared)
      try pull.receive(into: &frame)
      XCTAssertEqual(frame.metadata(.socketType), "PUSH")
      XCTAssertEqual(frame.property(.more), 0)
    }
  }

  func testACopyIsShared() throws {
    var large = UniqueFrame(body)
    XCTAssertFalse(large.isShared)
    let copy = large.copy()
    XCTAssertTrue(copy.isShared)
    XCTAssertTrue(large.isShared)
    let (pull, push) = try pair(.pull, .push, over: .inproc)
    let frame = Frame(body)
    try push.send([frame, "short"])
    let message = try next(pull)
    XCTAssertTrue(message.isShared(at: 0))
    XCTAssertFalse(message.isShared(at: 1))
    XCTAssertEqual(message[0], frame)
  }

  func testPropertiesOfThePeersOwnChoice() throws {
    func property(_ name: String, _ value: [UInt8]) -> [UInt8] {
      [UInt8(name.utf8.count)] + name.utf8 + [0, 0, UInt8(value.count >> 8), UInt8(value.count & 255)] + value
    }
    let long = String(repeating: "v", count: 1000)
    let ready =
      [5] + Array("READY".utf8) + property("Socket-Type", Array("PUSH".utf8)) + property("X-Role", Array("werkstück".utf8))
      + property("X-Empty", []) + property("X-Long", Array(long.utf8)) + property("X-Zero", [65, 0, 66])
      + property("X-Bytes", [0xff, 65])
    let pull = try context.socket(.pull)
    let peer = try RawTCPClient(try pull.bind("tcp://127.0.0.1:*"))
    peer.send(ZMTP.greeting + [6] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: ready.count >> (8 * $0)) } + ready)
    peer.send([0, 5] + Array("Hello".utf8))
    let message = try next(pull)
    XCTAssertEqual(message, "Hello")
    XCTAssertEqual(message.metadata("X-Role"), "werkstück")
    XCTAssertEqual(message.metadata("X-Empty"), "")
    XCTAssertEqual(message.metadata("X-Long"), long)
    XCTAssertEqual(message.metadata("X-Zero"), "A")
    XCTAssertEqual(message.metadata("X-Bytes"), "\u{fffd}A")
    XCTAssertNil(message.metadata("X-role"))
    XCTAssertNil(message.metadata(""))
    XCTAssertNil(message.property(FrameProperty(rawValue: 99), at: 0))
    XCTAssertNil(message.metadata("X-Role\0"))
    XCTAssertNil(message.metadata("X-Role\0X-Long"))
    XCTAssertNil(message.metadata(MetadataProperty(rawValue: String(repeating: "X-", count: 5000))))
  }

  func testAnAuthenticatorGivesTheUserAndMore() throws {
    let authenticator = try context.socket(.rep)
    try authenticator.bind("inproc://zeromq.zap.01")
    let (server, client) = (try context.socket(.pull), try context.socket(.push))
    try server.set(.plainServer, to: true)
    try client.set(.plainUsername, to: "anna")
    try client.set(.plainPassword, to: "secret")
    try client.connect(try server.bind("tcp://127.0.0.1:*"))
    let request = try next(authenticator)
    let level: [UInt8] = [7] + Array("X-Level".utf8) + [0, 0, 0, 1] + Array("3".utf8)
    try authenticator.send(["1.0", request[1], "200", "OK", "user anna", Frame(copying: level)])
    try client.send("x")
    let message = try next(server)
    XCTAssertEqual(message.metadata(.userID), "user anna")
    XCTAssertEqual(message.metadata("X-Level"), "3")
  }

  func testPropertiesAreLibZMQs() {
    XCTAssertEqual(FrameProperty.more.rawValue, 1)
    XCTAssertEqual(FrameProperty.shared.rawValue, 3)
    let properties: [MetadataProperty] = [.peerAddress, .userID, .socketType, .routingID]
    XCTAssertEqual(properties.map(\.description), ["Peer-Address", "User-Id", "Socket-Type", "Routing-Id"])
  }

  func testSeveralThreadsReadTheSameMetadata() throws {
    let (pull, push) = try pair(.pull, .push, over: .tcp)
    try push.send(Message(body))
    let message = try next(pull)
    let threads = (0..<4).map { _ in
      TestThread {
        for _ in 0..<1000 { XCTAssertEqual(message.metadata(.peerAddress), "127.0.0.1") }
      }
    }
    for thread in threads { try thread.join() }
  }
}
