internal import CZeroMQ

/// The libzmq library that the program uses at run time.
public enum LibZMQ {
  /// A version of libzmq.
  public struct Version: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The major version number; it changes when libzmq breaks compatibility.
    public let major: Int
    /// The minor version number.
    public let minor: Int
    /// The patch level.
    public let patch: Int

    /// Creates a version to compare with.
    ///
    /// - Parameters:
    ///   - major: The major version number.
    ///   - minor: The minor version number.
    ///   - patch: The patch level.
    public init(_ major: Int, _ minor: Int, _ patch: Int) {
      self.major = major
      self.minor = minor
      self.patch = patch
    }

    /// Returns a Boolean value that indicates whether the first version is older than the second.
    public static func < (left: Version, right: Version) -> Bool {
      (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    /// The version with dots, such as `"4.3.4"`.
    public var description: String { "\(major).\(minor).\(patch)" }
  }

  /// A transport or feature that a build of libzmq may lack.
  public struct Capability: RawRepresentable, Hashable, Sendable {
    /// libzmq's name of the capability.
    public let rawValue: String

    /// Creates a capability from libzmq's name of it.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The `ipc://` transport.
    public static var ipc: Self { Self(rawValue: "ipc") }
    /// The `pgm://` transport, a reliable multicast.
    public static var pgm: Self { Self(rawValue: "pgm") }
    /// The `tipc://` transport, between the processes of a cluster.
    public static var tipc: Self { Self(rawValue: "tipc") }
    /// The `norm://` transport, a reliable multicast.
    public static var norm: Self { Self(rawValue: "norm") }
    /// The `vmci://` transport, between virtual machines.
    public static var vmci: Self { Self(rawValue: "vmci") }
    /// The `ws://` transport, WebSocket.
    public static var ws: Self { Self(rawValue: "WS") }
    /// The `wss://` transport, WebSocket over TLS.
    public static var wss: Self { Self(rawValue: "WSS") }
    /// The CURVE mechanism.
    public static var curve: Self { Self(rawValue: "curve") }
    /// The GSSAPI mechanism.
    public static var gssapi: Self { Self(rawValue: "gssapi") }
    /// libzmq's draft API.
    public static var draft: Self { Self(rawValue: "draft") }
  }

  /// The version of the loaded library, which can be newer than the one that the program was built with.
  ///
  /// The corresponding libzmq function is `zmq_version`.
  public static var version: Version {
    var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
    // SAFETY: the pointers point to three local integers, valid until the call returns; used only on this thread.
    unsafe zmq_version(&major, &minor, &patch)
    return Version(Int(major), Int(minor), Int(patch))
  }

  /// Returns a Boolean value that indicates whether this libzmq has a transport or feature.
  ///
  /// The corresponding libzmq function is `zmq_has`.
  ///
  /// - Parameter capability: The transport or feature.
  public static func has(_ capability: Capability) -> Bool {
    // SAFETY: the pointer points to the raw value's C string, valid until the call returns; used only on this thread.
    unsafe zmq_has(capability.rawValue) == 1
  }

  // MARK: Keys and Z85; each caller ensures that its buffers have the sizes named here

  /// Calls a closure with bytes encoded in Z85, which a zero follows.
  ///
  /// The pointer is valid only during the call; the characters are wiped afterwards.
  ///
  /// - Parameters:
  ///   - bytes: A multiple of 4 bytes.
  ///   - body: The closure.
  static func withZ85<Result>(_ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let count = bytes.count / 4 * 5
    return unsafe withUnsafeTemporaryAllocation(byteCount: count + 1, alignment: 1) { text in
      defer { unsafe shim_wipe(text.baseAddress, text.count) }
      // SAFETY: the pointers point to the caller's bytes and to the buffer, valid until the closure returns; libzmq writes 5
      // characters for each 4 bytes, and a zero.
      _ = unsafe zmq_z85_encode(
        text.assumingMemoryBound(to: CChar.self).baseAddress, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count)
      return unsafe body(UnsafeRawBufferPointer(rebasing: text[..<count]))
    }
  }

  /// Decodes Z85; the copy of its characters is wiped afterwards.
  ///
  /// - Parameters:
  ///   - text: A multiple of 5 characters, none of which is zero.
  ///   - bytes: The buffer for 4 bytes for each 5 characters.
  /// - Returns: `true` if the text is Z85; otherwise, `false`.
  static func decode(_ text: some Collection<UInt8>, into bytes: UnsafeMutableRawBufferPointer) -> Bool {
    unsafe withUnsafeTemporaryAllocation(byteCount: text.count + 1, alignment: 1) { copy in
      defer { unsafe shim_wipe(copy.baseAddress, copy.count) }
      unsafe copy.copyBytes(from: text)
      unsafe copy[text.count] = 0
      // SAFETY: the pointers point to the zero-terminated copy and to the caller's buffer, valid until the closure returns; libzmq
      // writes 4 bytes for each 5 characters.
      return unsafe zmq_z85_decode(
        bytes.assumingMemoryBound(to: UInt8.self).baseAddress, copy.assumingMemoryBound(to: CChar.self).baseAddress) != nil
    }
  }

  /// Generates a pair of CURVE keys in Z85, the public key first.
  ///
  /// - Parameter texts: The buffer for 40 characters and a zero, twice.
  static func makeCurveKeys(into texts: UnsafeMutableRawBufferPointer) throws(ZeroMQError) {
    let characters = unsafe texts.assumingMemoryBound(to: CChar.self).baseAddress
    // SAFETY: the pointers point into the caller's buffer of 82 bytes, valid until the call returns; libzmq writes 41 bytes at
    // each.
    guard unsafe zmq_curve_keypair(characters, characters.map { unsafe $0 + 41 }) == 0 else { throw .last("zmq_curve_keypair") }
  }

  /// Derives the public key that belongs to a secret key, both in Z85.
  ///
  /// - Parameters:
  ///   - secret: 40 characters, followed by a terminating zero.
  ///   - text: The buffer for 40 characters and a zero.
  static func findPublicKey(of secret: UnsafeRawBufferPointer, into text: UnsafeMutableRawBufferPointer) -> Bool {
    // SAFETY: the pointers point to the caller's two buffers of 41 bytes, valid until the call returns; libzmq writes the second.
    unsafe zmq_curve_public(
      text.assumingMemoryBound(to: CChar.self).baseAddress, secret.assumingMemoryBound(to: CChar.self).baseAddress) == 0
  }
}
