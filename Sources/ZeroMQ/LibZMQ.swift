internal import CZeroMQ

/// The libzmq that the program runs with.
public enum LibZMQ {
  /// A version of libzmq.
  public struct Version: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The first number; it changes with what programs see.
    public let major: Int
    /// The second number.
    public let minor: Int
    /// The third number.
    public let patch: Int

    /// Makes a version, to compare with.
    public init(_ major: Int, _ minor: Int, _ patch: Int) {
      self.major = major
      self.minor = minor
      self.patch = patch
    }

    /// Whether one version is older than another.
    public static func < (left: Version, right: Version) -> Bool {
      (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    /// The usual form, such as `"4.3.4"`.
    public var description: String { "\(major).\(minor).\(patch)" }
  }

  /// A transport or feature that a build of libzmq may lack.
  public struct Capability: RawRepresentable, Hashable, Sendable {
    /// libzmq's name of it.
    public let rawValue: String

    /// Wraps one of libzmq's names.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The transport `ipc://`.
    public static var ipc: Self { Self(rawValue: "ipc") }
    /// The transport `pgm://`, reliable multicast.
    public static var pgm: Self { Self(rawValue: "pgm") }
    /// The transport `tipc://`, between processes of a cluster.
    public static var tipc: Self { Self(rawValue: "tipc") }
    /// The transport `norm://`, reliable multicast.
    public static var norm: Self { Self(rawValue: "norm") }
    /// The transport `vmci://`, between virtual machines.
    public static var vmci: Self { Self(rawValue: "vmci") }
    /// The transport `ws://`, WebSocket.
    public static var ws: Self { Self(rawValue: "WS") }
    /// The transport `wss://`, WebSocket over TLS.
    public static var wss: Self { Self(rawValue: "WSS") }
    /// The mechanism CURVE.
    public static var curve: Self { Self(rawValue: "curve") }
    /// The mechanism GSSAPI.
    public static var gssapi: Self { Self(rawValue: "gssapi") }
    /// libzmq's draft API.
    public static var draft: Self { Self(rawValue: "draft") }
  }

  /// The version of the library that was loaded, which may be newer than the one built against.
  ///
  /// The corresponding libzmq function is `zmq_version`.
  public static var version: Version {
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    // SAFETY: libzmq writes the three numbers.
    unsafe zmq_version(&major, &minor, &patch)
    return Version(Int(major), Int(minor), Int(patch))
  }

  /// Whether this libzmq has a transport or feature.
  ///
  /// The corresponding libzmq function is `zmq_has`.
  ///
  /// - Parameter capability: which.
  public static func has(_ capability: Capability) -> Bool {
    // SAFETY: the text is lent for the call.
    unsafe zmq_has(capability.rawValue) == 1
  }
}

// Keys and Z85; the callers know how many bytes and characters there are.
extension LibZMQ {
  /// Writes bytes, a multiple of 4, as Z85 with a terminating zero.
  static func encode(_ bytes: UnsafeRawBufferPointer, into text: UnsafeMutableRawBufferPointer) {
    // SAFETY: the pointers are to the caller's buffers, lent for the call; the text has room for 5 characters for 4 bytes, and a zero.
    _ = unsafe zmq_z85_encode(
      text.assumingMemoryBound(to: CChar.self).baseAddress, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count)
  }

  /// Reads Z85, a multiple of 5 characters with a terminating zero.
  ///
  /// - Returns: Whether it is Z85.
  static func decode(_ text: UnsafeRawBufferPointer, into bytes: UnsafeMutableRawBufferPointer) -> Bool {
    // SAFETY: the pointers are to the caller's buffers, lent for the call; there is room for 4 bytes for 5 characters.
    unsafe zmq_z85_decode(
      bytes.assumingMemoryBound(to: UInt8.self).baseAddress, text.assumingMemoryBound(to: CChar.self).baseAddress) != nil
  }

  /// Makes a pair of CURVE keys, the public one first: 40 characters and a zero each.
  static func makeCurveKeys(into texts: UnsafeMutableRawBufferPointer) throws(ZeroMQError) {
    let characters = unsafe texts.assumingMemoryBound(to: CChar.self).baseAddress
    // SAFETY: the pointers are into the caller's buffer of 82 bytes, lent for the call.
    guard unsafe zmq_curve_keypair(characters, characters.map { unsafe $0 + 41 }) == 0 else { throw .last("zmq_curve_keypair") }
  }

  /// Finds the public key that belongs to a secret one: 40 characters and a zero each.
  static func findPublicKey(of secret: UnsafeRawBufferPointer, into text: UnsafeMutableRawBufferPointer) throws(ZeroMQError) {
    // SAFETY: the pointers are to the caller's buffers of 41 bytes, lent for the call.
    let result = unsafe zmq_curve_public(
      text.assumingMemoryBound(to: CChar.self).baseAddress, secret.assumingMemoryBound(to: CChar.self).baseAddress)
    guard result == 0 else { throw .last("zmq_curve_public") }
  }
}
