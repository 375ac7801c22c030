#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import ZeroMQ

extension Data: MessagePart {}

extension Data {
  /// Creates data from a frame with one owner, which it takes over.
  ///
  /// The bytes are not copied, unless they are few or another frame shares them: `Data` may change its bytes in place, and the bytes
  /// of a ``ZeroMQ/Frame`` never change. So `Data(frame)` copies the bytes of a `Frame` once, whatever its size.
  ///
  /// ```swift
  /// var frame = UniqueFrame()
  /// try pull.receive(into: &frame)
  /// let data = Data(frame)
  /// ```
  ///
  /// - Parameter frame: The frame, consumed.
  /// - Complexity: O(1), or O(*n*) in the number of bytes where they are copied.
  public init(_ frame: consuming UniqueFrame) {
    if frame.count <= Self.smallestAdopted {
      // SAFETY: the pointer points to the frame's bytes, owned by the frame, valid until the closure returns.
      self = unsafe frame.bytes.withUnsafeBytes { unsafe Data($0) }
      return
    }
    let box = FrameBox(frame)
    let (start, count) = unsafe box.bytes
    // SAFETY: the pointer points to the frame's bytes, owned by the box, valid until the deallocator releases the box.
    unsafe self.init(bytesNoCopy: start, count: count, deallocator: .custom { _, _ in withExtendedLifetime(box) {} })
  }

  /// The number of bytes from which on taking memory over costs less than copying it.
  private static var smallestAdopted: Int { 4096 }
}

/// The owner of a frame whose bytes are data.
private final class FrameBox: Sendable {
  private let frame: UniqueFrame

  /// The address and the number of the bytes.
  let bytes: (UnsafeMutableRawPointer, Int)
}
