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
    // SAFETY: the pointers point to the bytes, and to their characters, valid until the closures return; the string is a copy.
    return unsafe bytes.withBytes { unsafe LibZMQ.withZ85($0) { unsafe String(decoding: $0, as: UTF8.self) } }
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
    var bytes = [UInt8](repeating: 0, count: count / 5 * 4)
    // SAFETY: the pointer points to the array's bytes, valid until the closure returns; there are 4 for each 5 characters.
    guard unsafe bytes.withUnsafeMutableBytes({ unsafe LibZMQ.decode(text.utf8, into: $0) }) else {
      throw ZeroMQError(.invalidArgument, operation: "zmq_z85_decode", subject: "a text that is not in Z85")
    }
    return bytes
  }
}
