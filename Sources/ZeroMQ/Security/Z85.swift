/// Z85, a text encoding of bytes: five characters for each four bytes.
///
/// Keys have their own types, ``CurvePublicKey`` and ``CurveSecretKey``. Use this type for all other data. The encoding is ZeroMQ's
/// RFC 32.
public enum Z85 {
  /// Returns bytes encoded as a string.
  ///
  /// The corresponding libzmq function is `zmq_z85_encode`.
  ///
  /// - Parameter bytes: A multiple of four bytes; may be empty.
  /// - Returns: Five characters for each four bytes.
  /// - Throws: A ``ZeroMQError`` with the code `.invalidArgument` if the number of bytes is not a multiple of four.
  /// - Complexity: O(*n*), where *n* is the number of bytes.
  public static func encode(_ bytes: some Collection<UInt8>) throws -> String {
    let count = bytes.count
    guard count.isMultiple(of: 4) else {
      throw ZeroMQError(.invalidArgument, operation: "zmq_z85_encode", subject: "\(count) bytes, which is no multiple of 4")
    }
    return unsafe bytes.withBytes { bytes in
      unsafe withUnsafeTemporaryAllocation(byteCount: count / 4 * 5 + 1, alignment: 1) { text in
        // SAFETY: the pointers point to the bytes and the buffer, valid until the closures return; the buffer has room for the
        // zero.
        unsafe LibZMQ.encode(bytes, into: text)
        return unsafe String(decoding: text.prefix(count / 4 * 5), as: UTF8.self)
      }
    }
  }

  /// Returns the bytes that a string encodes.
  ///
  /// The corresponding libzmq function is `zmq_z85_decode`.
  ///
  /// - Parameter text: A multiple of five characters of Z85; may be empty.
  /// - Returns: Four bytes for each five characters.
  /// - Throws: A ``ZeroMQError`` with the code `.invalidArgument` if the string is not Z85. The error does not show it.
  /// - Complexity: O(*n*), where *n* is the number of characters.
  public static func decode(_ text: some StringProtocol) throws -> [UInt8] {
    let count = text.utf8.count
    // libzmq: zmq_z85_decode reads up to the first zero, and rejects the empty string (4.3.4; zmq_utils.cpp).
    guard count.isMultiple(of: 5), !text.utf8.contains(0) else {
      throw ZeroMQError(
        .invalidArgument, operation: "zmq_z85_decode", subject: "a text of \(count) characters, which is no multiple of 5 in Z85")
    }
    if count == 0 { return [] }
    var isValid = false
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count / 5 * 4) { bytes, initialized in
      unsafe bytes.initialize(repeating: 0)
      // SAFETY: the pointers point to the zero-terminated text and to the buffer, valid until the closures return.
      isValid = unsafe Array(String(text).utf8CString).withUnsafeBytes {
        unsafe LibZMQ.decode($0, into: UnsafeMutableRawBufferPointer(bytes))
      }
      initialized = count / 5 * 4
    }
    guard isValid else { throw ZeroMQError(.invalidArgument, operation: "zmq_z85_decode", subject: "a text that is not in Z85") }
    return bytes
  }
}
