import Foundation
import XCTest
import ZeroMQ

/// A descriptor that listens already is adopted; any other is refused, where libzmq would abort the process.
final class UseFileDescriptorTests: ZeroMQTestCase {
  func testAListeningTCPSocketIsAdopted() throws {
    let (descriptor, port) = listeningSocket()
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    try server.set(.useFileDescriptor, to: descriptor)
    XCTAssertEqual(try server.get(.useFileDescriptor), descriptor)
    XCTAssertEqual(try server.bind("tcp://127.0.0.1:*"), "tcp://127.0.0.1:\(port)")
    try server.set(.useFileDescriptor, to: nil)
    XCTAssertNil(try server.get(.useFileDescriptor))
    try client.connect("tcp://127.0.0.1:\(port)")
    try client.send("Hello")
    XCTAssertEqual(try next(server), "Hello")
    try server.send("World")
    XCTAssertEqual(try next(client), "World")
  }

  func testAListeningSocketOfTheFileSystemIsAdopted() throws {
    let path = String(Transport.ipc.newEndpoint().dropFirst("ipc://".count))
    defer { unsafe unlink(path) }
    let descriptor = listeningSocket(at: path)
    let (server, client) = (try context.socket(.rep), try context.socket(.req))
    try server.set(.useFileDescriptor, to: descriptor)
    try server.bind("ipc://\(path)")
    try client.connect("ipc://\(path)")
    try client.send("Hello")
    XCTAssertEqual(try next(server), "Hello")
  }

  func testTheSocketIsBoundToFurtherEndpointsAfterwards() throws {
    let (descriptor, port) = listeningSocket()
    let server = try context.socket(.pull)
    try server.set(.useFileDescriptor, to: descriptor)
    try server.bind("tcp://127.0.0.1:*")
    XCTAssertNil(try server.get(.useFileDescriptor))
    XCTAssertNotEqual(try server.bind("tcp://127.0.0.1:*"), "tcp://127.0.0.1:\(port)")
  }

  func testWhatDoesNotListenIsRefused() throws {
    let idle = socket(AF_INET, streamType, 0)
    let datagram = socket(AF_INET, datagramType, 0)
    let file = unsafe open("/dev/null", O_RDONLY)
    defer { for descriptor in [idle, datagram, file] { close(descriptor) } }
    for descriptor in [idle, datagram, file, Int32.max, -1, -2, .min] {
      let server = try context.socket(.rep)
      let error = assertThrows(.invalidArgument) { try server.set(.useFileDescriptor, to: descriptor) }
      XCTAssertEqual(error?.subject, "ZMQ_USE_FD = \(descriptor)")
      XCTAssertNil(try server.get(.useFileDescriptor))
    }
  }

  /// A TCP socket that listens on the loopback interface, and its port.
  ///
  /// libzmq closes it with the socket that adopts it.
  private func listeningSocket() -> (descriptor: Int32, port: UInt16) {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
    let descriptor = listeningSocket(AF_INET, &address)
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  /// A socket that listens at a path.
  private func listeningSocket(at path: String) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // SAFETY: the path is cut to the room that the address has.
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
    return listeningSocket(AF_UNIX, &address)
  }

  private func listeningSocket<Address>(_ family: Int32, _ address: inout Address) -> Int32 {
    let descriptor = socket(family, streamType, 0)
    var size = socklen_t(MemoryLayout<Address>.size)
    // SAFETY: the address is lent for the calls, with its size.
    let listens = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, size) == 0 && listen(descriptor, 10) == 0
          && getsockname(descriptor, address, &size) == 0
      }
    }
    XCTAssertTrue(listens, "no listening socket: errno \(errno)")
    return descriptor
  }
}
