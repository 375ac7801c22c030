/// A secret key of the CURVE mechanism, which is neither printed nor put into errors.
///
/// Only ``z85`` and ``bytes`` reveal it; descriptions, `dump` and mirrors do not.
///
/// The corresponding libzmq functions are `zmq_z85_decode` and `zmq_z85_encode`.
public struct CurveSecretKey: Hashable, Sendable, CurveKey {
  let rawBytes: CurveKeyBytes

  init(_ rawBytes: CurveKeyBytes) {
    self.rawBytes = rawBytes
  }

  /// Makes a key of its text.
  ///
  /// - Parameter text: 40 characters of Z85.
  /// - Throws: `.invalidArgument` for any other text, which the error does not show.
  public init(z85 text: some StringProtocol) throws(ZeroMQError) {
    try self.init(decoding: text)
  }

  /// Makes a key of its bytes.
  ///
  /// - Parameter bytes: 32 bytes.
  /// - Throws: `.invalidArgument` for any other number of bytes.
  public init(copying bytes: some Collection<UInt8>) throws(ZeroMQError) {
    try self.init(bytes: bytes)
  }

  /// The secret as text: 40 characters of Z85.
  public var z85: String { encoded }

  /// The secret as 32 bytes.
  public var bytes: [UInt8] { byteArray }
}

extension CurveSecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The name of the type, and nothing of the secret.
  public var description: String { "CurveSecretKey" }

  /// The name of the type, and nothing of the secret.
  public var debugDescription: String { description }

  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
