internal import CZeroMQ

extension UniqueFrame {
  /// Makes a frame with a copy of some bytes.
  ///
  /// The corresponding libzmq function is `zmq_msg_init_size`.
  ///
  /// - Parameter bytes: the bytes; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(copying bytes: RawSpan) {
    // SAFETY: the bytes are lent for the call, which copies them.
    self = unsafe bytes.withUnsafeBytes { unsafe UniqueFrame(copyingBytes: $0) }
  }

  /// Makes a frame with a copy of a collection's bytes.
  ///
  /// The corresponding libzmq function is `zmq_msg_init_size`.
  ///
  /// - Parameter bytes: the bytes, such as an array or a `Data`; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(copying bytes: some Collection<UInt8>) {
    // SAFETY: the bytes are lent for the call, which copies them.
    self.init(copyingElements: bytes)
  }

  /// Makes a frame with the UTF-8 bytes of a text; libzmq adds no terminating zero.
  ///
  /// The corresponding libzmq function is `zmq_msg_init_size`.
  ///
  /// - Parameter text: the text; the empty one is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public init(_ text: some StringProtocol) {
    self.init(copying: text.utf8)
  }

  /// Makes a frame of a given size that the caller fills in place.
  ///
  /// The corresponding libzmq function is `zmq_msg_init_size`.
  ///
  /// - Parameters:
  ///   - byteCount: the number of bytes, not negative.
  ///   - initialize: writes the bytes; those it does not write are zero.
  /// - Throws: `.noMemory` when libzmq cannot allocate so many.
  public init(byteCount: Int, initializingWith initialize: (inout OutputRawSpan) -> Void) throws {
    precondition(byteCount >= 0, "a frame's size is not negative")
    var message = RawMessage()
    // SAFETY: a refused message is never used; a made one has `byteCount` bytes of its own, which stay in place, since `message`
    // is not moved while they are written.
    guard unsafe RawMessage.make(&message, byteCount) == 0 else { throw ZeroMQError.last("zmq_msg_init_size") }
    unsafe withUnsafeMutablePointer(to: &message) { message in
      let buffer = unsafe UnsafeMutableRawBufferPointer(start: RawMessage.data(message), count: byteCount)
      var output = unsafe OutputRawSpan(buffer: buffer, initializedCount: 0)
      initialize(&output)
      let written = unsafe output.finalize(for: buffer)
      unsafe buffer[written...].initializeMemory(as: UInt8.self, repeating: 0)
    }
    self.init(owning: message)
  }

  /// Makes a frame of a buffer that libzmq sends from without copying it.
  ///
  /// From this call on the buffer belongs to the frame: it must not be written, and `release` is called exactly once, when nothing
  /// needs it any more, be it sent, dropped, or never sent at all. Worth its cost from some tens of KiB up.
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
    unsafe self.init(owning: RawMessage(adopting: buffer, release: release))
  }

  /// Makes a frame from a value; large bytes are shared, not copied.
  ///
  /// - Parameter frame: the value.
  public init(_ frame: Frame) {
    self.init(owning: frame.makeMessage())
  }
}
