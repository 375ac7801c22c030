import Foundation
import XCTest
import ZeroMQ

final class ServiceTests: GuideTestCase {
  func testServiceAnswersTheHelloWorldClient() throws {
    let endpoint = try freeEndpoint()
    let service = try start("hwservice", endpoint, "10")
    let client = try start("hwclient", endpoint)
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertEqual(client.output.matches(of: /Received World \d/).count, 10, client.output)
    try stop(service)
  }

  func testServiceLogsWhereItIsAndThatItHasEnded() throws {
    let service = try start("hwservice", "tcp://127.0.0.1:*", "0")
    let line = try service.nextLine()
    XCTAssertNotNil(try /.* info hwservice: endpoint=tcp:\/\/127\.0\.0\.1:\d+ \[hwservice\] ready/.wholeMatch(in: line), line)
    try stop(service)
    XCTAssertTrue(service.output.hasSuffix(" info hwservice: [hwservice] ended\n"), service.output)
  }

  func testServiceWorksOnSeveralRequestsAtOnce() throws {
    let endpoint = try freeEndpoint()
    let service = try start("hwservice", endpoint, "1000", "3", "debug")
    let client = try context.socket(.dealer)
    try client.connect(endpoint)
    for number in 0..<4 { try client.send(["", "\(number)"]) }
    for _ in 0..<4 { XCTAssertEqual(try receive(from: client), ["", "World"]) }
    try stop(service)
    let steps = service.output.matches(of: /\[hwservice\] (request|reply)\n/).map(\.1)
    XCTAssertEqual(steps.prefix(4), ["request", "request", "request", "reply"], service.output)
    XCTAssertEqual(steps.count, 8, service.output)
  }

  func testServiceGoesOnAfterARequestWithoutEnvelope() throws {
    let endpoint = try freeEndpoint()
    let service = try start("hwservice", endpoint, "0", "1")
    let client = try context.socket(.dealer)
    try client.connect(endpoint)
    try client.send("Hello")
    try client.send(["", "Hello"])
    XCTAssertEqual(try receive(from: client), ["", "World"])
    try service.waitForOutput(" warning hwservice: ")
    try stop(service)
  }

  func testRequestsInProgressAreAnsweredBeforeTheEnd() throws {
    for signal in [SIGINT, SIGTERM] {
      let endpoint = try freeEndpoint()
      let service = try start("hwservice", endpoint, "1000", "8", "debug")
      let clients = try start(4, of: endpoint, requests: 50)
      try waitForLines(8, endingWith: "[hwservice] request", from: service)
      XCTAssertFalse(service.output.contains("[hwservice] reply"), service.output)
      service.signal(signal)
      try checkReplies(of: service, to: clients, andNoOthers: 50)
    }
  }

  func testEveryRequestThatWasTakenUnderLoadIsAnsweredBeforeTheEnd() throws {
    let endpoint = try freeEndpoint()
    let service = try start("hwservice", endpoint, "2", "8", "debug")
    let clients = try start(4, of: endpoint, requests: 5000)
    try waitForLines(200, endingWith: "[hwservice] reply", from: service)
    service.signal(SIGTERM)
    try checkReplies(of: service, to: clients, andNoOthers: 5000)
  }

  func testRepliesToASlowClientAreDeliveredBeforeTheEnd() throws {
    let endpoint = try freeEndpoint()
    let service = try start("hwservice", endpoint, "0", "1", "debug")
    let client = try context.socket(.dealer)
    try client.set(.receiveHighWaterMark, to: 1)
    try client.set(.receiveBufferSize, to: 65_536)
    try client.connect(endpoint)
    // What stands in the envelope comes back with the reply: more in all than the system's buffers hold.
    let large = Frame(copying: [UInt8](repeating: 7, count: 200_000))
    for number in 0..<60 { try client.send(["\(number)", large, "", "Hello"]) }
    try waitForLines(60, endingWith: "[hwservice] reply", from: service)
    service.signal(SIGTERM)
    for number in 0..<60 {
      let reply = try receive(from: client)
      XCTAssertEqual(reply, ["\(number)", large, "", "World"])
    }
    XCTAssertEqual(try service.waitForExit(), 0, service.output)
  }

  /// Clients that send all of their requests at once, each with a name that its reply has, too.
  private func start(_ count: Int, of endpoint: String, requests: Int) throws -> [DealerSocket] {
    try (0..<count).map { client in
      let socket = try context.socket(.dealer)
      try socket.set(.sendHighWaterMark, to: 0)
      try socket.connect(endpoint)
      for number in 0..<requests {
        let name = Frame("\(client)-\(number)")
        try socket.send([name, "", name])
      }
      return socket
    }
  }

  /// Checks that a service which was asked to end does, with a reply to each request that it had taken, but not to all that were sent.
  private func checkReplies(of service: Program, to clients: [DealerSocket], andNoOthers requests: Int) throws {
    XCTAssertEqual(try service.waitForExit(), 0, service.output)
    let taken = service.output.matches(of: /contents=(\S+) \[hwservice\] request/).map { String($0.1) }
    XCTAssertLessThan(taken.count, clients.count * requests)
    for (number, client) in clients.enumerated() {
      let expected = taken.filter { $0.hasPrefix("\(number)-") }
      var replies: [Message] = []
      for _ in expected { replies.append(try receive(from: client)) }
      XCTAssertEqual(Set(replies), Set(expected.map { [Frame($0), "", "World"] }), "client \(number)")
      XCTAssertNil(try client.receiveIfReady(), "client \(number)")
    }
  }
}
