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
    var bytes = frame.mutableBytes
    // SAFETY: the pointer points to the frame's bytes, owned by the frame, and in place even if the frame moves, since so many bytes
    // never lie within a message; valid until the box is released.
    let taken = unsafe bytes.withUnsafeMutableBytes { unsafe $0.count < Self.smallestTakenOver ? nil : $0 }
    guard let taken = unsafe taken, let start = taken.baseAddress else {
      // SAFETY: the pointer points to the frame's bytes, owned by the frame, valid until the closure returns.
      self = unsafe frame.bytes.withUnsafeBytes { unsafe Data($0) }
      return
    }
    let box = FrameBox(frame)
    unsafe self.init(bytesNoCopy: start, count: taken.count, deallocator: .custom { _, _ in withExtendedLifetime(box) {} })
  }

  /// The number of bytes from which on taking the memory over costs less than copying it.
  private static var smallestTakenOver: Int { 4096 }
}

/// What keeps a frame, whose bytes are somebody's data.
private final class FrameBox: Sendable {
  private let frame: UniqueFrame

  init(_ frame: consuming UniqueFrame) {
    self.frame = frame
  }
}
