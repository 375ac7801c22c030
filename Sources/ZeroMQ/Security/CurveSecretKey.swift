/// A secret key of the CURVE mechanism, which descriptions and errors never show.
///
/// Only ``z85`` and ``bytes`` reveal it; descriptions, `dump` and mirrors do not.
///
/// Copies of a key share its bytes, which are wiped when the last copy is released. Strings and arrays from which you create a key,
/// or that you read from it, are not wiped. libzmq keeps a copy for as long as a socket has the key.
///
/// The corresponding libzmq functions are `zmq_z85_decode` and `zmq_z85_encode`.
public struct CurveSecretKey: Hashable, Sendable, CurveKey {
  let storage: SecretBytes
}

extension CurveSecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Creates a key from a string.
  ///
  /// - Parameter text: 40 characters of Z85.
  /// - Throws: A ``ZeroMQError`` with the code `.invalidArgument` if the string is not 40 characters of Z85. The error does not
  ///   show it.
  public init(z85 text: some StringProtocol) throws {
    try self.init(decoding: text.utf8)
  }

  /// Creates a key from its bytes.
  ///
  /// - Parameter bytes: 32 bytes.
  /// - Throws: A ``ZeroMQError`` with the code `.invalidArgument` if there are not exactly 32 bytes.
  public init(copying bytes: some Collection<UInt8>) throws {
    try self.init(bytes: bytes)
  }

  /// The secret as a string: 40 characters of Z85.
  public var z85: String { encoded }

  /// The secret as 32 bytes.
  public var bytes: [UInt8] { unsafe storage.withBytes { unsafe Array($0) } }

  /// The public key that belongs to the secret key.
  ///
  /// The corresponding libzmq function is `zmq_curve_public`.
  ///
  /// - Precondition: `LibZMQ.has(.curve)` is `true`.
  public var publicKey: CurvePublicKey {
    // SAFETY: the pointers point to 40 characters and a zero, and to the buffer of 41 bytes, valid until the closures return.
    let text = unsafe SecretBytes(count: 41) { text in
      let isFound = unsafe withText { unsafe LibZMQ.findPublicKey(of: $0, into: text) }
      precondition(isFound, "LibZMQ.has(.curve) is false: this libzmq was built without CURVE")
    }
    guard let key = unsafe text.withBytes({ unsafe try? CurvePublicKey(decoding: $0[..<40]) }) else {
      preconditionFailure("libzmq's public key is not in Z85")
    }
    return key
  }

  /// The name of the type, without the secret.
  public var description: String { "CurveSecretKey" }

  /// The name of the type, without the secret.
  public var debugDescription: String { description }

  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
