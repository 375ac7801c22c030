import Foundation
import XCTest
import ZeroMQ

final class InterruptTests: GuideTestCase {
  func testCtrlCEndsTheServerInGoodOrder() throws {
    try check(SIGINT)
  }

  func testTerminationEndsTheServerInGoodOrder() throws {
    try check(SIGTERM)
  }

  private func check(_ signal: Int32) throws {
    let endpoint = try freeEndpoint()
    let server = try start("interrupt", endpoint)
    let client = try context.socket(.req)
    try client.connect(endpoint)
    for request in ["Hello", "again"] {
      try client.send(request)
      XCTAssertEqual(try server.nextLine(), "W: recv")
      XCTAssertEqual(try receive(from: client), Message(request))
    }
    try stop(server, with: signal)
    XCTAssertEqual(try server.nextLine(), "W: interrupt received, killing server...")
    XCTAssertEqual(try server.nextLine(), "W: cleaning up")
    XCTAssertThrowsError(try server.nextLine(), "more was printed")
  }
}
