extension UniqueFrame {
  /// Creates a frame with a copy of a span's bytes.
  ///
  /// The corresponding libzmq function is `zmq_msg_init_size`.
  ///
  /// - Parameter bytes: The bytes; they may be empty.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(copying bytes: RawSpan) {
    // SAFETY: the pointer points to the span's bytes, owned by what the span borrows from, valid until the closure returns.
    self = unsafe bytes.withUnsafeBytes { unsafe UniqueFrame(copyingBytes: $0) }
  }

  /// Creates a frame with a copy of a collection's bytes.
  ///
  /// The corresponding libzmq function is `zmq_msg_init_size`.
  ///
  /// - Parameter bytes: The bytes, such as an array or a `Data`; they may be empty.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(copying bytes: some Collection<UInt8>) {
    self.init(copyingElements: bytes)
  }

  /// Creates a frame with the UTF-8 bytes of a string, without a terminating zero.
  ///
  /// The corresponding libzmq function is `zmq_msg_init_size`.
  ///
  /// - Parameter text: The string; it may be empty.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(_ text: some StringProtocol) {
    self.init(copying: text.utf8)
  }

  /// Creates a frame of a given size whose bytes a closure writes in place.
  ///
  /// The corresponding libzmq function is `zmq_msg_init_size`.
  ///
  /// - Parameters:
  ///   - byteCount: The number of bytes.
  ///   - initialize: A closure that writes the bytes. Bytes that it does not write are zero.
  /// - Throws: A ``ZeroMQError`` with the code `.noMemory` if libzmq cannot allocate the bytes.
  /// - Precondition: The number of bytes is not negative.
  public init(byteCount: Int, initializingWith initialize: (inout OutputRawSpan) -> Void) throws {
    precondition(byteCount >= 0, "a frame's size is not negative")
    self.init(ofSize: Self.nothing)
    guard unsafe RawMessage.make(message, byteCount) else { throw ZeroMQError.last("zmq_msg_init_size") }
    size = byteCount
    // SAFETY: the pointer points to the message's bytes, owned by this frame, valid until the frame is moved when this function returns.
    let buffer = unsafe UnsafeMutableRawBufferPointer(start: RawMessage.data(message), count: byteCount)
    var output = unsafe OutputRawSpan(buffer: buffer, initializedCount: 0)
    initialize(&output)
    let written = unsafe output.finalize(for: buffer)
    unsafe buffer[written...].initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// Creates a frame from a buffer, which libzmq sends from without copying the bytes.
  ///
  /// The frame takes ownership of the buffer; do not modify it afterwards. `release` is called exactly once, when the last reference
  /// is gone, whether the frame was sent, dropped, or never sent. For less than some tens of KiB, copying the bytes is faster.
  ///
  /// The corresponding libzmq function is `zmq_msg_init_data`.
  ///
  /// - Parameters:
  ///   - buffer: The bytes.
  ///   - release: A closure that releases the buffer. It is called on any thread, often on libzmq's I/O thread, and must neither block
  ///     nor send.
  public init(
    adopting buffer: UnsafeMutableRawBufferPointer,
    release: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void
  ) {
    self.init(ofSize: buffer.count)
    unsafe RawMessage.make(message, adopting: buffer, release: release)
  }

  /// Creates a frame from a ``Frame``, whose bytes are shared, not copied, if there are more than 33.
  ///
  /// - Parameter frame: The frame.
  public init(_ frame: Frame) {
    self.init(ofSize: frame.count)
    var frame = frame
    unsafe frame.move(to: message)
  }
}
