public import CZeroMQ

/// A message as libzmq has it.
@usableFromInline typealias RawMessage = zmq_msg_t

// libzmq's functions on messages are called here alone.
//
// SAFETY of this extension: `message` points to an initialized message, or to room for one where the function makes it, owned by the
// caller, valid during the call; used only on the caller's thread. A socket's pointer is the caller's: if the socket is closed, it is
// `nil`, which libzmq answers with ENOTSOCK.
extension zmq_msg_t {
  /// Makes an empty message.
  @inlinable
  @inline(__always)
  static func makeEmpty(_ message: UnsafeMutablePointer<zmq_msg_t>) {
    // libzmq: `zmq_msg_init` cannot fail (4.3.4; msg.cpp).
    _ = unsafe zmq_msg_init(message)
  }

  /// Makes a message of a size, whose bytes are not initialized.
  ///
  /// - Returns: `false` if libzmq cannot allocate the bytes; then there is no message.
  @inlinable
  @inline(__always)
  static func make(_ message: UnsafeMutablePointer<zmq_msg_t>, _ byteCount: Int) -> Bool {
    unsafe zmq_msg_init_size(message, byteCount) == 0
  }

  /// Makes a message with a copy of some bytes.
  ///
  /// - Returns: The address of the copy.
  @inlinable
  @inline(__always)
  @discardableResult
  static func make(
    _ message: UnsafeMutablePointer<zmq_msg_t>, copying bytes: UnsafeRawBufferPointer
  ) -> UnsafeMutableRawPointer {
    if unsafe !make(message, bytes.count) { failToAllocate(bytes.count) }
    let data = unsafe zmq_msg_data(message).unsafelyUnwrapped
    if let source = bytes.baseAddress { unsafe data.copyMemory(from: source, byteCount: bytes.count) }
    return unsafe data
  }

  @usableFromInline
  static func failToAllocate(_ count: Int) -> Never {
    preconditionFailure("out of memory: libzmq cannot allocate a message of \(count) bytes")
  }

  /// Makes a message with the bytes of another one.
  ///
  /// libzmq: up to 33 bytes are copied, and the source is only read; more are shared, and the source is marked (4.3.4; msg.cpp).
  @inline(__always)
  static func make(_ message: UnsafeMutablePointer<zmq_msg_t>, sharing source: UnsafeMutablePointer<zmq_msg_t>) {
    unsafe makeEmpty(message)
    let result = unsafe zmq_msg_copy(message, source)
    precondition(result == 0, "zmq_msg_copy refused a valid message")
  }

  /// Makes a message of bytes that libzmq passes to `free`, with the hint, when it no longer needs them.
  static func make(
    _ message: UnsafeMutablePointer<zmq_msg_t>, adopting data: UnsafeMutableRawPointer?, _ byteCount: Int,
    _ free: @escaping @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?) -> Void, _ hint: UnsafeMutableRawPointer?
  ) {
    let result = unsafe zmq_msg_init_data(message, data, byteCount, free, hint)
    precondition(result == 0, "out of memory: libzmq cannot allocate a message")
  }

  /// Makes a message of a buffer, which `release` gets back when libzmq no longer needs it.
  static func make(
    _ message: UnsafeMutablePointer<zmq_msg_t>, adopting buffer: UnsafeMutableRawBufferPointer,
    release: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void
  ) {
    // SAFETY: the hint points to the owner, owned by the message with one reference, valid until libzmq's only call of the callback
    // releases it. The owner's address stands in for that of an empty buffer, and is never read.
    let owner = unsafe Unmanaged.passRetained(AdoptedBuffer(buffer: buffer, release: release)).toOpaque()
    unsafe make(
      message, adopting: buffer.baseAddress ?? owner, buffer.count,
      { _, owner in if let owner = unsafe owner { unsafe Unmanaged<AdoptedBuffer>.fromOpaque(owner).release() } }, owner)
  }

  /// Releases a message's bytes; there is no message afterwards.
  @inlinable
  @inline(__always)
  static func close(_ message: UnsafeMutablePointer<zmq_msg_t>) {
    // libzmq: `zmq_msg_close` only fails for memory that is not a message (4.3.4; msg.cpp).
    _ = unsafe zmq_msg_close(message)
  }

  /// The number of bytes.
  @inlinable
  @inline(__always)
  static func size(_ message: UnsafeMutablePointer<zmq_msg_t>) -> Int { unsafe zmq_msg_size(message) }

  /// The address of the bytes, which lie in the message itself if there are at most 33.
  @inlinable
  @inline(__always)
  static func data(_ message: UnsafeMutablePointer<zmq_msg_t>) -> UnsafeMutableRawPointer? { unsafe zmq_msg_data(message) }

  /// A Boolean value that indicates whether further frames follow.
  @inlinable
  @inline(__always)
  static func more(_ message: UnsafeMutablePointer<zmq_msg_t>) -> Bool { unsafe zmq_msg_more(message) != 0 }

  /// The value of a property; -1 if libzmq has no such property.
  @inlinable
  @inline(__always)
  static func number(_ message: UnsafePointer<zmq_msg_t>, _ property: Int32) -> Int32 { unsafe zmq_msg_get(message, property) }

  /// The value of a property of the connection; `nil` if there is none.
  static func text(_ message: UnsafePointer<zmq_msg_t>, _ property: String) -> String? {
    // libzmq: the text ends with a zero byte and lives as long as the message (4.3.4; zmq_msg_gets).
    guard let text = unsafe zmq_msg_gets(message, property) else { return nil }
    return unsafe String(cString: text)
  }

  /// Sends a message; if that succeeds, libzmq takes the bytes and leaves an empty message.
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

/// A caller's buffer that libzmq sends from; the last reference to this object gives it back.
@safe private final class AdoptedBuffer {
  private let buffer: UnsafeMutableRawBufferPointer
  private let giveBack: @Sendable (UnsafeMutableRawBufferPointer) -> Void

  init(buffer: UnsafeMutableRawBufferPointer, release: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void) {
    unsafe self.buffer = unsafe buffer
    unsafe giveBack = unsafe release
  }

  deinit {
    unsafe giveBack(buffer)
  }
}

extension Collection<UInt8> {
  /// Calls a closure with the bytes in one piece, which are copied only if the collection does not have them so.
  @inlinable
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    // SAFETY: the pointer points to the collection's bytes or to a copy, owned by this call, valid until the closure returns.
    if let result = withContiguousStorageIfAvailable({ unsafe body(UnsafeRawBufferPointer($0)) }) { return result }
    return unsafe ContiguousArray(self).withUnsafeBytes(body)
  }
}
