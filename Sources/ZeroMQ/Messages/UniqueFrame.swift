internal import Builtin
public import CZeroMQ

/// One frame as C has it: a `zmq_msg_t` that has one owner, is never copied, and costs nothing beside C.
///
/// It moves from the caller to libzmq and back without an allocation or a copy that C would not make. Use it where every
/// instruction counts, and for frames that are sent one by one; ``Message`` is the value for everything else.
///
/// ```swift
/// var frame = UniqueFrame()
/// try pull.receive(into: &frame)
/// try push.send(frame, more: false)
/// ```
///
/// The corresponding libzmq type is `zmq_msg_t`.
@safe
@_addressableForDependencies
@frozen
public struct UniqueFrame: ~Copyable, Sendable {
  // libzmq: a message may be moved bitwise, as long as its bytes are not lent.
  @usableFromInline
  var message: zmq_msg_t

  /// Makes an empty frame, to receive into.
  ///
  /// The corresponding libzmq function is `zmq_msg_init`.
  @inlinable
  public init() {
    message = zmq_msg_t()
    // SAFETY: the message is this frame's own; initializing an empty one cannot fail.
    unsafe zmq_msg_init(&message)
  }

  /// Takes a message over from its owner.
  @usableFromInline
  init(owning message: zmq_msg_t) {
    self.message = message
  }

  @inlinable
  deinit {
    var last = message
    // SAFETY: the message was initialized and has not been closed or given away.
    unsafe zmq_msg_close(&last)
  }

  /// The number of bytes.
  ///
  /// The corresponding libzmq function is `zmq_msg_size`.
  @inlinable
  public var count: Int {
    // SAFETY: the message is valid; its size does not depend on where it lies.
    unsafe withUnsafePointer(to: message) { unsafe zmq_msg_size($0) }
  }

  /// Whether the frame has no bytes.
  @inlinable
  public var isEmpty: Bool { count == 0 }

  /// Whether further frames of the same message follow the one just received; of no meaning otherwise.
  ///
  /// The corresponding libzmq function is `zmq_msg_more`.
  @inlinable
  public var hasMore: Bool {
    // SAFETY: the message is valid; its flags do not depend on where it lies.
    unsafe withUnsafePointer(to: message) { unsafe zmq_msg_more($0) != 0 }
  }

  /// The bytes, lent for as long as the frame is neither changed nor moved.
  ///
  /// The corresponding libzmq functions are `zmq_msg_data` and `zmq_msg_size`.
  @inlinable
  public var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      // SAFETY: short payloads lie inside the message, so the pointer must be to this frame and to no copy of it; the type's
      // `@_addressableForDependencies` keeps the frame in one place for as long as the span depends on it. libzmq does not
      // write through the pointer.
      let address = unsafe UnsafePointer<UniqueFrame>(Builtin.unprotectedAddressOfBorrow(self))
      let message = unsafe UnsafeMutableRawPointer(mutating: address).assumingMemoryBound(to: zmq_msg_t.self)
      let bytes = unsafe UnsafeRawBufferPointer(start: zmq_msg_data(message), count: zmq_msg_size(message))
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }
  }

  /// The bytes, lent for writing.
  ///
  /// Bytes that are shared with a ``copy()``, a ``Frame`` or, over inproc, with the sender are copied first, so that nobody else
  /// sees them change.
  ///
  /// The corresponding libzmq functions are `zmq_msg_data` and `zmq_msg_size`.
  @inlinable
  public var mutableBytes: MutableRawSpan {
    @_lifetime(&self)
    mutating get {
      unshare()
      // SAFETY: as for `bytes`; the access is exclusive while the span is in use.
      let address = unsafe UnsafeMutablePointer<UniqueFrame>(Builtin.unprotectedAddressOf(&self))
      let message = unsafe UnsafeMutableRawPointer(address).assumingMemoryBound(to: zmq_msg_t.self)
      let bytes = unsafe UnsafeMutableRawBufferPointer(start: zmq_msg_data(message), count: zmq_msg_size(message))
      return unsafe _overrideLifetime(MutableRawSpan(_unsafeBytes: bytes), mutating: &self)
    }
  }

  /// Makes a second frame with the same bytes; large ones are shared, not copied.
  ///
  /// The corresponding libzmq function is `zmq_msg_copy`.
  public mutating func copy() -> UniqueFrame {
    var second = zmq_msg_t()
    // SAFETY: both messages are valid, and this frame has no other owner that could be copying it now.
    unsafe zmq_msg_init(&second)
    let result = unsafe zmq_msg_copy(&second, &message)
    precondition(result == 0, "zmq_msg_copy refused a valid message")
    return UniqueFrame(owning: second)
  }

  /// Gives the frame bytes of its own if others have them, too.
  @inlinable
  mutating func unshare() {
    // SAFETY: the message is valid. libzmq: the flag is set by `zmq_msg_copy` on both messages, and stays when one has gone.
    if unsafe zmq_msg_get(&message, ZMQ_SHARED) == 1 { copyBytes() }
  }

  @usableFromInline
  mutating func copyBytes() {
    self = UniqueFrame(copying: bytes)
  }

  /// Gives the message away; the frame no longer closes it.
  @inlinable
  consuming func take() -> zmq_msg_t {
    let message = message
    discard self
    return message
  }
}
