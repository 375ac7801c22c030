internal import Builtin
public import CZeroMQ

/// Room for a message of libzmq's and its size, which are made where they are to lie.
///
/// A stored `zmq_msg_t` would be filled with zeros before libzmq makes a message of it, and copied whenever the frame changes hands.
///
// SAFETY of `@unchecked Sendable`: the memory has one owner at a time, as its frame has.
@safe
@usableFromInline
@frozen
@_rawLayout(like: MessageFields)
struct MessageMemory: ~Copyable, @unchecked Sendable {
  /// Room without a message.
  @inlinable
  @inline(__always)
  init() {}

  /// Where the memory is for as long as it is not moved.
  @unsafe
  @inlinable
  @inline(__always)
  var pointer: UnsafeMutablePointer<MessageFields> { unsafe UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
}

/// What lies in a frame's memory.
@usableFromInline
@frozen
struct MessageFields {
  @usableFromInline
  var message: zmq_msg_t

  @usableFromInline
  var size: Int
}
