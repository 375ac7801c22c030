internal import CZeroMQ

/// An IP address, or all addresses that begin with the same bits.
struct AddressBlock: Hashable, Sendable {
  /// The address; the bits after the prefix are zero.
  private let address: IPAddress
  private let prefixLength: Int

  /// Parses an address such as `192.168.0.7` or `::1`, or a CIDR block such as `10.0.0.0/8` or `fe80::/10`.
  init(_ text: String) throws(ZeroMQError) {
    func invalid(_ reason: String) -> ZeroMQError {
      ZeroMQError(.invalidArgument, operation: "AddressBlock", subject: "\"\(text)\", \(reason)")
    }
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(String(parts[0])) else { throw invalid("which is no IP address or CIDR block") }
    let bitCount = parts[0].contains(":") ? 128 : 32
    var length = bitCount
    if parts.count == 2 {
      guard parts[1].utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(parts[1]), 0...bitCount ~= number else {
        throw invalid("whose prefix length is not 0 to \(bitCount)")
      }
      length = number
    }
    self.address = address
    prefixLength = 128 - bitCount + length
    // 10.0.0.1/8 is ambiguous: it can mean the one address, or the whole block.
    guard contains(address) else { throw invalid("which has bits set behind its prefix") }
  }

  /// Returns a Boolean value that indicates whether the address belongs to the block.
  ///
  /// An IPv4 block contains no IPv6 address, and the reverse, except for IPv4 addresses that an IPv6 socket reports.
  func contains(_ address: IPAddress) -> Bool {
    let masked = address.bytes.enumerated().map { index, byte in
      byte & UInt8(truncatingIfNeeded: 0xff00 >> min(max(prefixLength - index * 8, 0), 8))
    }
    return masked == self.address.bytes && address.isIPv4 == self.address.isIPv4
  }
}

/// An IPv4 or IPv6 address.
struct IPAddress: Hashable, Sendable {
  /// The 16 bytes of an IPv6 address, or of the form `::ffff:10.0.0.1` by which an IPv6 socket names an IPv4 peer.
  let bytes: [UInt8]

  private static let ipv4Prefix = [UInt8](repeating: 0, count: 10) + [0xff, 0xff]

  var isIPv4: Bool { bytes.starts(with: Self.ipv4Prefix) }

  /// Parses an address in the system's format.
  init?(_ text: String) {
    // A percent sign separates a link-local address from its interface.
    let address = String(text.prefix { $0 != "%" })
    guard !address.utf8.contains(0) else { return nil }
    var buffer = [UInt8](repeating: 0, count: 16)
    // SAFETY: the pointers point to the C string and the buffer, valid until the call returns; inet_pton writes at most 16 bytes.
    if unsafe inet_pton(AF_INET, address, &buffer) == 1 {
      bytes = Self.ipv4Prefix + buffer.prefix(4)
    } else if unsafe inet_pton(AF_INET6, address, &buffer) == 1 {
      bytes = buffer
    } else {
      return nil
    }
  }
}
