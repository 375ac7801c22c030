import Foundation
import XCTest
import ZeroMQ

final class LazyPirateTests: GuideTestCase {
  func testClientGoesOnOverAServerThatCrashes() throws {
    for name in ["lpclient", "lpclient-async"] {
      let endpoint = try freeEndpoint()
      let client = try start(name, endpoint, "--timeout=200", "--tries=200")
      XCTAssertEqual(try client.nextLine(), "I: connecting to server...")
      for round in 1...3 {
        // It answers three requests and crashes at the fourth.
        let server = try start("lpserver", endpoint, "--work=1", "--crash=1")
        try client.waitForOutput("I: server replied OK (\(3 * round))\n")
        XCTAssertEqual(try server.waitForExit(), 0)
        let numbers = server.output.matches(of: /normal request \((\d+)\)/).compactMap { Int($0.1) }
        XCTAssertEqual(numbers.last, 3 * round, server.output)
        XCTAssertTrue(server.output.hasSuffix("I: simulating a crash\n"), server.output)
      }
      try stop(client, with: SIGINT)
      XCTAssertEqual(replies(of: client), Array(1...9), client.output)
    }
  }

  func testClientSendsTheSameNumberOnANewSocketAndThenGivesUp() throws {
    let server = try context.socket(.router)
    let client = try start("lpclient", try server.bind("tcp://127.0.0.1:*"), "--timeout=100")
    let first = try receive(from: server)
    XCTAssertEqual(first[1...].map(\.self), ["", "1"])
    try server.send(first)
    var peers: Set<Frame> = []
    for _ in 0..<3 {
      let request = try receive(from: server)
      XCTAssertEqual(request[1...].map(\.self), ["", "2"])
      peers.insert(request[0])
    }
    XCTAssertEqual(peers.count, 3)
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertNil(try server.receiveIfReady())
    let lines = """
      I: connecting to server...
      I: server replied OK (1)
      W: no response from server, reconnecting...
      W: no response from server, reconnecting...
      E: server seems to be offline, abandoning

      """
    XCTAssertEqual(client.output, lines)
  }

  func testAsynchronousClientSendsTheSameNumberOnItsSocketAndThenGivesUp() throws {
    let server = try context.socket(.router)
    let client = try start("lpclient-async", try server.bind("tcp://127.0.0.1:*"), "--timeout=100")
    let requests = [try receive(from: server), try receive(from: server), try receive(from: server)]
    for request in requests { XCTAssertEqual(request.suffix(2).map(\.self), ["", "1"]) }
    XCTAssertEqual(Set(requests.map { $0[0] }).count, 1)
    XCTAssertEqual(Set(requests.map { $0[1] }).count, 3, "request IDs")
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertTrue(client.output.hasSuffix("E: server seems to be offline, abandoning\n"), client.output)
  }

  func testALateReplyIsNotTakenForTheNextOne() throws {
    for name in ["lpclient", "lpclient-async"] {
      let server = try context.socket(.router)
      let client = try start(name, try server.bind("tcp://127.0.0.1:*"), "--timeout=200", "--tries=100")
      let first = try receive(from: server)
      let second = try receive(from: server)
      try server.send(first)
      try server.send(second)
      let next = try receive(from: server)
      XCTAssertEqual(next.last, "2")
      try server.send(first)
      try server.send(next)
      try client.waitForOutput("OK (2)\n")
      try stop(client)
      XCTAssertEqual(replies(of: client), [1, 2], client.output)
      XCTAssertFalse(client.output.contains("E:"), client.output)
    }
  }

  func testClientDoesNotTakeAReplyWithAnotherNumber() throws {
    for name in ["lpclient", "lpclient-async"] {
      let server = try context.socket(.router)
      let client = try start(name, try server.bind("tcp://127.0.0.1:*"), "--timeout=200")
      let request = try receive(from: server)
      try server.send(request.dropLast() + ["17"])
      XCTAssertEqual(try client.nextLine(), "I: connecting to server...")
      XCTAssertEqual(try client.nextLine(), "E: malformed reply from server: 17")
      let again = try receive(from: server)
      XCTAssertEqual(again.last, "1")
      try server.send(again)
      try client.waitForOutput("I: server replied OK (1)\n")
      try stop(client)
    }
  }

  func testServerReturnsWhatItReceivesUntilItCrashes() throws {
    let endpoint = try freeEndpoint()
    let server = try start("lpserver", endpoint, "--work=0", "--crash=1")
    let client = try context.socket(.dealer)
    try client.connect(endpoint)
    for text in ["one", "two", "three", "four"] { try client.send(["", Frame(text)]) }
    for text in ["one", "two", "three"] {
      XCTAssertEqual(try receive(from: client), ["", Frame(text)])
      XCTAssertEqual(try server.nextLine(), "I: normal request (\(text))")
    }
    XCTAssertEqual(try server.nextLine(), "I: simulating a crash")
    XCTAssertEqual(try server.waitForExit(), 0)
    XCTAssertNil(try client.receiveIfReady())
  }

  func testServerRepliesLateWhenItIsOverloadedAndEndsInTheMiddle() throws {
    let endpoint = try freeEndpoint()
    let server = try start("lpserver", endpoint, "--work=0", "--crash=0", "--overload=1", "--delay=10")
    let client = try context.socket(.req)
    try client.connect(endpoint)
    for number in 1...5 {
      try client.send("\(number)")
      XCTAssertEqual(try receive(from: client), Message("\(number)"))
    }
    XCTAssertEqual(server.output, "")
    for _ in 1...3 { _ = try server.nextLine() }
    XCTAssertEqual(try server.nextLine(), "I: simulating CPU overload")
    XCTAssertEqual(try server.nextLine(), "I: normal request (4)")
    try stop(server, with: SIGINT)

    let slow = try start("lpserver", endpoint, "--work=60000")
    try client.send("6")
    XCTAssertEqual(try slow.nextLine(), "I: normal request (6)")
    try stop(slow)
  }

  /// The numbers that a client got back, in order.
  private func replies(of client: Program) -> [Int] {
    client.output.matches(of: /replied OK \((\d+)\)\n/).compactMap { Int($0.1) }
  }
}
