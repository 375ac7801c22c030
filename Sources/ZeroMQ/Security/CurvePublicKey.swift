/// A public key of the CURVE mechanism, which may be given to anybody.
///
/// The corresponding libzmq functions are `zmq_z85_decode` and `zmq_z85_encode`.
public struct CurvePublicKey: Hashable, Sendable, CurveKey {
  private var rawBytes = SIMD32<UInt8>()

  init<Failure: Error>(_ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void) throws(Failure) {
    try unsafe withUnsafeMutableBytes(of: &rawBytes, fill)
  }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    unsafe withUnsafeBytes(of: rawBytes, body)
  }

  /// Makes a key of its text.
  ///
  /// - Parameter text: 40 characters of Z85.
  /// - Throws: `.invalidArgument` for any other text.
  public init(z85 text: some StringProtocol) throws {
    try self.init(decoding: text.utf8)
  }

  /// Makes a key of its bytes, such as a frame that an authenticator is asked about.
  ///
  /// - Parameter bytes: 32 bytes.
  /// - Throws: `.invalidArgument` for any other number of bytes.
  public init(copying bytes: some Collection<UInt8>) throws {
    try self.init(bytes: bytes)
  }

  /// The text: 40 characters of Z85.
  public var z85: String { encoded }

  /// The 32 bytes.
  public var bytes: [UInt8] { byteArray }
}

extension CurvePublicKey: CustomStringConvertible {
  /// The text: 40 characters of Z85.
  public var description: String { z85 }
}
