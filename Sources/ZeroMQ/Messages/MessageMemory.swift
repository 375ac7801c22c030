internal import Builtin
public import CZeroMQ

/// Room for one of libzmq's messages and its size, which are initialized in place.
///
/// A stored `zmq_msg_t` would be filled with zeros before libzmq initializes it, and copied whenever the frame is moved.
///
// SAFETY of `@unchecked Sendable`: the memory has one owner at a time, the frame that it is part of.
@safe
@usableFromInline
@frozen
@_rawLayout(like: MessageFields)
struct MessageMemory: ~Copyable, @unchecked Sendable {
  /// Creates room without a message.
  @inlinable
  @inline(__always)
  init() {}

  /// The address of the memory, valid until it is moved.
  @unsafe
  @inlinable
  @inline(__always)
  var pointer: UnsafeMutablePointer<MessageFields> { unsafe UnsafeMutablePointer(Builtin.addressOfRawLayout(self)) }
}

/// The contents of a frame's memory.
@usableFromInline
@frozen
struct MessageFields {
  @usableFromInline
  var message: zmq_msg_t

  @usableFromInline
  var size: Int
}
