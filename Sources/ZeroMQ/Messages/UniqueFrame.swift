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
  @usableFromInline
  let memory: MessageMemory

  /// The number of bytes.
  ///
  /// The corresponding libzmq function is `zmq_msg_size`.
  @inlinable
  public var count: Int { size & .max }

  /// The message, in place for as long as the frame is not moved.
  @unsafe
  @inlinable
  @inline(__always)
  var message: UnsafeMutablePointer<zmq_msg_t> {
    unsafe UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: zmq_msg_t.self)
  }

  /// The number of bytes, or ``nothing``.
  ///
  /// libzmq tells it when it receives, and asking again would cost some percent. What changes the message sets it.
  @inlinable
  @inline(__always)
  var size: Int {
    get { unsafe memory.pointer.pointee.size }
    nonmutating set { unsafe memory.pointer.pointee.size = newValue }
  }

  /// The size of a message that is empty and has nothing to be closed: libzmq has taken it, or never filled it.
  @inlinable
  @inline(__always)
  static var nothing: Int { .min }

  /// Makes an empty frame, to receive into.
  ///
  /// The corresponding libzmq function is `zmq_msg_init`.
  @inlinable
  @inline(__always)
  public init() {
    memory = MessageMemory()
    size = Self.nothing
    // SAFETY: the memory is this frame's own; initializing an empty message cannot fail.
    unsafe RawMessage.makeEmpty(message)
  }

  /// Takes a message over from its owner.
  init(owning message: zmq_msg_t) {
    memory = MessageMemory()
    size = 0
    // SAFETY: the memory is this frame's own. libzmq: a message may be moved bitwise, as long as its bytes are not lent.
    unsafe self.message.initialize(to: message)
    refreshSize()
  }

  /// A frame with a copy of some bytes, made where it is to lie.
  @inlinable
  @inline(__always)
  init(copyingBytes bytes: UnsafeRawBufferPointer) {
    memory = MessageMemory()
    size = bytes.count
    // SAFETY: the memory is this frame's own.
    unsafe zmq_msg_t.initialize(message, copying: bytes)
  }

  /// A frame with a copy of a collection's bytes, made where it is to lie.
  @inlinable
  @inline(__always)
  init(copyingElements bytes: some Collection<UInt8>) {
    memory = MessageMemory()
    let message = unsafe message
    size = unsafe bytes.withBytes {
      // SAFETY: the memory is this frame's own, and does not move before the frame is made.
      unsafe zmq_msg_t.initialize(message, copying: $0)
      return $0.count
    }
  }

  @inlinable
  @inline(__always)
  deinit {
    // SAFETY: the message was initialized and has not been closed or given away.
    if size != Self.nothing { unsafe RawMessage.close(message) }
  }

  /// Asks libzmq for the number of bytes, when it may have changed.
  @usableFromInline
  mutating func refreshSize() {
    // SAFETY: the message is valid.
    size = unsafe RawMessage.size(message)
  }

  /// Receives once, in place of what the frame held.
  ///
  /// - Returns: whether there was something.
  @inlinable
  @inline(__always)
  mutating func receive(from socket: UnsafeMutableRawPointer?, _ flags: Int32) -> Bool {
    // SAFETY: both the message and the socket are this thread's; libzmq releases what the message held.
    let received = unsafe RawMessage.receive(message, socket, flags)
    size = Int(received)
    // libzmq: a size above what fits into C's `int` is told as the largest one.
    if _slowPath(received < 0 || received == .max) { return hasReceived(received) }
    return true
  }

  @usableFromInline
  mutating func hasReceived(_ result: Int32) -> Bool {
    refreshSize()
    return result >= 0
  }

  /// Sends once; afterwards the frame is empty.
  ///
  /// - Returns: whether it was sent; if it was not, it is as before.
  @inlinable
  @inline(__always)
  func send(to socket: UnsafeMutableRawPointer?, _ flags: Int32) -> Bool {
    // SAFETY: both the message and the socket are this thread's; libzmq takes the bytes and leaves an empty message.
    guard unsafe RawMessage.send(message, socket, flags) >= 0 else { return false }
    size = Self.nothing
    return true
  }

  /// Whether the frame has no bytes.
  @inlinable
  public var isEmpty: Bool { count == 0 }

  /// Whether further frames of the same message follow the one just received; of no meaning otherwise.
  ///
  /// The corresponding libzmq function is `zmq_msg_more`.
  @inlinable
  public var hasMore: Bool {
    // SAFETY: the message is valid.
    unsafe RawMessage.more(message) != 0
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
      let bytes = unsafe UnsafeRawBufferPointer(start: RawMessage.data(message), count: count)
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
      let bytes = unsafe UnsafeMutableRawBufferPointer(start: RawMessage.data(message), count: count)
      return unsafe _overrideLifetime(MutableRawSpan(_unsafeBytes: bytes), mutating: &self)
    }
  }

  /// Makes a second frame with the same bytes; large ones are shared, not copied.
  ///
  /// The corresponding libzmq function is `zmq_msg_copy`.
  public mutating func copy() -> UniqueFrame {
    var second = RawMessage()
    // SAFETY: both messages are valid, and this frame has no other owner that could be copying it now.
    unsafe RawMessage.makeEmpty(&second)
    let result = unsafe RawMessage.copy(&second, message)
    precondition(result == 0, "zmq_msg_copy refused a valid message")
    return UniqueFrame(owning: second)
  }

  /// Gives the frame bytes of its own if others have them, too.
  @inlinable
  mutating func unshare() {
    // SAFETY: the message is valid. libzmq: the flag is set by `zmq_msg_copy` on both messages, and stays when one has gone.
    if unsafe RawMessage.number(message, ZMQ_SHARED) == 1 { copyBytes() }
  }

  @usableFromInline
  mutating func copyBytes() {
    self = UniqueFrame(copying: bytes)
  }

  /// Ends the frame without closing its message, which has been given away.
  ///
  /// `discard self` is not for values that stay in place.
  @inlinable
  @inline(__always)
  __consuming func forget() {
    // SAFETY: the frame is moved to where it lies, from where nobody destroys it; not an instruction is left of that.
    unsafe UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: UniqueFrame.self).initialize(to: self)
  }

  /// Gives the message away; the frame no longer closes it.
  @inlinable
  __consuming func take() -> zmq_msg_t {
    // SAFETY: the message is valid, and not closed here.
    let taken = unsafe message.pointee
    forget()
    return taken
  }
}
