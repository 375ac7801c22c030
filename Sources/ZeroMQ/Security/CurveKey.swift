/// The common part of both types of keys: 32 bytes.
protocol CurveKey: Sendable {
  /// The 32 bytes.
  var storage: SecretBytes { get }

  init(storage: SecretBytes)
}

extension CurveKey {
  /// Creates a key from Z85.
  ///
  /// The error shows no part of a wrong text.
  init(decoding text: some Collection<UInt8>) throws(ZeroMQError) {
    // libzmq: zmq_z85_decode accepts any multiple of 5 characters up to the first zero, and writes 4 bytes for each 5 (4.3.4;
    // zmq_utils.cpp).
    guard text.count == 40, !text.contains(0) else {
      throw ZeroMQError(
        .invalidArgument, operation: "zmq_z85_decode", subject: "\(Self.self) of \(text.count) characters instead of 40 in Z85")
    }
    let storage = try unsafe SecretBytes(count: 32) { (bytes: UnsafeMutableRawBufferPointer) throws(ZeroMQError) in
      // SAFETY: the pointer points to the key's 32 bytes, valid until the closure returns; 40 characters become 32 bytes.
      guard unsafe LibZMQ.decode(text, into: bytes) else {
        throw ZeroMQError(.invalidArgument, operation: "zmq_z85_decode", subject: "\(Self.self) that is not in Z85")
      }
    }
    self.init(storage: storage)
  }

  /// Creates a key from exactly 32 bytes.
  init(bytes: some Collection<UInt8>) throws(ZeroMQError) {
    guard bytes.count == 32 else {
      throw ZeroMQError(.invalidArgument, operation: "\(Self.self)", subject: "of \(bytes.count) bytes instead of 32")
    }
    self.init(storage: unsafe SecretBytes(count: 32) { unsafe $0.copyBytes(from: bytes) })
  }

  /// Calls a closure with the 40 characters of Z85, which a zero follows.
  ///
  /// The pointer is valid only during the call.
  func withText<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    // SAFETY: the pointer points to the key's 32 bytes, valid until the closure returns.
    unsafe storage.withBytes { unsafe LibZMQ.withZ85($0, body) }
  }

  /// The 40 characters of Z85.
  var encoded: String { unsafe withText { unsafe String(decoding: $0, as: UTF8.self) } }
}
