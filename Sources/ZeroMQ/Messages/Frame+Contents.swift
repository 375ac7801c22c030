internal import CZeroMQ

extension Frame {
  /// Makes a frame with a copy of some bytes.
  ///
  /// - Parameter bytes: the bytes; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  public init(copying bytes: RawSpan) {
    // SAFETY: the bytes are lent for the call, which copies them.
    self = unsafe bytes.withUnsafeBytes { unsafe Frame(copyingBytes: $0) }
  }

  /// Makes a frame with a copy of a collection's bytes.
  ///
  /// - Parameter bytes: the bytes, such as an array or a `Data`; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(copying bytes: some Collection<UInt8>) {
    // SAFETY: the bytes are lent for the call, which copies them.
    self = unsafe bytes.withBytes { unsafe Frame(copyingBytes: $0) }
  }

  /// Creates a frame with a copy of a collection's bytes.
  ///
  /// - Parameter bytes: The bytes, such as a `[UInt8]`; there may be none.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(_ bytes: some Collection<UInt8>) {
    self.init(copying: bytes)
  }

  /// Makes a frame with the UTF-8 bytes of a text, without a terminating zero.
  ///
  /// - Parameter text: the text; the empty one is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(_ text: some StringProtocol) {
    self.init(copying: text.utf8)
  }

  /// Makes a frame of a buffer that libzmq sends from without copying it.
  ///
  /// From this call on the buffer belongs to the frame and its copies: it must not be written, and `release` is called exactly
  /// once, when nothing needs it any more, be it sent, dropped, or never sent at all.
  ///
  /// The corresponding libzmq function is `zmq_msg_init_data`.
  ///
  /// - Parameters:
  ///   - buffer: the bytes.
  ///   - release: gives the buffer back; called on any thread, most often libzmq's own, where it must neither block nor send.
  public init(
    adopting buffer: UnsafeMutableRawBufferPointer,
    release: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Void
  ) {
    self.init(owning: unsafe RawMessage(adopting: buffer, release: release))
  }

  /// Makes a value of a frame with one owner, which it takes over; large bytes are not copied.
  ///
  /// - Parameter frame: the frame, consumed.
  public init(_ frame: consuming UniqueFrame) {
    self.init(owning: frame.take())
  }
}

extension Frame: ExpressibleByStringInterpolation {
  /// Makes a frame with the UTF-8 bytes of a literal.
  @inlinable
  public init(stringLiteral text: String) {
    // The delimiter of envelopes.
    if text.isEmpty { self.init() } else { self.init(text) }
  }
}

extension Frame: ExpressibleByArrayLiteral {
  /// Makes a frame of the bytes of a literal.
  public init(arrayLiteral bytes: UInt8...) {
    self.init(copying: bytes)
  }
}
