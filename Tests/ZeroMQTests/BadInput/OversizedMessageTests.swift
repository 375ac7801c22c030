import XCTest
import ZeroMQ

final class OversizedMessageTests: ZeroMQTestCase {
  /// A PULL that accepts at most 1024 bytes a message.
  private func limitedPull() throws -> PullSocket {
    let pull = try context.socket(.pull)
    try pull.set(.maximumMessageSize, to: 1024)
    return pull
  }

  private let oversized = Frame(copying: Array(repeating: 1, count: 1025))

  func testMessageAsLargeAsTheMaximumIsReceived() throws {
    for transport in Transport.allCases {
      let (pull, push) = (try limitedPull(), try context.socket(.push))
      try push.connect(try pull.bind(transport.newEndpoint()))
      try push.send(oversized.dropLast())
      XCTAssertEqual(try next(pull).first?.count, 1024)
    }
  }

  func testConnectionIsMadeAgainAfterAnOversizedMessage() throws {
    for transport in [Transport.ipc, .tcp] {
      let (pull, push) = (try limitedPull(), try context.socket(.push))
      try push.set(.raw(18), to: 10)
      try push.connect(try pull.bind(transport.newEndpoint()))
      for _ in 0..<3 {
        try push.send(oversized)
        // What is sent before the connection is dropped is lost with it.
        var message: Message?
        try waitUntil("the new connection") {
          _ = try push.send("small", timeout: .milliseconds(5))
          message = try pull.receive(timeout: .milliseconds(5))
          return message != nil
        }
        XCTAssertEqual(message, "small")
      }
    }
  }

  func testOtherPeersAreNotAffected() throws {
    for transport in [Transport.ipc, .tcp] {
      let pull = try limitedPull()
      let endpoint = try pull.bind(transport.newEndpoint())
      let (good, bad) = (try context.socket(.push), try context.socket(.push))
      try good.connect(endpoint)
      try bad.connect(endpoint)
      for number in 0..<100 {
        if number % 10 == 0 { try bad.send(oversized) }
        try good.send(["good", "\(number)"])
      }
      for number in 0..<100 { XCTAssertEqual(try next(pull), ["good", Frame("\(number)")]) }
    }
  }
}
