import XCTest
import ZeroMQ

/// Peers that speak no ZMTP, or break off, or lie: whoever serves good clients goes on doing so.
final class MalformedPeerTests: ZeroMQTestCase {
  /// What a peer does: perhaps a proper handshake, and then some bytes.
  private struct BadPeer {
    let name: String
    var handshake: String?
    let bytes: [UInt8]
  }

  private static let badPeers: [BadPeer] = [
    BadPeer(name: "nothing", bytes: []),
    BadPeer(name: "text", bytes: Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)),
    BadPeer(name: "zeros", bytes: Array(repeating: 0, count: 1000)),
    BadPeer(name: "ones", bytes: Array(repeating: 0xff, count: 1000)),
    BadPeer(name: "half a greeting", bytes: Array(ZMTP.greeting.prefix(32))),
    BadPeer(name: "a greeting alone", bytes: ZMTP.greeting),
    BadPeer(name: "a greeting and garbage", bytes: ZMTP.greeting + Array(repeating: 0xaa, count: 500)),
    BadPeer(
      name: "an unknown mechanism",
      bytes: ZMTP.greeting.prefix(12) + Array("NOSUCH".utf8) + Array(repeating: 0, count: 46)),
    BadPeer(name: "an unknown socket type", bytes: ZMTP.greeting + ZMTP.ready("NOSUCH")),
    BadPeer(name: "a type that does not fit", bytes: ZMTP.greeting + ZMTP.ready("PAIR")),
    BadPeer(name: "frames before the handshake is over", bytes: ZMTP.greeting + ZMTP.ready("DEALER") + [0, 1, 65]),
    BadPeer(name: "half a command", bytes: ZMTP.greeting + ZMTP.ready("DEALER").dropLast(3)),
  ]

  /// What peers do after a proper handshake.
  private static let badFrames: [(name: String, bytes: [UInt8])] = [
    ("a frame of 2^63 bytes", ZMTP.longFrame(announcing: 1 << 63)),
    ("a frame of 2^64 - 1 bytes", ZMTP.longFrame(announcing: .max)),
    ("half a message", [1, 0, 0, 50, 1, 2, 3]),
    ("a second handshake", ZMTP.ready("DEALER")),
    ("an unknown command", [4, 7, 6] + Array("NOSUCH".utf8)),
    ("an empty command", [4, 0]),
    ("a frame with all flags", Array(repeating: 0xff, count: 64)),
    ("a cancellation of nothing", [4, 8, 6] + Array("CANCEL".utf8) + [65]),
  ]

  /// Random bytes, the same ones in every run; some behind a greeting, some behind a handshake.
  private static func randomPeers(as socketType: String) -> [BadPeer] {
    var state: UInt64 = 0x2026_1122
    func random() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
    return (0..<51).map { number in
      let bytes = (0..<Int(random() % 400)).map { _ in UInt8(truncatingIfNeeded: random()) }
      return switch number % 3 {
      case 0: BadPeer(name: "random bytes \(number)", bytes: bytes)
      case 1: BadPeer(name: "random bytes \(number)", bytes: ZMTP.greeting + bytes)
      default: BadPeer(name: "random bytes \(number)", handshake: socketType, bytes: bytes)
      }
    }
  }

  /// Lets every bad peer at a server, some of which stay connected, and has the server serve after each.
  private func assertServes(
    at endpoint: String, peersOf socketType: String, _ serve: (_ name: String) throws -> Void
  ) throws {
    let frames = Self.badFrames.map { BadPeer(name: $0.name, handshake: socketType, bytes: $0.bytes) }
    var silent: [RawTCPClient] = []
    for peer in Self.badPeers + frames + Self.randomPeers(as: socketType) {
      let client = try RawTCPClient(endpoint)
      if let type = peer.handshake { client.shakeHands(as: type) }
      client.send(peer.bytes)
      silent.append(client)
      try serve(peer.name)
      // The same peer again, which breaks off at once.
      let hasty = try RawTCPClient(endpoint)
      if let type = peer.handshake { hasty.shakeHands(as: type) }
      hasty.send(peer.bytes)
      hasty.end()
      try serve(peer.name)
    }
    for client in silent { client.end() }
    try serve("all")
  }

  func testReplierServesOn() throws {
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    // libzmq: a REP loses one reply after a peer that sent a frame without an envelope and is gone. So the client asks again.
    try client.set(.raw(52), to: true)
    try client.set(.raw(53), to: true)
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    try assertServes(at: endpoint, peersOf: "REQ") { name in
      try waitUntil("the reply after \(name)") {
        try client.send(["good", Frame(name)])
        let end = ContinuousClock.now + .milliseconds(300)
        while ContinuousClock.now < end {
          if let request = try server.receive(timeout: .milliseconds(5)) { try server.send(["reply"] + request) }
          if try client.receive(timeout: .milliseconds(5)) == ["reply", "good", Frame(name)] { return true }
        }
        return false
      }
    }
  }

  func testRouterServesOn() throws {
    let (server, client) = (try context.socket(.router), try context.socket(.dealer))
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    try assertServes(at: endpoint, peersOf: "DEALER") { name in
      try client.send(["good", Frame(name)])
      try waitUntil("the request after \(name)") {
        let request = try next(server)
        try server.send(request)
        return request.dropFirst().first == "good"
      }
      XCTAssertEqual(try next(client), ["good", Frame(name)])
    }
  }

  func testPullerServesOn() throws {
    let (server, client) = (try context.socket(.pull), try context.socket(.push))
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    try assertServes(at: endpoint, peersOf: "PUSH") { name in
      try client.send(["good", Frame(name)])
      try waitUntil("the message after \(name)") { try next(server) == ["good", Frame(name)] }
    }
  }

  func testPublisherServesOn() throws {
    let (server, client) = (try context.socket(.xpub), try context.socket(.sub))
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try client.connect(endpoint)
    try client.subscribe(to: "good")
    try waitUntil("the subscription") { Subscription(try next(server)) == .subscribe(to: "good") }
    try assertServes(at: endpoint, peersOf: "SUB") { name in
      while let message = try server.receiveIfReady() { _ = Subscription(message) }
      try server.send(["good", Frame(name)])
      XCTAssertEqual(try next(client), ["good", Frame(name)])
    }
  }

  func testPeerThatAnnouncesTooMuchIsDisconnected() throws {
    let server = try context.socket(.pull)
    let client = try RawTCPClient(try server.bind("tcp://127.0.0.1:*"))
    client.shakeHands(as: "PUSH")
    client.send(ZMTP.longFrame(announcing: 1 << 63))
    XCTAssertTrue(client.isClosedByPeer())
    XCTAssertNil(try server.receiveIfReady())
  }

  func testGoodRawPeerIsUnderstood() throws {
    let server = try context.socket(.pull)
    let client = try RawTCPClient(try server.bind("tcp://127.0.0.1:*"))
    client.shakeHands(as: "PUSH")
    client.send([1, 1, 65, 0, 2, 66, 67])
    XCTAssertEqual(try next(server), ["A", "BC"])
    client.end()
  }

  func testHalfAMessageIsNeverReceived() throws {
    let (server, good) = (try context.socket(.pull), try context.socket(.push))
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    try good.connect(endpoint)
    for _ in 0..<20 {
      // The first of two frames, and then the end.
      let client = try RawTCPClient(endpoint)
      client.shakeHands(as: "PUSH")
      client.send([1, 4] + Array("half".utf8))
      client.end()
      try good.send(["whole", "message"])
      XCTAssertEqual(try next(server), ["whole", "message"])
    }
    XCTAssertNil(try server.receiveIfReady())
  }
}
