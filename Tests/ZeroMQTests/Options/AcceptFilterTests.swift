import Foundation
import XCTest
import ZeroMQ

/// From where connections are accepted.
final class AcceptFilterTests: ZeroMQTestCase {
  /// Whether a PULL with some options gets what a PUSH sends it.
  private func accepts(_ transport: Transport, _ configure: (PullSocket) throws -> Void) throws -> Bool {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    try configure(pull)
    let monitor = try pull.monitor()
    try push.connect(try pull.bind(transport.newEndpoint()))
    try push.send("hello")
    let end = ContinuousClock.now + Self.patience
    while ContinuousClock.now < end {
      if try pull.receiveIfReady() == "hello" { return true }
      // A connection that is refused is closed at once, without a handshake.
      guard let event = try monitor.receive(timeout: .milliseconds(10)) else { continue }
      if event.kind.type == .acceptFailed { return false }
    }
    throw NothingCame()
  }

  func testNetworkThatIsNotAllowedIsRefused() throws {
    XCTAssertTrue(try accepts(.tcp) { try $0.set(.tcpAcceptFilter, to: "127.0.0.0/8") })
    XCTAssertFalse(try accepts(.tcp) { try $0.set(.tcpAcceptFilter, to: "10.1.0.0/16") })
    XCTAssertTrue(
      try accepts(.tcp) {
        try $0.set(.tcpAcceptFilter, to: "10.1.0.0/16")
        try $0.set(.tcpAcceptFilter, to: "127.0.0.1")
      })
    XCTAssertTrue(
      try accepts(.tcp) {
        try $0.set(.tcpAcceptFilter, to: "10.1.0.0/16")
        try $0.set(.tcpAcceptFilter, to: nil)
      })
  }

  func testInvalidNetworkIsAnError() throws {
    let socket = try context.socket(.pull)
    for network in ["nonsense", "127.0.0.1/99", ""] {
      let error = assertThrows(.invalidArgument) { try socket.set(.tcpAcceptFilter, to: network) }
      XCTAssertEqual(error?.subject, "ZMQ_TCP_ACCEPT_FILTER")
    }
  }

  #if os(Linux)
    func testProcessUserOrGroupThatIsNotAllowedIsRefused() throws {
      XCTAssertTrue(try accepts(.ipc) { try $0.set(.ipcFilterProcessID, to: Int(getpid())) })
      XCTAssertFalse(try accepts(.ipc) { try $0.set(.ipcFilterProcessID, to: 1) })
      XCTAssertTrue(try accepts(.ipc) { try $0.set(.ipcFilterUserID, to: Int(getuid())) })
      XCTAssertFalse(try accepts(.ipc) { try $0.set(.ipcFilterUserID, to: Int(getuid()) + 1) })
      XCTAssertTrue(try accepts(.ipc) { try $0.set(.ipcFilterGroupID, to: Int(getgid())) })
      XCTAssertTrue(
        try accepts(.ipc) {
          try $0.set(.ipcFilterUserID, to: Int(getuid()) + 1)
          try $0.set(.ipcFilterProcessID, to: Int(getpid()))
        })
    }
  #endif
}
