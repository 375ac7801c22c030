#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif
public import ZeroMQ

extension Data: MessagePart {}

extension Data {
  /// Creates data from a ``ZeroMQ/UniqueFrame``, whose bytes it takes over.
  ///
  /// The bytes are copied if there are less than 4,096 of them, or if another frame shares them. `Data(frame)` always copies the bytes
  /// of a ``ZeroMQ/Frame``: they never change, but `Data` may change its bytes in place.
  ///
  /// ```swift
  /// var frame = UniqueFrame()
  /// try pull.receive(into: &frame)
  /// let data = Data(frame)
  /// ```
  ///
  /// - Parameter frame: The frame, which is consumed.
  /// - Complexity: O(1), or O(*n*) in the number of bytes if they are copied.
  public init(_ frame: consuming UniqueFrame) {
    var bytes = frame.mutableBytes
    // SAFETY: the pointer points to the frame's bytes, owned by the frame and then by the box, valid until the box is released: so many
    // bytes never lie in the frame itself, which may move.
    let taken = unsafe bytes.withUnsafeMutableBytes { unsafe $0.count < Self.smallestTakenOver ? nil : $0 }
    guard let taken = unsafe taken, let start = taken.baseAddress else {
      // SAFETY: the pointer points to the frame's bytes, owned by the frame, valid until the closure returns.
      self = unsafe frame.bytes.withUnsafeBytes { unsafe Data($0) }
      return
    }
    let box = FrameBox(frame)
    unsafe self.init(bytesNoCopy: start, count: taken.count, deallocator: .custom { _, _ in withExtendedLifetime(box) {} })
  }

  /// The number of bytes from which on taking over the memory costs less than copying the bytes.
  private static var smallestTakenOver: Int { 4096 }
}

/// An object that keeps a frame alive while `Data` has its bytes.
private final class FrameBox: Sendable {
  private let frame: UniqueFrame

  init(_ frame: consuming UniqueFrame) {
    self.frame = frame
  }
}
