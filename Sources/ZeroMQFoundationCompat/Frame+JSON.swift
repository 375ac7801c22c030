#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import ZeroMQ

extension Frame {
  /// Creates a frame with the JSON of a value.
  ///
  /// ```swift
  /// try dealer.send(id, "", Frame(json: request))
  /// ```
  ///
  /// - Parameters:
  ///   - value: The value to encode.
  ///   - encoder: The encoder, for example with a different date format.
  /// - Throws: An `EncodingError` if the value cannot be encoded.
  public init(json value: some Encodable, encoder: JSONEncoder = JSONEncoder()) throws {
    self.init(try encoder.encode(value))
  }

  /// Returns the value that the frame's JSON encodes.
  ///
  /// ```swift
  /// let request = try message[0].decode(Request.self)
  /// ```
  ///
  /// The decoder reads the frame's bytes in place, without a copy.
  ///
  /// - Parameters:
  ///   - type: The type of the value.
  ///   - decoder: The decoder, for example with a different date format.
  /// - Returns: The value.
  /// - Throws: A `DecodingError` if the bytes are not JSON of such a value.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self, decoder: JSONDecoder = JSONDecoder()) throws -> Value {
    try unsafe withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return try decoder.decode(type, from: Data()) }
      // SAFETY: the pointer points to the frame's bytes, owned by the frame, valid until the closure returns; the decoder only reads the
      // bytes, and keeps none of them.
      let data = unsafe Data(
        bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count, deallocator: .none)
      return try decoder.decode(type, from: data)
    }
  }
}
