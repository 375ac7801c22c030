/// A public key of the CURVE mechanism, which may be given to every peer.
///
/// The corresponding libzmq functions are `zmq_z85_decode` and `zmq_z85_encode`.
public struct CurvePublicKey: Hashable, Sendable, CurveKey, CustomStringConvertible {
  let storage: SecretBytes

  /// The key as a string: 40 characters of Z85.
  public var description: String { z85 }
}

extension CurvePublicKey {
  /// Creates a key from a string.
  ///
  /// - Parameter text: 40 characters of Z85.
  /// - Throws: A ``ZeroMQError`` with the code `.invalidArgument` if the string is not 40 characters of Z85.
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

  /// The key as a string: 40 characters of Z85.
  public var z85: String { encoded }

  /// The key as 32 bytes.
  public var bytes: [UInt8] { unsafe storage.withBytes { unsafe Array($0) } }
}
