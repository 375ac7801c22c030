/// What the two types of keys have in common: 32 bytes, lent for a call.
protocol CurveKey: Sendable {
  /// Makes a key of the 32 bytes that a closure writes.
  init<Failure: Error>(_ fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void) throws(Failure)

  /// Lends the 32 bytes.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result
}

extension CurveKey {
  /// The key of a text in Z85; neither a wrong text nor a part of it gets into the error.
  init(decoding text: some Collection<UInt8>) throws(ZeroMQError) {
    // libzmq: `zmq_z85_decode` writes as many bytes as the text has, up to its first zero, and takes any multiple of 5 characters.
    guard text.count == 40, !text.contains(0) else {
      throw ZeroMQError(
        .invalidArgument, operation: "zmq_z85_decode", subject: "\(Self.self) of \(text.count) characters instead of 40 in Z85")
    }
    try unsafe self.init { (bytes: UnsafeMutableRawBufferPointer) throws(ZeroMQError) in
      let isValid = unsafe withUnsafeTemporaryAllocation(byteCount: 41, alignment: 1) { copy in
        defer { unsafe SecretBytes.wipe(copy) }
        unsafe copy.copyBytes(from: text)
        unsafe copy[40] = 0
        // SAFETY: 40 characters, which end with a zero, become 32 bytes, which the buffer has room for.
        return unsafe LibZMQ.decode(UnsafeRawBufferPointer(copy), into: bytes)
      }
      guard isValid else {
        throw ZeroMQError(.invalidArgument, operation: "zmq_z85_decode", subject: "\(Self.self) that is not in Z85")
      }
    }
  }

  /// The key of exactly 32 bytes.
  init(bytes: some Collection<UInt8>) throws(ZeroMQError) {
    guard bytes.count == 32 else {
      throw ZeroMQError(.invalidArgument, operation: "\(Self.self)", subject: "of \(bytes.count) bytes instead of 32")
    }
    unsafe self.init { unsafe $0.copyBytes(from: bytes) }
  }

  /// Lends the 40 characters of Z85, which a zero follows.
  func withText<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    unsafe withUnsafeTemporaryAllocation(byteCount: 41, alignment: 1) { text in
      defer { unsafe SecretBytes.wipe(text) }
      unsafe withBytes { bytes in
        // SAFETY: 32 bytes become 40 characters and a zero, which the buffer has room for.
        unsafe LibZMQ.encode(bytes, into: text)
      }
      return unsafe body(UnsafeRawBufferPointer(rebasing: text[..<40]))
    }
  }

  /// The 40 characters of Z85.
  var encoded: String { unsafe withText { unsafe String(decoding: $0, as: UTF8.self) } }

  /// The 32 bytes.
  var byteArray: [UInt8] { unsafe withBytes { unsafe Array($0) } }
}
