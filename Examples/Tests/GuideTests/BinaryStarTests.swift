import Foundation
import XCTest
import ZeroMQ

final class BinaryStarTests: GuideTestCase {
  private let servers = ["bstarsrv", "bstarsrv2"]
  private var frontends: [String] = []
  private var states: [String] = []

  override func setUpWithError() throws {
    try super.setUpWithError()
    frontends = [try freeEndpoint(), try freeEndpoint()]
    states = [try freeEndpoint(), try freeEndpoint()]
  }

  func testClientSurvivesTheLossOfEitherServer() throws {
    for name in servers {
      var primary = try startServer(name, "-p")
      let backup = try startServer(name, "-b")
      try primary.waitForOutput("I: now active\n")
      try backup.waitForOutput("I: now passive\n")
      let client = try start(
        "bstarcli", frontends[0], frontends[1], "--timeout=200", "--delay=250", "--interval=5")
      try client.waitForOutput("OK (20)\n")
      primary.end()
      try backup.waitForOutput("I: now active\n")
      try client.waitForOutput("W: no response from server, failing over\nI: connecting to server at \(frontends[1])...\n")
      let taken = replies(of: client).count
      try client.waitForOutput("OK (\(taken + 20))\n")
      primary = try startServer(name, "-p")
      try primary.waitForOutput("I: now passive\n")
      backup.end()
      try primary.waitForOutput("I: now active\n")
      try client.waitForOutput("failing over\nI: connecting to server at \(frontends[0])...\n")
      let again = replies(of: client).count
      try client.waitForOutput("OK (\(again + 20))\n")
      try stop(client, with: SIGINT)
      XCTAssertEqual(replies(of: client), Array(1...replies(of: client).count), client.output)
      try stop(primary)
    }
  }

  func testNoRequestIsServedTwiceWhenServersAreKilledUnderLoad() throws {
    var primary = try startServer("bstarsrv2", "-p")
    let backup = try startServer("bstarsrv2", "-b")
    let clients = try frontends.map { endpoint in
      let client = try context.socket(.dealer)
      try client.connect(endpoint)
      return client
    }
    var number = 0
    var replies: [[String]] = [[], []]

    /// Sends every request to both servers, and takes their replies, for as long as the condition says.
    func load(while condition: () -> Bool) throws {
      while condition() {
        guard remainingTime > .zero else { throw primary.failure("was too slow") }
        number += 1
        for client in clients { _ = try client.sendIfReady(["", "\(number)"]) }
        Thread.sleep(forTimeInterval: 0.001)
        for (index, client) in clients.enumerated() {
          while let reply = try client.receiveIfReady() { replies[index].append("\(reply[1])") }
        }
      }
    }

    try load { replies[0].count < 100 }
    XCTAssertEqual(replies[1], [], "the backup has served")
    primary.end()
    try load { replies[1].count < 100 }
    let served = replies[0].count
    primary = try startServer("bstarsrv2", "-p")
    let end = ContinuousClock.now + .milliseconds(1000)
    try load { .now < end }
    XCTAssertEqual(replies[0].count, served, "the primary has served beside the active backup")
    try primary.waitForOutput("I: now passive\n")
    backup.end()
    try load { replies[0].count < served + 100 }
    XCTAssertEqual(Set(replies.joined()).count, replies.joined().count, "requests were served twice")
    try stop(primary)
  }

  func testPrimaryIsActiveBesideABackupAndEndsBesideAnActive() throws {
    for name in servers {
      let (server, peer, subscriber) = try startServerWithPeer(name, "-p")
      XCTAssertEqual(try receive(from: subscriber), "1")
      try peer.send("2")
      XCTAssertEqual(try state(after: "1", from: subscriber), "3")
      XCTAssertEqual(try echo("Hello", at: frontends[0], timeout: remainingTime), "Hello")
      try peer.send("3")
      XCTAssertEqual(try server.waitForExit(), 1)
      XCTAssertTrue(server.output.hasSuffix("I: now active\nE: fatal error - dual actives, aborting\n"), server.output)
    }
  }

  func testBackupIsPassiveBesideAnActiveAndTakesOverAtARequest() throws {
    for name in servers {
      let (server, peer, subscriber) = try startServerWithPeer(name, "-b")
      XCTAssertEqual(try receive(from: subscriber), "2")
      XCTAssertNil(try echo("nobody", at: frontends[1], timeout: .milliseconds(300)))
      try peer.send("3")
      XCTAssertEqual(try state(after: "2", from: subscriber), "4")
      // Its peer is silent from here on, which alone changes nothing.
      for _ in 0..<3 { XCTAssertEqual(try receive(from: subscriber), "4") }
      XCTAssertEqual(try echo("Hello", at: frontends[1], timeout: remainingTime), "Hello")
      XCTAssertEqual(try state(after: "4", from: subscriber), "3")
      try stop(server, with: SIGINT)
    }
  }

  func testPassiveIsActiveWhenItsPeerIsStartedAgainAndEndsBesideAPassive() throws {
    for name in servers {
      for (restarted, last) in [("1", "4"), ("2", nil)] {
        let (server, peer, subscriber) = try startServerWithPeer(name, "-b")
        try peer.send("3")
        XCTAssertEqual(try state(after: "2", from: subscriber), "4")
        if let last {
          try peer.send(Message(last))
          XCTAssertEqual(try server.waitForExit(), 1)
          XCTAssertTrue(server.output.hasSuffix("E: fatal error - dual passives, aborting\n"), server.output)
        } else {
          try peer.send(Message(restarted))
          XCTAssertEqual(try state(after: "4", from: subscriber), "3")
          try stop(server)
        }
      }
    }
  }

  func testPrimaryAloneServesAtOnceOrAfterItHasListened() throws {
    let eager = try startServer("bstarsrv", "-p")
    XCTAssertEqual(try echo("Hello", at: frontends[0], timeout: remainingTime), "Hello")
    try stop(eager)
    XCTAssertFalse(eager.output.contains("now"), eager.output)
    let careful = try start("bstarsrv2", "-p", frontends[0], states[0], states[1], "--heartbeat=300")
    XCTAssertNil(try echo("Hello", at: frontends[0], timeout: .milliseconds(300)))
    while try echo("Hello", at: frontends[0], timeout: .milliseconds(300)) == nil {}
    try stop(careful)
    XCTAssertTrue(careful.output.hasSuffix("I: now active\n"), careful.output)
  }

  func testServersSayHowToStartThem() throws {
    for name in servers {
      let server = try start(name)
      XCTAssertEqual(try server.waitForExit(), 0)
      XCTAssertEqual(server.output, "Usage: \(name) { -p | -b }\n")
    }
  }

  func testClientAsksTheServersInTurnOnNewSockets() throws {
    let servers = try (0..<2).map { _ in try context.socket(.router) }
    let endpoints = try servers.map { try $0.bind("tcp://127.0.0.1:*") }
    let client = try start("bstarcli", endpoints[0], endpoints[1], "--timeout=150", "--delay=10", "--interval=1")
    let first = try receive(from: servers[0])
    XCTAssertEqual(first[1...].map(\.self), ["", "1"])
    try servers[0].send(first.dropLast() + ["7"])
    let second = try receive(from: servers[1])
    XCTAssertEqual(second[1...].map(\.self), ["", "1"])
    let third = try receive(from: servers[0])
    XCTAssertEqual(third[1...].map(\.self), ["", "1"])
    XCTAssertNotEqual(third[0], first[0])
    try servers[0].send(third)
    XCTAssertEqual(try receive(from: servers[0]), [third[0], "", "2"])
    try stop(client)
    let lines = """
      I: connecting to server at \(endpoints[0])...
      E: bad reply from server: 7
      W: no response from server, failing over
      I: connecting to server at \(endpoints[1])...
      W: no response from server, failing over
      I: connecting to server at \(endpoints[0])...
      I: server replied OK (1)

      """
    XCTAssertEqual(client.output, lines)
  }

  private func startServer(_ name: String, _ flag: String) throws -> Program {
    let own = flag == "-p" ? 0 : 1
    let server = try start(name, flag, frontends[own], states[own], states[1 - own], "--heartbeat=100")
    _ = try server.nextLine()
    return server
  }

  /// Starts a server whose peer is the test: a socket that sends states, and one that receives the server's.
  private func startServerWithPeer(_ name: String, _ flag: String) throws -> (Program, XPubSocket, SubSocket) {
    let own = flag == "-p" ? 0 : 1
    let peer = try context.socket(.xpub)
    let endpoint = try peer.bind("tcp://127.0.0.1:*")
    let server = try start(name, flag, frontends[own], states[own], endpoint, "--heartbeat=100")
    XCTAssertEqual(Subscription(try receive(from: peer)), .subscribe(to: ""))
    let subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "")
    try subscriber.connect(states[own])
    return (server, peer, subscriber)
  }

  /// The first state that a server publishes after another one.
  private func state(after last: Message, from subscriber: SubSocket) throws -> Message {
    while true {
      let state = try receive(from: subscriber)
      if state != last { return state }
    }
  }

  /// Sends a request, and returns the reply if it comes in time.
  private func echo(_ request: Message, at endpoint: String, timeout: Duration) throws -> Message? {
    let client = try context.socket(.req)
    try client.connect(endpoint)
    try client.send(request)
    return try client.receive(timeout: timeout)
  }

  private func replies(of client: Program) -> [Int] {
    client.output.matches(of: /replied OK \((\d+)\)\n/).compactMap { Int($0.1) }
  }
}
