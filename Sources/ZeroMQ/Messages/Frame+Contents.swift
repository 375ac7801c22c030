extension Frame {
  /// Creates a frame with a copy of a span's bytes.
  ///
  /// - Parameter bytes: The bytes; they may be empty.
  /// - Complexity: O(*n*) in the number of bytes.
  public init(copying bytes: RawSpan) {
    // SAFETY: the pointer points to the span's bytes, owned by what the span borrows from, valid until the closure returns.
    self = unsafe bytes.withUnsafeBytes { unsafe Frame(copyingBytes: $0) }
  }

  /// Creates a frame with a copy of a collection's bytes.
  ///
  /// - Parameter bytes: The bytes, such as an array or a `Data`; they may be empty.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(copying bytes: some Collection<UInt8>) {
    // SAFETY: the pointer points to the collection's bytes, owned by the collection, valid until the closure returns.
    self = unsafe bytes.withBytes { unsafe Frame(copyingBytes: $0) }
  }

  /// Creates a frame with a copy of a collection's bytes.
  ///
  /// - Parameter bytes: The bytes, such as a `[UInt8]`; they may be empty.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(_ bytes: some Collection<UInt8>) {
    self.init(copying: bytes)
  }

  /// Creates a frame with the UTF-8 bytes of a string, without a terminating zero.
  ///
  /// - Parameter text: The string; it may be empty.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(_ text: some StringProtocol) {
    self.init(copying: text.utf8)
  }

  /// Creates a frame from a buffer, which libzmq sends from without copying the bytes.
  ///
  /// The frame and its copies take ownership of the buffer; do not modify it afterwards. `release` is called exactly once, when the
  /// last reference is gone, whether the frame was sent, dropped, or never sent.
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
    self.init(unsafe UniqueFrame(adopting: buffer, release: release))
  }

  /// Creates a frame from a ``UniqueFrame``, whose bytes it takes over; more than 23 are not copied.
  ///
  /// - Parameter frame: The frame, which is consumed.
  public init(_ frame: consuming UniqueFrame) {
    let storage = StoragePool.takeSingle()
    storage.slots.append(frame.take())
    self.init(of: storage, at: 0)
  }
}

extension Frame: ExpressibleByStringInterpolation {
  /// Creates a frame with the UTF-8 bytes of a string literal, without a terminating zero.
  @inlinable
  public init(stringLiteral text: String) {
    // The delimiter of envelopes.
    if text.isEmpty { self.init() } else { self.init(text) }
  }
}

extension Frame: ExpressibleByArrayLiteral {
  /// Creates a frame with the bytes of an array literal.
  public init(arrayLiteral bytes: UInt8...) {
    self.init(copying: bytes)
  }
}
