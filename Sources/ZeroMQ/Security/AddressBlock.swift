internal import CZeroMQ

/// An IP address, or all of them that begin with the same bits.
struct AddressBlock: Hashable, Sendable {
  /// 4 or 16 bytes, of which those behind the prefix are zero.
  private let bytes: [UInt8]
  private let prefixLength: Int

  /// Reads an address such as `192.168.0.7` or `::1`, or a CIDR block such as `10.0.0.0/8` or `fe80::/10`.
  init(_ text: String) throws(ZeroMQError) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0]), mapped: false) else {
      throw ZeroMQError(.invalidArgument, operation: "AddressBlock", subject: "\"\(text)\", which is no IP address or CIDR block")
    }
    var length = address.bytes.count * 8
    if parts.count == 2 {
      guard parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(parts[1]), 0...length ~= number else {
        throw ZeroMQError(
          .invalidArgument, operation: "AddressBlock", subject: "\"\(text)\", whose prefix length is not 0 to \(length)")
      }
      length = number
    }
    let masked = Self.masked(address.bytes, length)
    // 10.0.0.1/8 may be meant as that one address or as all of the block: better asked than guessed.
    guard masked == address.bytes else {
      throw ZeroMQError(.invalidArgument, operation: "AddressBlock", subject: "\"\(text)\", which has bits set behind its prefix")
    }
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
    if length >= 96, masked.starts(with: mapped), masked.count == 16 {
      (bytes, prefixLength) = (Array(masked.dropFirst(12)), length - 96)
    } else {
      (bytes, prefixLength) = (masked, length)
    }
  }

  /// Whether the address is one of the block's; IPv4 and IPv6 have nothing in common, but for IPv4 addresses that IPv6 sockets see.
  func contains(_ address: IPAddress) -> Bool {
    address.bytes.count == bytes.count && Self.masked(address.bytes, prefixLength) == bytes
  }

  private static func masked(_ bytes: [UInt8], _ length: Int) -> [UInt8] {
    bytes.enumerated().map { index, byte in
      let bits = min(max(length - index * 8, 0), 8)
      return byte & UInt8(truncatingIfNeeded: 0xff00 >> bits)
    }
  }
}

/// An IPv4 or IPv6 address.
struct IPAddress: Hashable, Sendable {
  /// 4 or 16 bytes, in network order.
  let bytes: [UInt8]

  /// Reads an address as the system writes it.
  ///
  /// - Parameter mapped: whether `::ffff:10.0.0.1`, as an IPv6 socket sees an IPv4 peer, becomes `10.0.0.1`.
  init?(_ text: String, mapped: Bool = true) {
    // What follows a percent sign is the interface of a link-local address.
    let address = String(text.prefix { $0 != "%" })
    guard !address.utf8.contains(0) else { return nil }
    var buffer = [UInt8](repeating: 0, count: 16)
    // SAFETY: inet_pton writes 4 or 16 bytes, which the buffer has room for; the text is lent for the call.
    if unsafe inet_pton(AF_INET, address, &buffer) == 1 {
      bytes = Array(buffer.prefix(4))
    } else if unsafe inet_pton(AF_INET6, address, &buffer) == 1 {
      let isMapped = buffer.prefix(10).allSatisfy { $0 == 0 } && buffer[10] == 0xff && buffer[11] == 0xff
      bytes = mapped && isMapped ? Array(buffer.suffix(4)) : buffer
    } else {
      return nil
    }
  }
}
