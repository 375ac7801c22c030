import Foundation
import XCTest

/// A TCP peer that sends whatever bytes a test wants.
final class RawTCPClient {
  private let descriptor: Int32
  private var isOpen = true

  /// Connects to what a socket was bound to: `tcp://127.0.0.1:` and a port.
  init(_ endpoint: String, file: StaticString = #filePath, line: UInt = #line) throws {
    let port = try XCTUnwrap(UInt16(endpoint.split(separator: ":").last ?? ""), endpoint, file: file, line: line)
    descriptor = socket(AF_INET, streamType, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    // SAFETY: the address lives for the call, which is told its size.
    let result = unsafe withUnsafePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        withoutSignals { unsafe connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) }
      }
    }
    guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    limitWaits()
  }

  /// Takes over a connection that was accepted.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    limitWaits()
  }

  private func limitWaits() {
    var patience = timeval(tv_sec: 10, tv_usec: 0)
    // SAFETY: the value lives for the call, which is told its size.
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit {
    end()
  }

  /// Closes the connection.
  func end() {
    if isOpen { close(descriptor) }
    isOpen = false
  }

  /// Sends bytes; a peer that has closed the connection is no error.
  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      // SAFETY: the bytes are lent for the call.
      let count = unsafe rest.withUnsafeBytes { rest in
        withoutSignals { unsafe Foundation.send(descriptor, rest.baseAddress, rest.count, noPipeSignal) }
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Completes ZMTP's handshake, after which frames may be sent.
  func shakeHands(as socketType: String) {
    send(ZMTP.greeting + ZMTP.ready(socketType))
    _ = receive(ZMTP.greeting.count)
    _ = receive(Int(receive(2).last ?? 0))
  }

  /// Receives so many bytes, or fewer if the peer closes the connection or falls silent.
  func receive(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var byte: UInt8 = 0
    // SAFETY: one byte is read into one byte.
    while bytes.count < count, withoutSignals({ unsafe recv(descriptor, &byte, 1, 0) }) == 1 { bytes.append(byte) }
    return bytes
  }

  /// Whether the peer closes the connection in time, after whatever it may still send.
  func isClosedByPeer() -> Bool {
    hasEnded(flags: 0)
  }

  /// Whether the peer has closed the connection by now.
  var hasBeenClosedByPeer: Bool {
    hasEnded(flags: Int32(MSG_DONTWAIT))
  }

  private func hasEnded(flags: Int32) -> Bool {
    var byte: UInt8 = 0
    while true {
      // SAFETY: one byte is read into one byte.
      switch withoutSignals({ unsafe recv(descriptor, &byte, 1, flags) }) {
      case 1: continue
      case 0: return true
      default: return errno == ECONNRESET
      }
    }
  }
}

/// Bytes of ZMTP 3.0, as a well-behaved peer sends them.
enum ZMTP {
  /// The greeting of a peer that uses the mechanism NULL.
  static let greeting: [UInt8] =
    [0xff] + Array(repeating: 0, count: 8) + [0x7f, 3, 0] + Array("NULL".utf8) + Array(repeating: 0, count: 16 + 1 + 31)

  /// The command with which a peer says what type its socket has.
  static func ready(_ socketType: String) -> [UInt8] {
    let name = Array("Socket-Type".utf8)
    let body = [5] + Array("READY".utf8) + [UInt8(name.count)] + name + [0, 0, 0, UInt8(socketType.utf8.count)] + socketType.utf8
    return [4, UInt8(body.count)] + body
  }

  /// The beginning of a frame that announces a number of bytes.
  static func longFrame(announcing count: UInt64) -> [UInt8] {
    [2] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
  }
}
