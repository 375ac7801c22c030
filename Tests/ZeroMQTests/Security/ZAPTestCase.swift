import XCTest
import ZeroMQ

/// Asks the context's authenticator as a server's socket does.
class ZAPTestCase: ZeroMQTestCase {
  static let curveKey = [UInt8](repeating: 7, count: 32)

  /// A request of six frames and the credentials.
  func request(
    _ domain: Frame = "global", from address: Frame = "127.0.0.1", mechanism: Frame = "NULL", _ credentials: Frame...
  ) -> Message {
    Message(["1.0", "42", domain, address, "", mechanism] + credentials)
  }

  /// What the authenticator answers.
  func ask(_ request: Message, file: StaticString = #filePath, line: UInt = #line) throws -> Message {
    let socket = try context.socket(.req)
    try socket.connect("inproc://zeromq.zap.01")
    try socket.send(request)
    let reply = try next(socket, file: file, line: line)
    XCTAssertEqual(reply.count, 6, "\(reply)", file: file, line: line)
    XCTAssertEqual(reply.first, "1.0", file: file, line: line)
    return reply
  }

  /// Checks the status of the answer to a request.
  func assertStatus(_ status: Frame, of request: Message, file: StaticString = #filePath, line: UInt = #line) throws {
    let reply = try ask(request, file: file, line: line)
    XCTAssertEqual(reply[1], "42", file: file, line: line)
    XCTAssertEqual(reply[2], status, "\(request): \(reply)", file: file, line: line)
    if status != "200" {
      XCTAssertFalse(reply[3].isEmpty, file: file, line: line)
      XCTAssertTrue(reply[4].isEmpty, file: file, line: line)
    }
  }
}
