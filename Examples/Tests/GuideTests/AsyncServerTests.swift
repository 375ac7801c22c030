import XCTest
import ZeroMQ

final class AsyncServerTests: GuideTestCase {
  func testThreeClientsGetUpToFourRepliesToEachRequest() throws {
    try checkClients("asyncsrv")
  }

  func testThreeClientsInTasksGetUpToFourRepliesToEachRequest() throws {
    try checkClients("asyncsrv-async")
  }

  /// Runs the program with its own clients.
  private func checkClients(_ name: String) throws {
    let server = try start(name, try freeEndpoint(), "2000", "3", "50", "20")
    XCTAssertEqual(try server.waitForExit(), 0)
    var replies: [Substring: [Substring: Int]] = [:]
    for line in server.output.split(separator: "\n") {
      let reply = try XCTUnwrap(line.wholeMatch(of: /([0-9A-F]{4}-[0-9A-F]{4}): \[(\d{3})\] (request #\d+)/), server.output).output
      XCTAssertEqual(Int(reply.2), reply.3.count)
      replies[reply.1, default: [:]][reply.3, default: 0] += 1
    }
    XCTAssertEqual(replies.count, 3, server.output)
    for (client, requests) in replies {
      XCTAssertGreaterThan(requests.count, 1, "\(client)")
      XCTAssertLessThanOrEqual(requests.values.max() ?? 0, 4, "\(client)")
    }
  }

  func testServerRepliesWithWhatTheClientSent() throws {
    try checkServer("asyncsrv")
  }

  func testServerInTasksRepliesWithWhatTheClientSent() throws {
    try checkServer("asyncsrv-async")
  }

  /// Plays the clients.
  private func checkServer(_ name: String) throws {
    let endpoint = try freeEndpoint()
    let server = try start(name, endpoint, "3000", "0", "1000", "5")
    let clients = try (0..<2).map { _ in try context.socket(.dealer) }
    for client in clients { try client.connect(endpoint) }
    // Nobody waits for a reply before the next request.
    for number in 0..<25 {
      for (name, client) in zip(["one", "two"], clients) { try client.send("\(name) \(number)") }
    }
    for (name, client) in zip(["one", "two"], clients) {
      // 25 requests get 50 replies on average, and fewer than 10 next to never.
      var replies: [Message: Int] = [:]
      for _ in 0..<10 { replies[try receive(from: client), default: 0] += 1 }
      for (reply, count) in replies {
        XCTAssertTrue((0..<25).contains { reply == Message("\(name) \($0)") }, "\(reply)")
        XCTAssertLessThanOrEqual(count, 4)
      }
    }
    XCTAssertEqual(try server.waitForExit(), 0)
    XCTAssertEqual(server.output, "")
  }
}
