import Foundation
import XCTest
import ZeroMQ

final class HandingOverTests: ZeroMQTestCase {
  /// Starts a thread that owns a socket from now on, and answers one request.
  private func answer(with server: sending RepSocket) -> TestThread {
    let handover = Handover(server)
    return TestThread {
      let server = try handover.take()
      let request = try XCTUnwrap(try server.receive(timeout: .seconds(10)))
      try server.send(["echo"] + request)
      // A reply still on its way is not lost with the socket.
      try server.set(.linger, to: nil)
    }
  }

  func testSocketGivenToAnotherThreadWorksThere() throws {
    for transport in Transport.allCases {
      let server = try context.socket(.rep)
      let endpoint = try server.bind(transport.newEndpoint())
      let thread = answer(with: server)
      let client = try context.socket(.req)
      try client.connect(endpoint)
      try client.send("hello")
      XCTAssertEqual(try next(client), ["echo", "hello"])
      try thread.join()
    }
  }

  func testSocketGivenBackAndForthKeepsItsMessages() throws {
    for transport in Transport.allCases {
      let pull = try context.socket(.pull)
      let endpoint = try pull.bind(transport.newEndpoint())
      let push = try context.socket(.push)
      try push.connect(endpoint)
      for number in 0..<50 { try push.send("\(number)") }
      var handover = Handover(pull)
      for number in 0..<50 {
        let (from, to) = (handover, DispatchQueue(label: "owner \(number)"))
        handover = try to.sync {
          let pull = try from.take()
          XCTAssertEqual(try pull.receive(timeout: .seconds(10)), Message("\(number)"))
          return Handover(pull)
        }
      }
    }
  }

  func testSocketDroppedByAnotherThreadIsClosed() throws {
    for transport in [Transport.inproc, .tcp] {
      func giveAway() throws -> (TestThread, String) {
        let pull = try context.socket(.pull)
        let endpoint = try pull.bind(transport.newEndpoint())
        let handover = Handover(pull)
        return (TestThread { _ = try handover.take() }, endpoint)
      }
      let (thread, endpoint) = try giveAway()
      try thread.join()
      let second = try context.socket(.pull)
      waitUntil("the closing") { thrownCode { try second.bind(endpoint) } == nil }
    }
  }

  func testSocketGivenToATaskWorksThere() async throws {
    let server = try context.socket(.rep)
    let endpoint = try server.bind("tcp://127.0.0.1:*")
    let client = try context.socket(.req)
    try client.connect(endpoint)
    try await client.send("hello")
    let task = Task {
      let request = try await server.receive(timeout: .seconds(10))
      XCTAssertEqual(request, "hello")
      try await server.send("from a task")
      try server.set(.linger, to: nil)
    }
    try await task.value
    XCTAssertEqual(try next(client), "from a task")
  }
}
