public import CZeroMQ

/// A first attempt to send the parts of a message directly from their bytes, without creating a ``Message``.
///
/// The attempt ends at the first frame that libzmq does not accept. The caller then sends the remaining frames as a message, with
/// the calls that wait, try again, and throw.
@frozen
@usableFromInline
struct DirectSend {
  /// The flags of the next frame, without `ZMQ_SNDMORE`; zero after the first frame, as only that can find the socket not ready.
  @usableFromInline
  var flags: Int32

  /// The number of frames that remain to be sent.
  @usableFromInline
  var remaining = 0

  /// The number of frames that libzmq has accepted.
  @usableFromInline
  var sent = 0

  /// A Boolean value that indicates whether libzmq has accepted all frames so far.
  @usableFromInline
  var isPossible = true

  @inlinable
  @inline(__always)
  init(_ flags: Int32) {
    self.flags = flags
  }

  /// Counts a part that will be sent.
  ///
  /// The last frame is sent without `ZMQ_SNDMORE`, so the number of frames must be known before the first is sent.
  @inlinable
  @inline(__always)
  mutating func expect<Part: MessagePart & ~Copyable & ~Escapable>(_ type: Part.Type) {
    remaining &+= 1
    isPossible = isPossible && Part._isOneFrame
  }

  /// Sends the next part.
  @inlinable
  @inline(__always)
  mutating func send(_ part: borrowing some MessagePart & ~Copyable & ~Escapable, to handle: SocketHandle) {
    guard isPossible else { return }
    remaining &-= 1
    let flags = remaining > 0 ? flags | ZMQ_SNDMORE : flags
    var isSent = false
    let hasBytes = part._withBytes { bytes in
      // SAFETY: the pointer points to the bytes, owned by the part, valid until the closure returns; used only on this thread.
      isSent = unsafe bytes.withUnsafeBytes { unsafe handle.sendOnce($0, flags) }
    }
    isPossible = hasBytes ? isSent : handle.sendOnce(Message(part), flags)
    if isPossible { sent &+= 1 }
    self.flags = 0
  }
}
