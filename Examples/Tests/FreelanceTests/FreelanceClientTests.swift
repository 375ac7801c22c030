import Freelance
import XCTest
import ZeroMQ

final class FreelanceClientTests: XCTestCase {
  func testManyRequestsAreUnderWayAtOnce() async throws {
    let context = try Context(.init(blocky: false))
    let (server, endpoint) = try makeServer(in: context)
    let client = try FreelanceClient(in: context)
    try await withThrowingTaskGroup { group in
      group.addTask { try await client.run() }
      try await client.connect(to: endpoint)
      let replies = (0..<100).map { number in Task { try await client.request("\(number)") } }
      var requests: [Message] = []
      for _ in replies { requests.append(try await receive(from: server)) }
      for request in requests.reversed() { try await server.send([request[0], request[1], "reply to", request[2]]) }
      for (number, reply) in replies.enumerated() {
        let reply = try await reply.value
        XCTAssertEqual(reply, ["reply to", "\(number)"])
      }
      group.cancelAll()
    }
  }

  func testARequestWithoutReplyEndsWithItsTime() async throws {
    let context = try Context(.init(blocky: false))
    let (server, endpoint) = try makeServer(in: context)
    let client = try FreelanceClient(in: context, timeout: .milliseconds(200))
    try await withThrowingTaskGroup { group in
      group.addTask { try await client.run() }
      try await client.connect(to: endpoint)
      async let lost = client.request("1")
      let request = try await receive(from: server)
      let reply = try await lost
      XCTAssertNil(reply)
      // The late reply is not taken for that to the next request.
      try await server.send([request[0], request[1], "late"])
      async let next = client.request("2")
      let second = try await receive(from: server)
      try await server.send([second[0], second[1], "in time"])
      let inTime = try await next
      XCTAssertEqual(inTime, "in time")
      group.cancelAll()
    }
  }

  func testRequestsEndWithTheClient() async throws {
    let context = try Context(.init(blocky: false))
    let client = try FreelanceClient(in: context)
    let run = Task { try await client.run() }
    let request = Task { try await client.request("1") }
    try await Task.sleep(for: .milliseconds(50))
    run.cancel()
    for task in [request, Task { try await client.request("2") }] {
      let result = await task.result
      XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
    }
  }

  func testACancelledRequestEndsAtOnce() async throws {
    let context = try Context(.init(blocky: false))
    let client = try FreelanceClient(in: context, timeout: .seconds(1000))
    let run = Task { try await client.run() }
    let request = Task { try await client.request("1") }
    try await Task.sleep(for: .milliseconds(20))
    request.cancel()
    let result = await request.result
    XCTAssertThrowsError(try result.get()) { XCTAssertTrue($0 is CancellationError, "\($0)") }
    run.cancel()
    _ = await run.result
  }

  /// A server whose routing ID is its endpoint.
  private func makeServer(in context: Context) throws -> (RouterSocket, String) {
    while true {
      let endpoint = "tcp://127.0.0.1:\(Int.random(in: 10_000..<32_000))"
      let server = try context.socket(.router)
      try server.set(.routingID, to: Frame(endpoint))
      do {
        try server.bind(endpoint)
        return (server, endpoint)
      } catch .addressInUse {}
    }
  }

  /// The next request; a ping is answered.
  private func receive(from server: RouterSocket) async throws -> Message {
    while true {
      guard let message = try await server.receive(timeout: .seconds(10)) else {
        throw ZeroMQError(.wouldBlock, operation: "receive")
      }
      guard message.last == "PING" else { return message }
      try await server.send([message[0], "PONG"])
    }
  }
}
