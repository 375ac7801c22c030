internal import CZeroMQ

/// The bytes of a key of the CURVE mechanism.
typealias CurveKeyBytes = SIMD32<UInt8>

/// What the two types of keys have in common.
protocol CurveKey: Sendable {
  var rawBytes: CurveKeyBytes { get }

  init(_ rawBytes: CurveKeyBytes)
}

extension CurveKey {
  /// The key of a text in Z85; neither a wrong text nor a part of it gets into the error.
  init(decoding text: some StringProtocol) throws(ZeroMQError) {
    // libzmq: `zmq_z85_decode` writes as many bytes as the text has, up to its first zero, and takes any multiple of 5 characters.
    guard text.utf8.count == 40, !text.utf8.contains(0) else {
      throw ZeroMQError(
        .invalidArgument, operation: "zmq_z85_decode",
        subject: "\(Self.self) of \(text.utf8.count) characters instead of 40 in Z85")
    }
    var bytes = CurveKeyBytes()
    let isValid = unsafe withUnsafeMutableBytes(of: &bytes) { bytes in
      // SAFETY: 40 characters become 32 bytes, which the buffer has room for; the text is lent for the call.
      unsafe zmq_z85_decode(bytes.assumingMemoryBound(to: UInt8.self).baseAddress, String(text)) != nil
    }
    guard isValid else {
      throw ZeroMQError(.invalidArgument, operation: "zmq_z85_decode", subject: "\(Self.self) that is not in Z85")
    }
    self.init(bytes)
  }

  /// The key of exactly 32 bytes.
  init(bytes: some Collection<UInt8>) throws(ZeroMQError) {
    guard bytes.count == 32 else {
      throw ZeroMQError(.invalidArgument, operation: "\(Self.self)", subject: "of \(bytes.count) bytes instead of 32")
    }
    self.init(CurveKeyBytes(bytes))
  }

  /// The 40 characters of Z85.
  var encoded: String {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 41) { text in
      // SAFETY: libzmq reads 32 bytes, lent for the call, and writes 40 characters and a zero, which the buffer has room for.
      unsafe withUnsafeBytes(of: rawBytes) { bytes in
        _ = unsafe zmq_z85_encode(text.baseAddress, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, bytes.count)
      }
      return unsafe String(decoding: UnsafeRawBufferPointer(text).prefix(40), as: UTF8.self)
    }
  }

  /// The 32 bytes.
  var byteArray: [UInt8] { rawBytes.indices.map { rawBytes[$0] } }
}
