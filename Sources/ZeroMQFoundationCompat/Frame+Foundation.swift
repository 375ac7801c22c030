#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import ZeroMQ

extension Frame: ContiguousBytes {
  /// Calls a closure with the frame's bytes, without copying them.
  ///
  /// - Parameter body: A closure that may use the bytes only during the call.
  /// - Returns: The closure's result.
  /// - Throws: The closure's error.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    let bytes = bytes
    // SAFETY: the pointer points to the frame's bytes, owned by the frame, valid until the closure returns.
    return try unsafe bytes.withUnsafeBytes(body)
  }
}

extension Frame: DataProtocol {
  /// The frame itself, whose bytes lie in one piece.
  public var regions: CollectionOfOne<Frame> { CollectionOfOne(self) }
}
