import Foundation
import XCTest
import ZeroMQ

extension ZMTP {
  /// The command with which a peer says what type its socket has, and what its routing ID is.
  static func ready(_ socketType: String, routingID: String) -> [UInt8] {
    func property(_ name: String, _ value: String) -> [UInt8] {
      [UInt8(name.utf8.count)] + name.utf8 + [0, 0, 0, UInt8(value.utf8.count)] + value.utf8
    }
    let body = [5] + Array("READY".utf8) + property("Socket-Type", socketType) + property("Identity", routingID)
    return [4, UInt8(body.count)] + body
  }

  /// A message as it stands on the wire.
  static func message(_ message: Message) -> [UInt8] {
    message.enumerated().flatMap { index, frame -> [UInt8] in
      let more: UInt8 = index < message.count - 1 ? 1 : 0
      if frame.count < 256 { return [more, UInt8(frame.count)] + frame }
      return [more | 2] + longFrame(announcing: UInt64(frame.count)).dropFirst() + frame
    }
  }

  /// The command that a peer answers with PONG.
  static let ping: [UInt8] = [4, 7, 4] + Array("PING".utf8) + [0, 0]
}

extension RawTCPClient {
  /// Completes ZMTP's handshake as a peer with a routing ID.
  func shakeHands(as socketType: String, routingID: String) {
    send(ZMTP.greeting + ZMTP.ready(socketType, routingID: routingID))
    _ = receive(ZMTP.greeting.count)
    _ = receive(Int(receive(2).last ?? 0))
  }

  /// Sends a whole message.
  func send(_ message: Message) {
    send(ZMTP.message(message))
  }

  /// The next message that stands on the wire, all frames of it; without frames if the peer closes the connection.
  func receiveMessage() -> Message {
    var frames: [Frame] = []
    while let (flags, bytes) = receiveFrame() {
      if flags & 4 != 0 { continue }
      frames.append(Frame(copying: bytes))
      if flags & 1 == 0 { return Message(frames) }
    }
    return Message()
  }

  /// Waits until the peer's socket has all that was sent.
  func waitUntilAllIsTaken(file: StaticString = #filePath, line: UInt = #line) {
    // The first may be answered in the middle of what the peer takes at once, the second only after it.
    for _ in 0..<2 { XCTAssertTrue(answersPing(), "no PONG came", file: file, line: line) }
  }

  /// Whether the peer answers PING with PONG, rather than to close the connection.
  func answersPing() -> Bool {
    send(ZMTP.ping)
    while let (flags, bytes) = receiveFrame() {
      if flags & 4 != 0, bytes.starts(with: [4] + Array("PONG".utf8)) { return true }
    }
    return false
  }

  /// The flags and bytes of the next frame or command; `nil` if the peer closes the connection.
  private func receiveFrame() -> (flags: UInt8, bytes: [UInt8])? {
    guard let flags = receive(1).first else { return nil }
    let size = receive(flags & 2 == 0 ? 1 : 8)
    guard !size.isEmpty else { return nil }
    return (flags, receive(size.reduce(0) { $0 << 8 | Int($1) }))
  }
}

/// A TCP server that does nothing by itself.
final class RawTCPServer {
  /// Where it listens.
  let endpoint: String

  private let descriptor: Int32

  /// Listens at a port that the system chooses, or at that of an endpoint.
  init(at endpoint: String? = nil) throws {
    descriptor = socket(AF_INET, streamType, 0)
    var (yes, size) = (Int32(1), socklen_t(MemoryLayout<sockaddr_in>.size))
    // SAFETY: the value lives for the call, which is told its size.
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = (endpoint.flatMap { UInt16($0.split(separator: ":").last ?? "") } ?? 0).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    let descriptor = descriptor
    // SAFETY: the address lives for the calls, which are told its size.
    let result = unsafe withUnsafeMutablePointer(to: &address) { address in
      unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        let result = unsafe bind(descriptor, $0, size)
        guard result == 0 else { return result }
        return listen(descriptor, 16) == 0 ? unsafe getsockname(descriptor, $0, &size) : -1
      }
    }
    self.endpoint = "tcp://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
    guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  deinit {
    close(descriptor)
  }

  /// The next connection; `nil` if none is made in time.
  func accept(within time: Duration = ZeroMQTestCase.patience) -> RawTCPClient? {
    var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    // SAFETY: one item is polled.
    guard withoutSignals({ unsafe poll(&item, 1, Int32(time / .milliseconds(1))) }) > 0 else { return nil }
    let connection = Foundation.accept(descriptor, nil, nil)
    return connection < 0 ? nil : RawTCPClient(descriptor: connection)
  }
}
