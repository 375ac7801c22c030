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

  /// Creates a new pair from the system's random numbers.
  ///
  /// The corresponding libzmq function is `zmq_curve_keypair`.
  ///
  /// - Throws: A ``ZeroMQError`` with the code `.notSupported` if libzmq was built without CURVE.
  public init() throws {
    let result: Result<CurveKeyPair, ZeroMQError> = unsafe withUnsafeTemporaryAllocation(byteCount: 82, alignment: 1) { texts in
      defer { unsafe SecretBytes.wipe(texts) }
      return Result { () throws(ZeroMQError) in
        // SAFETY: the pointer points to the buffer of 82 bytes, valid until the closure returns.
        try unsafe LibZMQ.makeCurveKeys(into: texts)
        return CurveKeyPair(
          publicKey: try unsafe CurvePublicKey(decoding: texts[..<40]),
          secretKey: try unsafe CurveSecretKey(decoding: texts[41..<81]))
      }
    }
    self = try result.get()
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

  init(publicKey: CurvePublicKey, secretKey: CurveSecretKey) {
    self.publicKey = publicKey
    self.secretKey = secretKey
  }
}
