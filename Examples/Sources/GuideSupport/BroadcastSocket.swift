@preconcurrency import Foundation

/// A UDP socket that sends to all hosts of a network, and receives from them.
public final class BroadcastSocket {
  /// The descriptor, for a poller.
  public let fileDescriptor: Int32
  private let address: sockaddr_in

  /// Opens a socket that is bound to a port of all interfaces, or ends the program.
  ///
  /// - Parameters:
  ///   - port: The port to bind, and to send to.
  ///   - address: The network's broadcast address.
  ///   - sharingPort: Whether other processes of this host may bind the port as well.
  public init(port: Int, address: String, sharingPort: Bool) {
    #if os(Linux)
      fileDescriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
    #else
      fileDescriptor = socket(AF_INET, SOCK_DGRAM, 0)
    #endif
    self.address = Self.socketAddress(address, port)
    var on: Int32 = 1
    let size = socklen_t(MemoryLayout<Int32>.size)
    setsockopt(fileDescriptor, SOL_SOCKET, SO_BROADCAST, &on, size)
    if sharingPort {
      setsockopt(fileDescriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
      #if !os(Linux)
        setsockopt(fileDescriptor, SOL_SOCKET, SO_REUSEPORT, &on, size)
      #endif
    }
    let any = Self.socketAddress("0.0.0.0", port)
    guard Self.withSocketAddress(any, { bind(fileDescriptor, $0, $1) }) == 0 else { Self.fail("bind") }
  }

  deinit {
    close(fileDescriptor)
  }

  /// Sends bytes to all hosts of the network.
  public func send(_ bytes: [UInt8]) {
    let count = Self.withSocketAddress(address) { sendto(fileDescriptor, bytes, bytes.count, 0, $0, $1) }
    if count < 0 { Self.fail("sendto") }
  }

  /// Receives the next datagram.
  ///
  /// - Returns: Its bytes, and the sender as `address:port`; `nil` if there is none.
  public func receive() -> (bytes: [UInt8], sender: String)? {
    var bytes = [UInt8](repeating: 0, count: 1500)
    var sender = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let count = withUnsafeMutablePointer(to: &sender) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        recvfrom(fileDescriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT), $0, &size)
      }
    }
    guard count >= 0 else { return nil }
    let text = String(cString: inet_ntoa(sender.sin_addr))
    return (Array(bytes.prefix(count)), "\(text):\(UInt16(bigEndian: sender.sin_port))")
  }

  private static func socketAddress(_ host: String, _ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
    guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { fail("no IPv4 address: \(host)") }
    return address
  }

  private static func withSocketAddress<Result>(
    _ address: sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }

  private static func fail(_ operation: String) -> Never {
    perror(operation)
    exit(1)
  }
}
