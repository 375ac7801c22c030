import XCTest
import ZeroMQ

final class SocketTests: ZeroMQTestCase {
  func testRequestIsAnswered() throws {
    for transport in Transport.allCases {
      let (server, client) = try pair(.rep, .req, over: transport)
      try client.send("Hello")
      XCTAssertEqual(try next(server), "Hello")
      try server.send("World")
      XCTAssertEqual(try next(client), "World")
    }
  }
}
