import XCTest
import ZeroMQ

final class OutOfTurnTests: ZeroMQTestCase {
  func testRequesterCannotReceiveFirst() throws {
    for transport in Transport.allCases {
      let (server, client) = try pair(.rep, .req, over: transport)
      assertThrows(.wrongState) { _ = try client.receive() }
      assertThrows(.wrongState) { _ = try client.receiveIfReady() }
      assertThrows(.wrongState) { _ = try client.receive(timeout: .seconds(20)) }
      try exchange(server, client)
    }
  }

  func testRequesterCannotSendTwice() throws {
    for transport in Transport.allCases {
      let (server, client) = try pair(.rep, .req, over: transport)
      try client.send("question")
      assertThrows(.wrongState) { try client.send("text") }
      assertThrows(.wrongState) { try client.send(Message(["a", "b"])) }
      assertThrows(.wrongState) { _ = try client.sendIfReady("text") }
      assertThrows(.wrongState) { _ = try client.send("text", timeout: .seconds(20)) }
      XCTAssertEqual(try next(server), "question")
      try server.send("answer")
      XCTAssertEqual(try next(client), "answer")
      try exchange(server, client)
    }
  }

  func testReplierCannotSendFirst() throws {
    for transport in Transport.allCases {
      let (server, client) = try pair(.rep, .req, over: transport)
      assertThrows(.wrongState) { try server.send("text") }
      assertThrows(.wrongState) { try server.send(Message(["a", "b"])) }
      assertThrows(.wrongState) { _ = try server.sendIfReady("text") }
      try exchange(server, client)
    }
  }

  func testReplierCannotReceiveTwice() throws {
    for transport in Transport.allCases {
      let (server, client) = try pair(.rep, .req, over: transport)
      try client.send("question")
      XCTAssertEqual(try next(server), "question")
      assertThrows(.wrongState) { _ = try server.receive() }
      assertThrows(.wrongState) { _ = try server.receiveIfReady() }
      try server.send("answer")
      XCTAssertEqual(try next(client), "answer")
      try exchange(server, client)
    }
  }

  /// Checks that nothing was lost: whole messages still go both ways.
  private func exchange(
    _ server: RepSocket, _ client: ReqSocket, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    for number in 0..<3 {
      try client.send(["question", "\(number)"])
      XCTAssertEqual(try next(server), ["question", Frame("\(number)")], file: file, line: line)
      try server.send(["answer", "\(number)"])
      XCTAssertEqual(try next(client), ["answer", Frame("\(number)")], file: file, line: line)
    }
  }
}
