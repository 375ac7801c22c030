/// Z85, which writes bytes as printable text: five characters for four bytes.
///
/// Keys have their own types, ``CurvePublicKey`` and ``CurveSecretKey``; this is for anything else. It is defined by ZeroMQ's RFC
/// 32.
public enum Z85 {
  /// Writes bytes as text.
  ///
  /// The corresponding libzmq function is `zmq_z85_encode`.
  ///
  /// - Parameter bytes: a multiple of four bytes; none is allowed.
  /// - Returns: five characters for four bytes.
  /// - Throws: `.invalidArgument` for any other number of bytes.
  /// - Complexity: O(*n*) in the number of bytes.
  public static func encode(_ bytes: some Collection<UInt8>) throws -> String {
    let count = bytes.count
    guard count.isMultiple(of: 4) else {
      throw ZeroMQError(.invalidArgument, operation: "zmq_z85_encode", subject: "\(count) bytes, which is no multiple of 4")
    }
    return unsafe bytes.withBytes { bytes in
      unsafe withUnsafeTemporaryAllocation(byteCount: count / 4 * 5 + 1, alignment: 1) { text in
        // SAFETY: the characters and a zero are written, which the buffer has room for.
        unsafe LibZMQ.encode(bytes, into: text)
        return unsafe String(decoding: text.prefix(count / 4 * 5), as: UTF8.self)
      }
    }
  }

  /// Reads the bytes that a text stands for.
  ///
  /// The corresponding libzmq function is `zmq_z85_decode`.
  ///
  /// - Parameter text: a multiple of five characters of Z85; none is allowed.
  /// - Returns: four bytes for five characters.
  /// - Throws: `.invalidArgument` for any other text, which the error does not show.
  /// - Complexity: O(*n*) in the number of characters.
  public static func decode(_ text: some StringProtocol) throws -> [UInt8] {
    let count = text.utf8.count
    // libzmq: the text ends at its first zero, and the empty one is refused.
    guard count.isMultiple(of: 5), !text.utf8.contains(0) else {
      throw ZeroMQError(
        .invalidArgument, operation: "zmq_z85_decode", subject: "a text of \(count) characters, which is no multiple of 5 in Z85")
    }
    if count == 0 { return [] }
    var isValid = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count / 5 * 4) { bytes, initialized in
      unsafe bytes.initialize(repeating: 0)
      // SAFETY: four bytes for five characters fit into the buffer; the text ends with a zero.
      isValid = unsafe Array(String(text).utf8CString).withUnsafeBytes {
        unsafe LibZMQ.decode($0, into: UnsafeMutableRawBufferPointer(bytes))
      }
      initialized = count / 5 * 4
    }
    guard isValid else { throw ZeroMQError(.invalidArgument, operation: "zmq_z85_decode", subject: "a text that is not in Z85") }
    return bytes
  }
}
