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
  ///   - encoder: The encoder, such as one with another format of dates.
  /// - Throws: An `EncodingError` if the value cannot be encoded.
  public init(json value: some Encodable, encoder: JSONEncoder = JSONEncoder()) throws {
    self.init(try encoder.encode(value))
  }

  /// Returns the value whose JSON the frame has.
  ///
  /// ```swift
  /// let request = try message[0].decode(Request.self)
  /// ```
  ///
  /// The frame's bytes are read where they lie, without a copy.
  ///
  /// - Parameters:
  ///   - type: The type of the value.
  ///   - decoder: The decoder, such as one with another format of dates.
  /// - Returns: The value.
  /// - Throws: A `DecodingError` if the bytes are not JSON of such a value.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self, decoder: JSONDecoder = JSONDecoder()) throws -> Value {
    try unsafe withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return try decoder.decode(type, from: Data()) }
      // SAFETY: the pointer points to the frame's bytes, owned by the frame, valid until the closure returns; the decoder only reads
      // them, and keeps none.
      let data = unsafe Data(
        bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: bytes.count, deallocator: .none)
      return try decoder.decode(type, from: data)
    }
  }
}
