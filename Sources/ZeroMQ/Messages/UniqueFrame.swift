internal import Builtin
public import CZeroMQ

/// A noncopyable frame: a `zmq_msg_t` with one owner, as fast as in C.
///
/// A frame is passed to libzmq and back without an allocation or a copy that C would not make. Use it where you need the speed of C,
/// and for frames that you send one by one. In all other cases, use ``Message``.
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

  /// The address of the message, valid until the frame is moved.
  @unsafe
  @inlinable
  @inline(__always)
  var message: UnsafeMutablePointer<zmq_msg_t> {
    unsafe UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: zmq_msg_t.self)
  }

  /// The number of bytes, or ``nothing``.
  ///
  /// libzmq returns it from a receive; asking again would cost some percent. Every function that changes the message sets it.
  @inlinable
  @inline(__always)
  var size: Int {
    get { unsafe memory.pointer.pointee.size }
    nonmutating set { unsafe memory.pointer.pointee.size = newValue }
  }

  /// The size of a message without bytes that need closing: libzmq has taken it, or never filled it.
  @inlinable
  @inline(__always)
  static var nothing: Int { .min }

  /// Creates an empty frame, to receive into.
  ///
  /// The corresponding libzmq function is `zmq_msg_init`.
  @inlinable
  @inline(__always)
  public init() {
    memory = MessageMemory()
    size = Self.nothing
    // SAFETY: the pointer points to room for a message, owned by this frame, valid during the call.
    unsafe RawMessage.makeEmpty(message)
  }

  /// Creates a frame with room for a message of a size, which the caller initializes next.
  init(ofSize size: Int) {
    memory = MessageMemory()
    self.size = size
  }

  /// Creates a frame with a copy of some bytes.
  @inlinable
  @inline(__always)
  init(copyingBytes bytes: UnsafeRawBufferPointer) {
    memory = MessageMemory()
    size = bytes.count
    // SAFETY: the pointer points to room for a message, owned by this frame, valid during the call.
    unsafe RawMessage.make(message, copying: bytes)
  }

  /// Creates a frame with a copy of a collection's bytes.
  @inlinable
  @inline(__always)
  init(copyingElements bytes: some Collection<UInt8>) {
    memory = MessageMemory()
    let message = unsafe message
    size = unsafe bytes.withBytes {
      // SAFETY: the pointer points to room for a message, owned by this frame, valid until it is moved when this initializer returns.
      unsafe RawMessage.make(message, copying: $0)
      return $0.count
    }
  }

  @inlinable
  @inline(__always)
  deinit {
    // SAFETY: the pointer points to an initialized message, owned by this frame, valid until it is closed here.
    if size != Self.nothing { unsafe RawMessage.close(message) }
  }

  /// Asks libzmq for the number of bytes, after it may have changed.
  @usableFromInline
  mutating func refreshSize() {
    // SAFETY: the pointer points to the message, owned by this frame, valid during the call.
    size = unsafe RawMessage.size(message)
  }

  /// Receives into the frame, in one attempt; libzmq releases its bytes first.
  ///
  /// - Returns: A Boolean value that indicates whether a frame was received.
  @inlinable
  @inline(__always)
  mutating func receive(from socket: UnsafeMutableRawPointer?, _ flags: Int32) -> Bool {
    // SAFETY: the pointers point to the message, owned by this frame, and to the caller's socket, valid during the call; used only on the
    // caller's thread.
    let received = unsafe RawMessage.receive(message, socket, flags)
    size = Int(received)
    // libzmq: `zmq_msg_recv` returns `INT_MAX` for any larger size (4.3.4; zmq.cpp).
    if _slowPath(received < 0 || received == .max) { return hasReceived(received) }
    return true
  }

  @usableFromInline
  mutating func hasReceived(_ result: Int32) -> Bool {
    refreshSize()
    return result >= 0
  }

  /// Sends the frame, in one attempt, after which it is empty.
  ///
  /// - Returns: A Boolean value that indicates whether the frame was sent. If `false`, it is unchanged.
  @inlinable
  @inline(__always)
  func send(to socket: UnsafeMutableRawPointer?, _ flags: Int32) -> Bool {
    // SAFETY: the pointers point to the message, owned by this frame, and to the caller's socket, valid during the call; used only on the
    // caller's thread.
    guard unsafe RawMessage.send(message, socket, flags) >= 0 else { return false }
    size = Self.nothing
    return true
  }

  /// A Boolean value that indicates whether the frame has no bytes.
  @inlinable
  public var isEmpty: Bool { count == 0 }

  /// A Boolean value that indicates whether further frames of the same message follow the one just received.
  ///
  /// The value has no meaning for a frame that was not received.
  ///
  /// The corresponding libzmq function is `zmq_msg_more`.
  @inlinable
  public var hasMore: Bool {
    // SAFETY: the pointer points to the message, owned by this frame, valid during the call.
    unsafe RawMessage.more(message)
  }

  /// A span over the bytes, valid until the frame is changed, moved or consumed.
  ///
  /// The corresponding libzmq functions are `zmq_msg_data` and `zmq_msg_size`.
  @inlinable
  public var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      // SAFETY: the pointer points to the message's bytes, which may lie in this frame, owned by the frame, valid for as long as the span
      // exists: the span depends on the frame, which `@_addressableForDependencies` then keeps in place.
      let bytes = unsafe UnsafeRawBufferPointer(start: RawMessage.data(message), count: count)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }
  }

  /// A mutable span over the bytes.
  ///
  /// Bytes that are shared with a ``copy()``, a ``Frame`` or, over inproc, with the sender are copied first, so that the others do not
  /// change.
  ///
  /// The corresponding libzmq functions are `zmq_msg_data` and `zmq_msg_size`.
  @inlinable
  public var mutableBytes: MutableRawSpan {
    @_lifetime(&self)
    mutating get {
      unshare()
      // SAFETY: the pointer points to the message's bytes, which may lie in this frame, owned by the frame alone, valid for as long as the
      // span exists: the span has exclusive access to the frame, which `@_addressableForDependencies` then keeps in place.
      let bytes = unsafe UnsafeMutableRawBufferPointer(start: RawMessage.data(message), count: count)
      return unsafe _overrideLifetime(MutableRawSpan(_unsafeBytes: bytes), mutating: &self)
    }
  }

  /// Returns a second frame with the same bytes, which are shared, not copied, if there are more than 33.
  ///
  /// The corresponding libzmq function is `zmq_msg_copy`.
  public mutating func copy() -> UniqueFrame {
    let second = UniqueFrame(ofSize: size)
    // SAFETY: the pointers point to this frame's message and to room for the other's, owned by the frames, valid during the call; used
    // only on the caller's thread, which has exclusive access to this frame.
    unsafe RawMessage.make(second.message, sharing: message)
    return second
  }

  /// Copies the bytes if they are shared.
  @inlinable
  mutating func unshare() {
    // SAFETY: the pointer points to the message, owned by this frame, valid during the call.
    // libzmq: `zmq_msg_copy` sets the flag on both messages; it stays when one of them is closed (4.3.4; msg.cpp).
    if unsafe RawMessage.number(message, ZMQ_SHARED) == 1 { copyBytes() }
  }

  @usableFromInline
  mutating func copyBytes() {
    self = UniqueFrame(copying: bytes)
  }

  /// Ends the frame without closing its message, which has been transferred.
  ///
  /// `discard self` needs stored properties that are trivial, which a raw layout is not.
  @inlinable
  @inline(__always)
  __consuming func forget() {
    // SAFETY: the pointer points to this frame's own memory. Initializing it with the frame itself consumes the frame without running
    // `deinit`, and compiles to no instructions.
    unsafe UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: UniqueFrame.self).initialize(to: self)
  }

  /// Transfers the message to the caller; the frame no longer closes it.
  @inlinable
  __consuming func take() -> zmq_msg_t {
    // SAFETY: the pointer points to the message, owned by this frame and then by the caller, valid during the call.
    // libzmq: messages may be moved bitwise (4.3.4; msg.hpp).
    let taken = unsafe message.pointee
    forget()
    return taken
  }
}
