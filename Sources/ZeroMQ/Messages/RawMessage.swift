public import CZeroMQ

/// A message as libzmq has it.
@usableFromInline typealias RawMessage = zmq_msg_t

// The calls of libzmq on a message. Each pointer is to a message that the caller owns or borrows for the call, initialized unless the
// function makes one; a socket's is the caller's, open or `nil`, which libzmq answers with ENOTSOCK.
extension zmq_msg_t {
  /// Makes an empty message, which cannot fail.
  @inlinable
  @inline(__always)
  @discardableResult
  static func makeEmpty(_ message: UnsafeMutablePointer<zmq_msg_t>) -> Int32 { unsafe zmq_msg_init(message) }

  /// Makes a message with room for some bytes; 0 if there is memory for them.
  @inlinable
  @inline(__always)
  static func make(_ message: UnsafeMutablePointer<zmq_msg_t>, _ byteCount: Int) -> Int32 {
    unsafe zmq_msg_init_size(message, byteCount)
  }

  /// Makes a message of bytes that are given back through `free`; 0 if there is memory for it.
  static func adopt(
    _ message: UnsafeMutablePointer<zmq_msg_t>, _ data: UnsafeMutableRawPointer?, _ byteCount: Int,
    _ free: @escaping @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Void, _ hint: UnsafeMutableRawPointer?
  ) -> Int32 { unsafe zmq_msg_init_data(message, data, byteCount, free, hint) }

  @inlinable
  @inline(__always)
  @discardableResult
  static func close(_ message: UnsafeMutablePointer<zmq_msg_t>) -> Int32 { unsafe zmq_msg_close(message) }

  @inlinable
  @inline(__always)
  static func size(_ message: UnsafeMutablePointer<zmq_msg_t>) -> Int { unsafe zmq_msg_size(message) }

  @inlinable
  @inline(__always)
  static func data(_ message: UnsafeMutablePointer<zmq_msg_t>) -> UnsafeMutableRawPointer? { unsafe zmq_msg_data(message) }

  /// Makes the first message one with the bytes of the second, which large ones share.
  @inlinable
  @inline(__always)
  static func copy(_ target: UnsafeMutablePointer<zmq_msg_t>, _ source: UnsafeMutablePointer<zmq_msg_t>) -> Int32 {
    unsafe zmq_msg_copy(target, source)
  }

  @inlinable
  @inline(__always)
  static func more(_ message: UnsafeMutablePointer<zmq_msg_t>) -> Int32 { unsafe zmq_msg_more(message) }

  @inlinable
  @inline(__always)
  static func number(_ message: UnsafePointer<zmq_msg_t>, _ property: Int32) -> Int32 { unsafe zmq_msg_get(message, property) }

  static func text(_ message: UnsafePointer<zmq_msg_t>, _ property: String) -> UnsafePointer<CChar>? {
    unsafe zmq_msg_gets(message, property)
  }

  /// Sends a message, whose bytes libzmq takes if it succeeds.
  @inlinable
  @inline(__always)
  static func send(_ message: UnsafeMutablePointer<zmq_msg_t>, _ socket: UnsafeMutableRawPointer?, _ flags: Int32) -> Int32 {
    unsafe zmq_msg_send(message, socket, flags)
  }

  /// Receives into a message, whose bytes libzmq releases first.
  @inlinable
  @inline(__always)
  static func receive(_ message: UnsafeMutablePointer<zmq_msg_t>, _ socket: UnsafeMutableRawPointer?, _ flags: Int32) -> Int32 {
    unsafe zmq_msg_recv(message, socket, flags)
  }
}

extension zmq_msg_t {
  /// A message without bytes, to receive into.
  init(empty: Void) {
    self.init()
    // SAFETY: the message is this value's own; initializing an empty one cannot fail.
    unsafe zmq_msg_init(&self)
  }

  /// A message with a copy of some bytes.
  @inlinable
  @inline(__always)
  init(copying bytes: UnsafeRawBufferPointer) {
    self.init()
    // SAFETY: the message is this value's own; since the bytes may lie in the value itself, they are copied within the closure, in
    // which the value does not move.
    unsafe withUnsafeMutablePointer(to: &self) { _ = unsafe Self.initialize($0, copying: bytes) }
  }

  /// Makes a message with a copy of some bytes of what is none yet.
  ///
  /// - Returns: where its bytes are.
  @inlinable
  @inline(__always)
  @discardableResult
  static func initialize(
    _ message: UnsafeMutablePointer<zmq_msg_t>, copying bytes: UnsafeRawBufferPointer
  ) -> UnsafeMutableRawPointer {
    // SAFETY: callers lend the memory; the message made there has room for exactly these bytes.
    if unsafe zmq_msg_init_size(message, bytes.count) != 0 { failToAllocate(bytes.count) }
    let data = unsafe zmq_msg_data(message).unsafelyUnwrapped
    if let source = bytes.baseAddress { unsafe data.copyMemory(from: source, byteCount: bytes.count) }
    return unsafe data
  }

  @usableFromInline
  static func failToAllocate(_ count: Int) -> Never {
    preconditionFailure("out of memory: libzmq cannot allocate a message of \(count) bytes")
  }

  /// A message whose bytes are somebody else's, who gets them back through `release`.
  init(
    adopting buffer: UnsafeMutableRawBufferPointer,
    release: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void
  ) {
    self.init()
    // SAFETY: the hint holds one reference to the owner, which libzmq's only call of the callback releases. With an empty buffer
    // libzmq may be given no pointer, so the owner's own address stands in: it is never read.
    let owner = unsafe Unmanaged.passRetained(AdoptedBuffer(buffer: buffer, release: release))
    let start = unsafe buffer.baseAddress ?? owner.toOpaque()
    let result = unsafe zmq_msg_init_data(
      &self, start, buffer.count, { _, hint in if let hint = unsafe hint { unsafe AdoptedBuffer.release(hint) } }, owner.toOpaque())
    if result != 0 {
      unsafe owner.release()
      preconditionFailure("out of memory: libzmq cannot allocate a message")
    }
  }
}

/// A buffer lent to libzmq, and how to give it back: done when the last reference goes.
@safe private final class AdoptedBuffer {
  private let buffer: UnsafeMutableRawBufferPointer
  private let giveBack: @Sendable (UnsafeMutableRawBufferPointer) -> Void

  init(buffer: UnsafeMutableRawBufferPointer, release: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void) {
    unsafe self.buffer = unsafe buffer
    unsafe giveBack = unsafe release
  }

  /// Ends the reference that `zmq_msg_init_data` was given as its hint.
  static func release(_ hint: UnsafeMutableRawPointer) {
    unsafe Unmanaged<AdoptedBuffer>.fromOpaque(hint).release()
  }

  deinit {
    unsafe giveBack(buffer)
  }
}

extension Collection<UInt8> {
  /// Lends the bytes in one piece, copying them only where the collection does not have them so.
  @inlinable
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    // SAFETY: the pointer is used within the closure that lends it.
    if let result = withContiguousStorageIfAvailable({ unsafe body(UnsafeRawBufferPointer($0)) }) { return result }
    return unsafe ContiguousArray(self).withUnsafeBytes(body)
  }
}
