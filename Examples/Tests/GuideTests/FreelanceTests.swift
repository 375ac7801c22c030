import Foundation
import XCTest
import ZeroMQ

final class FreelanceTests: GuideTestCase {
  func testFirstModelTriesServersInTurn() throws {
    let endpoints = try (0..<3).map { _ in try freeEndpoint() }
    let servers = try endpoints.map { try start("flserver1", $0) }
    for (server, endpoint) in zip(servers, endpoints) {
      XCTAssertEqual(try server.nextLine(), "I: echo service is ready at \(endpoint)")
    }
    // Two fall silent.
    for server in servers.prefix(2) { server.signal(SIGSTOP) }
    let client = try start("flclient1", endpoints + ["--timeout=200"])
    XCTAssertEqual(try client.waitForExit(), 0)
    let lines = """
      I: trying echo service at \(endpoints[0])...
      W: no response from \(endpoints[0])
      I: trying echo service at \(endpoints[1])...
      W: no response from \(endpoints[1])
      I: trying echo service at \(endpoints[2])...
      Service is running OK

      """
    XCTAssertEqual(client.output, lines)
    try stop(servers[2], with: SIGINT)
  }

  func testFirstModelTriesASingleServerThreeTimesOnNewSockets() throws {
    let server = try context.socket(.router)
    let client = try start("flclient1", try server.bind("tcp://127.0.0.1:*"), "--timeout=100")
    let requests = try (0..<3).map { _ in try receive(from: server) }
    for request in requests { XCTAssertEqual(request[1...].map(\.self), ["", "Hello world"]) }
    XCTAssertEqual(Set(requests.map(\.first)).count, 3)
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertFalse(client.output.contains("OK"), client.output)
    XCTAssertEqual(client.output.matches(of: /W: no response/).count, 3, client.output)
  }

  func testFirstModelsServerEchoesWholeMessages() throws {
    let endpoint = try freeEndpoint()
    let server = try start("flserver1", endpoint)
    let client = try context.socket(.req)
    try client.connect(endpoint)
    try client.send(["Hello", "", "world"])
    XCTAssertEqual(try receive(from: client), ["Hello", "", "world"])
    try stop(server)
  }

  func testSecondModelGoesOnWhenTwoOfThreeServersFallSilent() throws {
    let endpoint = try freeEndpoint()
    let server = try start("flserver2", endpoint)
    let silent = try (0..<2).map { _ in try context.socket(.rep) }
    let client = try start("flclient2", try silent.map { try $0.bind("tcp://127.0.0.1:*") } + [endpoint, "--requests=2000"])
    for _ in 0..<20 {
      for server in silent {
        let request = try receive(from: server)
        XCTAssertEqual(request.dropFirst().map(\.self), ["random name"])
        try server.send([request[0], "OK"])
      }
    }
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertNotNil(client.output.wholeMatch(of: /Average round trip cost: \d+ usec\n/), client.output)
    try stop(server)
  }

  func testSecondModelSendsACopyToEachServerAndTakesTheRightNumber() throws {
    let servers = try (0..<2).map { _ in try context.socket(.router) }
    let client = try start("flclient2", try servers.map { try $0.bind("tcp://127.0.0.1:*") } + ["--requests=3", "--timeout=300"])
    let first = try servers.map { try receive(from: $0) }
    for request in first { XCTAssertEqual(request[1...].map(\.self), ["", "1", "random name"]) }
    try servers[0].send(first[0].dropLast() + ["OK"])
    _ = try receive(from: servers[0])
    let second = try receive(from: servers[1])
    XCTAssertEqual(second[2], "2")
    // The late reply to the first request is not one to the second.
    try servers[1].send(first[1].dropLast() + ["OK"])
    XCTAssertEqual(try client.waitForExit(), 0)
    let lines = client.output.split(separator: "\n")
    XCTAssertEqual(lines.first, "E: name service not available, aborting")
    XCTAssertNotNil(lines.last?.wholeMatch(of: /Average round trip cost: \d+ usec/))
  }

  func testSecondModelsServerRepliesWithTheNumber() throws {
    let endpoint = try freeEndpoint()
    let server = try start("flserver2", endpoint)
    XCTAssertEqual(try server.nextLine(), "I: service is ready at \(endpoint)")
    let client = try context.socket(.req)
    try client.connect(endpoint)
    try client.send(["17", "random name"])
    XCTAssertEqual(try receive(from: client), ["17", "OK"])
    try client.send("18")
    XCTAssertEqual(try receive(from: client), ["18", "OK"])
    XCTAssertEqual(try server.nextLine(), "E: not a request of two frames: 18")
    try stop(server, with: SIGINT)
  }

  func testThirdModelGoesOnWhenTwoOfThreeServersFallSilent() throws {
    let silent = try (0..<2).map { _ in try makeServer() }
    let last = try freeEndpoint()
    let server = try start("flserver3", last, last)
    XCTAssertEqual(try server.nextLine(), "I: service is ready at \(last)")
    let endpoints = silent.map(\.endpoint) + [last]
    let client = try start("flclient3", endpoints + ["--requests=200", "--ping=50", "--life=200"])
    for (server, _) in silent {
      var count = 0
      while count < 20 {
        let request = try receive(from: server)
        guard request[1] != "PING" else {
          try server.send([request[0], "PONG"])
          continue
        }
        XCTAssertEqual(request[2...].map(\.self), ["random name"])
        try server.send([request[0], request[1], "OK"])
        count += 1
      }
    }
    XCTAssertEqual(try client.waitForExit(), 0)
    for endpoint in endpoints { XCTAssertEqual(try client.nextLine(), "I: connecting to \(endpoint)...") }
    XCTAssertNotNil(try client.nextLine().wholeMatch(of: /Average round trip cost: \d+ usec/), client.output)
    try stop(server, with: SIGINT)
  }

  func testThirdModelGoesOnWhenServersAreKilled() throws {
    let endpoints = try (0..<3).map { _ in try freeEndpoint() }
    // The last one prints nothing more, since nobody would read it.
    let servers = try zip(endpoints, ["-v", "-v", ""]).map { try start("flserver3", $0, $0, $1) }
    for server in servers { _ = try server.nextLine() }
    let client = try start("flclient3", endpoints + ["--requests=3000", "--ping=100", "--life=60000"])
    for server in servers.prefix(2) {
      try server.waitForOutput("random name")
      server.end()
    }
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertFalse(client.output.contains("E:"), client.output)
    try stop(servers[2])
  }

  func testThirdModelGivesUpWithoutReply() throws {
    let (server, endpoint) = try makeServer()
    let client = try start("flclient3", endpoint, "--timeout=200", "--ping=50", "--requests=5")
    let request = try receive(from: server)
    XCTAssertEqual(request[1...].map(\.self), ["1", "random name"])
    let ping = try receive(from: server)
    XCTAssertEqual(ping, [request[0], "PING"])
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertTrue(client.output.contains("E: name service not available, aborting\nAverage round trip cost: "), client.output)
  }

  func testThirdModelsServerRepliesToPingsAndRequests() throws {
    let endpoint = try freeEndpoint()
    let server = try start("flserver3", endpoint, "tcp://localhost:1")
    let client = try context.socket(.router)
    try client.set(.routerMandatory, to: true)
    try client.connect(endpoint)
    while true {
      do {
        try client.send(["tcp://localhost:1", "PING"])
        break
      } catch .hostUnreachable where remainingTime > .zero {
        Thread.sleep(forTimeInterval: 0.01)
      }
    }
    XCTAssertEqual(try receive(from: client), ["tcp://localhost:1", "PONG"])
    try client.send(["tcp://localhost:1", "12", "random name"])
    XCTAssertEqual(try receive(from: client), ["tcp://localhost:1", "12", "OK"])
    try stop(server)
  }

  func testProgramsSayHowToStartThem() throws {
    for name in ["flserver1", "flserver2", "flclient1", "flclient2"] {
      let program = try start(name)
      XCTAssertEqual(try program.waitForExit(), 0)
      XCTAssertTrue(program.output.hasPrefix("I: syntax: \(name) <endpoint>"), program.output)
    }
  }

  func testTrippingMeasuresBothWays() throws {
    let tripping = try start("tripping", "200", "5000", try freeEndpoint(), try freeEndpoint())
    XCTAssertEqual(try tripping.waitForExit(), 0)
    let lines =
      /Setting up test\.\.\.\nSynchronous round-trip test\.\.\.\n \d+ calls\/second\nAsynchronous .*\n \d+ calls\/second\n/
    XCTAssertNotNil(tripping.output.wholeMatch(of: lines), tripping.output)

    let interrupted = try start("tripping", "100000000", "1", try freeEndpoint(), try freeEndpoint())
    try interrupted.waitForOutput("Synchronous")
    try stop(interrupted, with: SIGINT)
  }

  /// A server whose routing ID is its endpoint.
  private func makeServer() throws -> (socket: RouterSocket, endpoint: String) {
    let endpoint = try freeEndpoint()
    let server = try context.socket(.router)
    try server.set(.routingID, to: Frame(endpoint))
    try server.bind(endpoint)
    return (server, endpoint)
  }
}
