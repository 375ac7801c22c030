import Foundation
import XCTest
import ZeroMQ

final class ThreadTests: GuideTestCase {
  func testServerAnswersTheHelloWorldClient() throws {
    try checkHelloWorldClient("mtserver")
  }

  func testServerOfTasksAnswersTheHelloWorldClient() throws {
    try checkHelloWorldClient("mtserver-async")
  }

  private func checkHelloWorldClient(_ name: String) throws {
    let endpoint = try freeEndpoint()
    let server = try start(name, endpoint, "10")
    let client = try start("hwclient", endpoint)
    XCTAssertEqual(try client.waitForExit(), 0)
    XCTAssertTrue(client.output.contains("World"), client.output)
    try stop(server, with: SIGINT)
    XCTAssertEqual(server.output, String(repeating: "Received request: [Hello]\n", count: 10))
  }

  func testEachClientGetsItsReply() throws {
    try checkReplies("mtserver")
  }

  func testEachClientOfTheTasksGetsItsReply() throws {
    try checkReplies("mtserver-async")
  }

  private func checkReplies(_ name: String) throws {
    let endpoint = try freeEndpoint()
    let server = try start(name, endpoint, "0")
    let clients = try (0..<8).map { _ in try makeClient(of: endpoint) }
    var requests: [String] = []
    for round in 0..<10 {
      for (number, client) in clients.enumerated() {
        requests.append("\(round) from \(number)")
        try client.send("\(round) from \(number)")
      }
      for client in clients { XCTAssertEqual(try receive(from: client), "World") }
    }
    try stop(server)
    let lines = server.output.split(separator: "\n").map(String.init)
    XCTAssertEqual(lines.sorted(), requests.map { "Received request: [\($0)]" }.sorted())
  }

  func testFiveRequestsAreWorkedOnAtOnce() throws {
    try checkFiveAtOnce("mtserver")
  }

  func testFiveRequestsAreWorkedOnAtOnceByTasks() throws {
    try checkFiveAtOnce("mtserver-async")
  }

  private func checkFiveAtOnce(_ name: String) throws {
    let endpoint = try freeEndpoint()
    let server = try start(name, endpoint, "500")
    let clients = try (0..<5).map { _ in try makeClient(of: endpoint) }
    var poller = Poller()
    for client in clients { poller.add(client, for: .readable) }
    // In the first round a request may come before all five workers are there; then one of them gets two, and replies in between.
    var isShared = false
    while !isShared {
      for client in clients { try client.send("Hello") }
      for _ in clients { XCTAssertEqual(try server.nextLine(), "Received request: [Hello]") }
      isShared = try poller.wait(timeout: .milliseconds(200)).isEmpty
      for client in clients { XCTAssertEqual(try receive(from: client), "World") }
    }
    try stop(server)
  }

  func testRelayPassesTheSignalOnFromStepToStep() throws {
    let relay = try start("mtrelay")
    XCTAssertEqual(try relay.waitForExit(), 0)
    XCTAssertEqual(relay.output, "Step 1 ready, signaling step 2\nStep 2 ready, signaling step 3\nTest successful!\n")
  }

  private func makeClient(of endpoint: String) throws -> ReqSocket {
    let client = try context.socket(.req)
    try client.connect(endpoint)
    return client
  }
}
