/// A secret key of the CURVE mechanism, which is neither printed nor put into errors.
///
/// Only ``z85`` and ``bytes`` reveal it; descriptions, `dump` and mirrors do not. Copies of a key share its bytes, which are wiped
/// when the last of them goes. Texts and arrays that a program makes a key of, or reads from it, are the program's to forget;
/// libzmq keeps a copy for as long as a socket has the key.
///
/// The corresponding libzmq functions are `zmq_z85_decode` and `zmq_z85_encode`.
public struct CurveSecretKey: Hashable, Sendable, CurveKey {
  private let storage: SecretBytes

  init<Failure: Error>(_ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    storage = try unsafe SecretBytes(count: 32, fill)
  }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    unsafe storage.withBytes(body)
  }

  /// Makes a key of its text.
  ///
  /// - Parameter text: 40 characters of Z85.
  /// - Throws: `.invalidArgument` for any other text, which the error does not show.
  public init(z85 text: some StringProtocol) throws {
    try self.init(decoding: text.utf8)
  }

  /// Makes a key of its bytes.
  ///
  /// - Parameter bytes: 32 bytes.
  /// - Throws: `.invalidArgument` for any other number of bytes.
  public init(copying bytes: some Collection<UInt8>) throws {
    try self.init(bytes: bytes)
  }

  /// The secret as text: 40 characters of Z85.
  public var z85: String { encoded }

  /// The secret as 32 bytes.
  public var bytes: [UInt8] { byteArray }
}

extension CurveSecretKey {
  /// Whether two keys are the same, found out in a time that does not depend on the keys.
  public static func == (left: CurveSecretKey, right: CurveSecretKey) -> Bool {
    SecretBytes.areEqual(left.storage, right.storage)
  }

  /// Feeds the bytes to a hasher.
  public func hash(into hasher: inout Hasher) {
    unsafe withBytes { unsafe hasher.combine(bytes: $0) }
  }

  /// The public key that belongs to the secret one.
  ///
  /// The corresponding libzmq function is `zmq_curve_public`.
  ///
  /// - Precondition: `LibZMQ.has(.curve)` is `true`.
  public var publicKey: CurvePublicKey {
    unsafe withText { secret in
      unsafe withUnsafeTemporaryAllocation(byteCount: 41, alignment: 1) { text in
        do throws(ZeroMQError) {
          // SAFETY: `withText` lends 40 characters and a zero behind them, and the buffer has room for as many.
          try unsafe LibZMQ.findPublicKey(of: secret, into: text)
          return try unsafe CurvePublicKey(decoding: text[..<40])
        } catch {
          preconditionFailure("this libzmq was built without CURVE, as LibZMQ.has(.curve) tells: \(error)")
        }
      }
    }
  }
}

extension CurveSecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The name of the type, and nothing of the secret.
  public var description: String { "CurveSecretKey" }

  /// The name of the type, and nothing of the secret.
  public var debugDescription: String { description }

  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
