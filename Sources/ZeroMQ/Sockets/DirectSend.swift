public import CZeroMQ

/// A first attempt to send the parts of a message from where their bytes are, without making a ``Message`` of them.
///
/// It ends at the first frame that libzmq refuses. What is left is then sent as a message, which waits, tries again, and throws.
@frozen
@usableFromInline
struct DirectSend {
  /// The flags of the next frame, without `ZMQ_SNDMORE`; none but the first frame can find the socket not ready.
  @usableFromInline
  var flags: Int32

  /// The number of frames that are still to be sent.
  @usableFromInline
  var remaining = 0

  /// The number of frames that libzmq has taken.
  @usableFromInline
  var sent = 0

  /// A Boolean value that indicates whether all frames so far could be sent in this way.
  @usableFromInline
  var isPossible = true

  @inlinable
  @inline(__always)
  init(_ flags: Int32) {
    self.flags = flags
  }

  /// Counts a part that will be sent.
  ///
  /// The last frame goes without `ZMQ_SNDMORE`, so that the number of frames must be known before the first is sent.
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
      // SAFETY: the pointer points to the part's bytes, owned by the part, valid until the closure returns.
      isSent = unsafe bytes.withUnsafeBytes { unsafe handle.sendOnce($0, flags) }
    }
    isPossible = hasBytes ? isSent : handle.sendOnce(Message(part), flags)
    if isPossible { sent &+= 1 }
    self.flags = 0
  }
}
