/// A secret key of the CURVE mechanism and its public key.
///
/// ```swift
/// let keys = try CurveKeyPair()
/// print("give this to the clients: \(keys.publicKey)")
/// ```
public struct CurveKeyPair: Hashable, Sendable {
  /// The public key, which may be given to every peer.
  public let publicKey: CurvePublicKey

  /// The secret key, which proves the owner's identity.
  public let secretKey: CurveSecretKey
}

extension CurveKeyPair {
  /// Creates a new pair from the system's random numbers.
  ///
  /// The corresponding libzmq function is `zmq_curve_keypair`.
  ///
  /// - Throws: A ``ZeroMQError`` with the code `.notSupported` if libzmq was built without CURVE.
  public init() throws {
    // SAFETY: the pointers point to the 82 bytes, valid until each closure returns.
    let texts = try unsafe SecretBytes(count: 82, LibZMQ.makeCurveKeys)
    self = try unsafe texts.withBytes { (texts) throws(ZeroMQError) in
      CurveKeyPair(
        publicKey: try unsafe CurvePublicKey(decoding: texts[..<40]),
        secretKey: try unsafe CurveSecretKey(decoding: texts[41..<81]))
    }
  }

  /// Creates the pair of a secret key.
  ///
  /// The corresponding libzmq function is `zmq_curve_public`.
  ///
  /// - Parameter secretKey: The secret key.
  /// - Precondition: `LibZMQ.has(.curve)` is `true`.
  public init(secretKey: CurveSecretKey) {
    self.init(publicKey: secretKey.publicKey, secretKey: secretKey)
  }
}
