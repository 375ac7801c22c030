extension Message {
  /// Creates a message of one part: text, bytes, or a frame.
  ///
  /// - Parameter part: The part; it may be empty.
  /// - Complexity: O(*n*) in the number of bytes; those of a frame are shared, not copied, if there are more than 33.
  @inlinable
  public init<Part: MessagePart & ~Copyable & ~Escapable>(_ part: borrowing Part) {
    self.init(pooled: ())
    part.append(to: &self)
  }

  /// Creates a message of several parts, each of any type: text, bytes, frames, or whole messages.
  ///
  /// ```swift
  /// let message = Message(envelope, "", text)
  /// ```
  ///
  /// - Parameters:
  ///   - first: The first part.
  ///   - second: The second part.
  ///   - rest: The parts that follow.
  /// - Complexity: O(*n*) in the number of bytes; those of frames are shared, not copied, if there are more than 33.
  @inlinable
  public init<First: MessagePart, Second: MessagePart, each Rest: MessagePart>(
    _ first: First, _ second: Second, _ rest: repeat each Rest
  ) {
    self.init(pooled: ())
    first.append(to: &self)
    second.append(to: &self)
    repeat (each rest).append(to: &self)
  }

  /// Creates a message of any number of parts.
  @inlinable
  @inline(__always)
  init<each Part: MessagePart>(parts: repeat each Part) {
    self.init(pooled: ())
    repeat (each parts).append(to: &self)
  }

  /// Creates a message without frames that has room for some.
  @usableFromInline
  init(pooled: Void) {
    self.init(StoragePool.take(), 0..<0)
  }

  /// Appends a part: text, bytes, a frame, or the frames of another message.
  ///
  /// - Parameter part: The part.
  /// - Complexity: O(*n*) in the number of bytes; those of frames are shared, not copied, if there are more than 33.
  @inlinable
  public mutating func append<Part: MessagePart & ~Copyable & ~Escapable>(_ part: borrowing Part) {
    part.append(to: &self)
  }

  /// Appends a frame with a copy of some bytes.
  @usableFromInline
  mutating func append(copyingBytes bytes: RawSpan) {
    makeRoom()
    // SAFETY: the pointer points to the span's bytes, owned by what the span borrows from, valid until this function returns.
    unsafe reference.slots.append(copying: bytes.withUnsafeBytes { unsafe $0 })
    range = range.lowerBound..<range.upperBound + 1
  }

  /// Appends a frame, whose bytes are shared from 34 bytes on.
  mutating func append(sharing frame: borrowing Frame) {
    makeRoom()
    reference.slots.append(frame)
    range = range.lowerBound..<range.upperBound + 1
  }

  /// Ensures that a frame can be appended in place.
  @inline(__always)
  private mutating func makeRoom() {
    let end = range.upperBound
    if _slowPath(!reference.isUnique() || reference.slots.count != end || end == reference.slots.capacity) { makeStorage() }
  }

  @inline(never)
  private mutating func makeStorage() {
    if isEmpty { self = Message(pooled: ()) } else { reserveCapacity(2 * count + 1) }
  }
}

extension Frame {
  /// Creates the only frame of a part.
  ///
  /// Throws `.invalidArgument` if the part has another number of frames.
  init(
    onlyOneOf part: borrowing some MessagePart & ~Copyable & ~Escapable, _ operation: String, _ subject: String? = nil
  ) throws(ZeroMQError) {
    let message = Message(part)
    guard message.count == 1 else { throw ZeroMQError(.invalidArgument, operation: operation, subject: subject) }
    self = message[0]
  }
}
