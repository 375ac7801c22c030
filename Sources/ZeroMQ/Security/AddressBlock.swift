internal import CZeroMQ

/// An IP address, or all addresses that begin with the same bits.
struct AddressBlock: Hashable, Sendable {
  /// 4 or 16 bytes; the bits after the prefix are zero.
  private let bytes: [UInt8]
  private let prefixLength: Int

  /// Parses an address such as `192.168.0.7` or `::1`, or a CIDR block such as `10.0.0.0/8` or `fe80::/10`.
  init(_ text: String) throws(ZeroMQError) {
    func invalid(_ reason: String) -> ZeroMQError {
      ZeroMQError(.invalidArgument, operation: "AddressBlock", subject: "\"\(text)\", \(reason)")
    }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0]), mapped: false) else { throw invalid("which is no IP address or CIDR block") }
    var length = address.bytes.count * 8
    if parts.count == 2 {
      guard parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(parts[1]), 0...length ~= number else {
        throw invalid("whose prefix length is not 0 to \(length)")
      }
      length = number
    }
    let masked = Self.masked(address.bytes, length)
    // 10.0.0.1/8 is ambiguous: it can mean the one address, or the whole block.
    guard masked == address.bytes else { throw invalid("which has bits set behind its prefix") }
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
    if length >= 96, masked.starts(with: mapped), masked.count == 16 {
      (bytes, prefixLength) = (Array(masked.dropFirst(12)), length - 96)
    } else {
      (bytes, prefixLength) = (masked, length)
    }
  }

  /// Returns a Boolean value that indicates whether the address belongs to the block.
  ///
  /// An IPv4 block contains no IPv6 address, and the reverse, except for IPv4 addresses that an IPv6 socket reports.
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

  /// Parses an address in the system's format.
  ///
  /// - Parameter mapped: If `true`, `::ffff:10.0.0.1`, by which an IPv6 socket names an IPv4 peer, becomes `10.0.0.1`. If `false`,
  ///   it stays an IPv6 address.
  init?(_ text: String, mapped: Bool = true) {
    // A percent sign separates a link-local address from its interface.
    let address = String(text.prefix { $0 != "%" })
    guard !address.utf8.contains(0) else { return nil }
    var buffer = [UInt8](repeating: 0, count: 16)
    // SAFETY: the pointers point to the C string and the buffer, valid until the call returns; inet_pton writes at most 16 bytes.
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
