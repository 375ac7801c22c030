import Foundation
import XCTest
import ZeroMQ

final class EndpointErrorTests: ZeroMQTestCase {
  /// Checks how an endpoint is refused, and that the socket works afterwards.
  private func assertBindFails(
    _ code: ZeroMQError.Code, _ endpoint: String, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    let error = assertThrows(code, file: file, line: line) { try pull.bind(endpoint) }
    XCTAssertEqual(error?.operation, "zmq_bind", file: file, line: line)
    XCTAssertEqual(error?.subject, endpoint, file: file, line: line)
    try push.connect(try pull.bind("tcp://127.0.0.1:*"))
    try push.send("still works")
    XCTAssertEqual(try next(pull, file: file, line: line), "still works", file: file, line: line)
  }

  private func assertConnectFails(
    _ code: ZeroMQError.Code, _ endpoint: String, file: StaticString = #filePath, line: UInt = #line
  ) throws {
    let (pull, push) = (try context.socket(.pull), try context.socket(.push))
    let error = assertThrows(code, file: file, line: line) { try push.connect(endpoint) }
    XCTAssertEqual(error?.operation, "zmq_connect", file: file, line: line)
    XCTAssertEqual(error?.subject, endpoint, file: file, line: line)
    try push.connect(try pull.bind("tcp://127.0.0.1:*"))
    try push.send("still works")
    XCTAssertEqual(try next(pull, file: file, line: line), "still works", file: file, line: line)
  }

  func testUnknownTransportIsNotSupported() throws {
    try assertBindFails(.protocolNotSupported, "http://127.0.0.1:80")
    try assertConnectFails(.protocolNotSupported, "http://127.0.0.1:80")
    try assertBindFails(.protocolNotSupported, "TCP://127.0.0.1:*")
  }

  func testTransportThatTheTypeCannotUseIsIncompatible() throws {
    try assertBindFails(.incompatibleProtocol, "udp://127.0.0.1:5555")
    try assertConnectFails(.incompatibleProtocol, "udp://127.0.0.1:5555")
  }

  func testMalformedEndpointIsAnInvalidArgument() throws {
    for endpoint in ["", "tcp", "tcp:/127.0.0.1", "://", "//", "tcp://", "inproc://", "tcp://127.0.0.1", "tcp://127.0.0.1:port"] {
      try assertBindFails(.invalidArgument, endpoint)
      try assertConnectFails(.invalidArgument, endpoint)
    }
    try assertBindFails(.invalidArgument, "tcp://127.0.0.1:65536")
    try assertConnectFails(.invalidArgument, "tcp://127.0.0.1:*")
  }

  func testEndpointWithAZeroByteIsAnInvalidArgument() throws {
    let port = try context.socket(.pull).bind("tcp://127.0.0.1:*")
    try assertBindFails(.invalidArgument, "inproc://name\0")
    try assertConnectFails(.invalidArgument, "\(port)\0tail")
    let socket = try context.socket(.pull)
    assertThrows(.invalidArgument) { try socket.unbind("inproc://name\0") }
    assertThrows(.invalidArgument) { try socket.disconnect("inproc://name\0") }
  }

  func testFileThatIsNoSocketIsKept() throws {
    let file = Transport.folder.appendingPathComponent(UUID().uuidString)
    try Data("text".utf8).write(to: file)
    try assertBindFails(.addressInUse, "ipc://\(file.path)")
    XCTAssertEqual(try Data(contentsOf: file), Data("text".utf8))
  }

  func testPortInUseIsRefused() throws {
    let first = try context.socket(.pull)
    try assertBindFails(.addressInUse, try first.bind("tcp://127.0.0.1:*"))
  }

  func testInprocNameInUseIsRefused() throws {
    let first = try context.socket(.pull)
    try assertBindFails(.addressInUse, try first.bind(Transport.inproc.newEndpoint()))
  }

  func testSecondBindingToTheSameEndpointIsRefused() throws {
    for transport in [Transport.inproc, .tcp] {
      let socket = try context.socket(.pull)
      let endpoint = try socket.bind(transport.newEndpoint())
      assertThrows(.addressInUse) { try socket.bind(endpoint) }
    }
  }

  func testAddressOfAnotherHostIsNoneOfOurs() throws {
    try assertBindFails(.addressNotAvailable, "tcp://192.0.2.1:5555")
  }

  func testUnknownInterfaceIsNoDevice() throws {
    try assertBindFails(.noSuchDevice, "tcp://nosuchdevice:5555")
  }

  func testIPCPathThatIsTooLongIsRefused() throws {
    let endpoint = "ipc:///tmp/" + String(repeating: "n", count: 200)
    try assertBindFails(.nameTooLong, endpoint)
    try assertConnectFails(.nameTooLong, endpoint)
  }

  func testIPCFolderThatDoesNotExistIsRefused() throws {
    try assertBindFails(.noSuchFileOrDirectory, "ipc:///tmp/no such folder \(UUID().uuidString)/socket")
  }

  func testErrorTellsWhatToDo() throws {
    let socket = try context.socket(.pull)
    let error = assertThrows(.protocolNotSupported) { try socket.bind("http://127.0.0.1:80") }
    XCTAssertEqual(
      error?.description,
      "zmq_bind http://127.0.0.1:80: Protocol not supported (EPROTONOSUPPORT); "
        + "this libzmq has no such transport; endpoints begin with tcp://, ipc:// or inproc://")
  }

  func testConnectingToWhatIsNotThereYetIsAllowed() throws {
    let endpoints = [
      "inproc://nobody", "ipc:///tmp/nobody \(UUID().uuidString)", "tcp://127.0.0.1:1", "tcp://nosuchhost.invalid:1",
    ]
    for endpoint in endpoints {
      let socket = try context.socket(.push)
      try socket.connect(endpoint)
    }
  }
}
