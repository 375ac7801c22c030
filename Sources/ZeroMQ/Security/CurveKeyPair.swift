/// A secret key of the CURVE mechanism and the public key that belongs to it.
///
/// ```swift
/// let keys = try CurveKeyPair()
/// print("give this to the clients: \(keys.publicKey)")
/// ```
public struct CurveKeyPair: Hashable, Sendable {
  /// The key that may be given to anybody.
  public let publicKey: CurvePublicKey

  /// The key that proves who one is.
  public let secretKey: CurveSecretKey

  /// Makes a new pair, of the system's random numbers.
  ///
  /// The corresponding libzmq function is `zmq_curve_keypair`.
  ///
  /// - Throws: `.notSupported` if this libzmq was built without CURVE.
  public init() throws {
    let result: Result<CurveKeyPair, ZeroMQError> = unsafe withUnsafeTemporaryAllocation(byteCount: 82, alignment: 1) { texts in
      defer { unsafe SecretBytes.wipe(texts) }
      return Result { () throws(ZeroMQError) in
        // SAFETY: the buffer has room for 40 characters and a zero twice.
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
