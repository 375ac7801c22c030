internal import Builtin
public import CZeroMQ

/// One frame of a message: bytes that never change, as a value.
///
/// Frames can be kept, compared, hashed and sent to other tasks and threads. Up to 23 bytes (every generated routing ID, and most
/// chosen ones) lie in the value itself; larger ones stay in libzmq's memory and are shared, never copied, by all frames and
/// messages that hold them. A frame taken from a message keeps the whole message in memory, as a slice does its array.
///
/// ```swift
/// let text = message[0].text
/// let bytes = [UInt8](message[1])
/// ```
///
/// The corresponding libzmq type is `zmq_msg_t`.
@safe
@_addressableForDependencies
public struct Frame: Sendable {
  /// The bytes themselves with their number in the last byte; or, with an owner, where they lie, their number, and which of the
  /// owner's frames they are.
  @usableFromInline
  var words: (UInt64, UInt64, UInt64)

  /// What holds larger bytes.
  @usableFromInline
  var owner: StorageReference

  /// The largest number of bytes that lie in the value itself.
  static var inlineCapacity: Int { 23 }

  /// Makes an empty frame, such as the delimiter of an envelope.
  @inlinable
  public init() {
    words = (0, 0, 0)
    owner = StorageReference()
  }

  /// The frame that a storage has at an index.
  init(of storage: borrowing StorageReference, at index: Int) {
    // SAFETY: the bytes are copied at once or kept alive by `owner`.
    let bytes = unsafe storage.slots.bytes(at: index)
    if bytes.count <= Self.inlineCapacity {
      if let start = bytes.baseAddress, unsafe storage.slots.hasInside(start, Self.inlineCapacity + 1, at: index) {
        // SAFETY: what lies behind the frame's own bytes is still within the message; nobody reads it.
        let (first, second, third) = unsafe start.loadUnaligned(as: (UInt64, UInt64, UInt64).self)
        let last = UInt64(littleEndian: third.littleEndian & ~(0xff << 56) | UInt64(bytes.count) << 56)
        self.init((first, second, last), StorageReference())
      } else {
        unsafe self.init(inline: bytes)
      }
    } else {
      unsafe self.init(copy storage, bytes.baseAddress, bytes.count, index)
    }
  }

  /// A frame whose bytes lie with an owner.
  private init(_ owner: StorageReference, _ start: UnsafeRawPointer?, _ count: Int, _ index: Int) {
    self.init((UInt64(UInt(bitPattern: start)), UInt64(count), UInt64(index)), owner)
  }

  private init(_ words: (UInt64, UInt64, UInt64), _ owner: StorageReference) {
    self.words = words
    self.owner = owner
  }

  /// A frame with a copy of a few bytes in itself.
  @inline(never)
  private init(inline bytes: UnsafeRawBufferPointer) {
    words = (0, 0, 0)
    owner = StorageReference()
    // SAFETY: at most 23 bytes are copied into 24.
    unsafe Swift.withUnsafeMutableBytes(of: &words) { target in
      unsafe target.copyMemory(from: bytes)
      unsafe target[Self.inlineCapacity] = UInt8(bytes.count)
    }
  }

  /// A frame with a copy of some bytes.
  @usableFromInline
  init(copyingBytes bytes: UnsafeRawBufferPointer) {
    if bytes.count <= Self.inlineCapacity {
      unsafe self.init(inline: bytes)
    } else {
      let storage = StoragePool.takeSingle()
      let start = unsafe storage.slots.append(copying: bytes)
      unsafe self.init(storage, start, bytes.count, 0)
    }
  }

  /// A frame that takes a message over.
  init(owning message: zmq_msg_t) {
    let storage = StoragePool.takeSingle()
    storage.slots.append(message)
    self.init(of: storage, at: 0)
  }

  /// Whether the bytes lie in the frame itself.
  @inlinable
  @inline(__always)
  var isInline: Bool { owner.isEmpty }

  /// Where the bytes lie with an owner.
  @unsafe
  @inlinable
  @inline(__always)
  var start: UnsafeRawPointer? { unsafe UnsafeRawPointer(bitPattern: UInt(truncatingIfNeeded: words.0)) }

  /// A new libzmq message with the frame's bytes; large ones are shared.
  func makeMessage() -> zmq_msg_t {
    if !isInline { return owner.slots.copy(at: Int(words.2)) }
    return unsafe withUnsafeBytes { unsafe RawMessage(copying: $0) }
  }

  /// Gives away what holds larger bytes, and which of its frames they are; `nil` for a frame whose bytes lie in itself.
  @inline(__always)
  mutating func takeOwner() -> (StorageReference, Int)? {
    if isInline { return nil }
    let taken = (owner, Int(words.2))
    self = Frame()
    return taken
  }

  /// Makes a libzmq message with the frame's bytes of what is none yet.
  ///
  /// Bytes that nobody else has are moved, and leave an empty frame.
  @inline(__always)
  mutating func move(to slot: UnsafeMutablePointer<zmq_msg_t>) {
    if isInline {
      let count = count
      // SAFETY: callers lend the memory; initializing an empty message cannot fail.
      if count == 0 { return _ = unsafe RawMessage.makeEmpty(slot) }
      unsafe Swift.withUnsafeBytes(of: &words) {
        unsafe _ = zmq_msg_t.initialize(slot, copying: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
    } else if owner.slots.capacity == 1 && owner.isUnique() {
      unsafe owner.slots.moveOnly(to: slot)
      words = (0, 0, 0)
      StoragePool.put(&owner)
      owner = StorageReference()
    } else {
      unsafe owner.slots.copy(at: Int(words.2), startingAt: start, to: slot)
    }
  }

  /// Lends the bytes to a closure, out of which the pointer must not be carried.
  @inlinable
  @inline(__always)
  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    // SAFETY: an owner keeps its bytes alive and in place; the frame's own are copied to the stack for the call.
    if !isInline { return try withExtendedLifetime(owner) { try unsafe body(UnsafeRawBufferPointer(start: start, count: count)) } }
    return try unsafe Swift.withUnsafeBytes(of: words) { try unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }

  /// The bytes, lent for as long as the frame stays where it is.
  ///
  /// The corresponding libzmq functions are `zmq_msg_data` and `zmq_msg_size`.
  public var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      // SAFETY: `words` is the first field, so the frame's address is that of its own bytes, and the type's
      // `@_addressableForDependencies` keeps it in place for as long as the span depends on it; an owner lives as long.
      let inline = unsafe UnsafeRawPointer(UnsafePointer<Frame>(Builtin.unprotectedAddressOfBorrow(self)))
      let bytes = unsafe UnsafeRawBufferPointer(start: isInline ? inline : start, count: count)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }
  }
}

extension Frame: RandomAccessCollection {
  /// The bytes of a frame, one after the other.
  @safe
  public struct Iterator: IteratorProtocol {
    /// What keeps the bytes alive that lie with an owner.
    @usableFromInline
    let owner: StorageReference

    /// The address behind the last of them.
    @usableFromInline
    let end: UnsafePointer<UInt8>

    /// Where the next one is from there: a negative number, which makes the loop of a caller one instruction shorter.
    @usableFromInline
    var offset: Int

    /// The bytes that lie in the frame itself: the next one first, and how many are left.
    @usableFromInline
    var words: (UInt64, UInt64, UInt64), left: Int

    @inlinable
    init(_ frame: Frame, at position: Int) {
      owner = frame.owner
      words = (0, 0, 0)
      left = 0
      // SAFETY: the pointer points behind the frame's bytes, owned by `owner`, valid for as long as the iterator holds it.
      if !frame.isInline, let start = unsafe frame.start {
        unsafe end = unsafe (start + frame.count).assumingMemoryBound(to: UInt8.self)
        offset = position - frame.count
      } else {
        // Never read: there is no offset at which.
        unsafe end = unsafe UnsafePointer(bitPattern: 1).unsafelyUnwrapped
        offset = 0
        words = (frame.words.0.littleEndian, frame.words.1.littleEndian, frame.words.2.littleEndian)
        for _ in 0..<position { _ = shift() }
        left = frame.count - position
      }
    }

    /// Returns the next byte, or `nil` after the last one.
    @inlinable
    @inline(__always)
    public mutating func next() -> UInt8? {
      guard offset != 0 else { return nextInside() }
      // SAFETY: the pointer points to one of the owner's bytes, since the offset has not reached the end.
      let byte = withExtendedLifetime(owner) { unsafe end[offset] }
      offset &+= 1
      return byte
    }

    @inlinable
    mutating func nextInside() -> UInt8? {
      guard left > 0 else { return nil }
      left &-= 1
      return shift()
    }

    @inlinable
    mutating func shift() -> UInt8 {
      let byte = UInt8(truncatingIfNeeded: words.0)
      words = (words.0 >> 8 | words.1 << 56, words.1 >> 8 | words.2 << 56, words.2 >> 8)
      return byte
    }
  }

  /// Returns the bytes one after the other.
  @inlinable
  public __consuming func makeIterator() -> Iterator { Iterator(self, at: 0) }

  /// The number of bytes.
  @inlinable
  public var count: Int { Int(truncatingIfNeeded: isInline ? words.2.littleEndian >> 56 : words.1) }

  /// The position of the first byte: 0.
  @inlinable
  public var startIndex: Int { 0 }

  /// The position behind the last byte.
  @inlinable
  public var endIndex: Int { count }

  /// The byte at a position.
  @inlinable
  public subscript(position: Int) -> UInt8 {
    // One comparison for both conditions, of which the second does not change in a loop of the caller.
    guard UInt64(truncatingIfNeeded: position) < (isInline ? 0 : words.1) else { return byteInside(position) }
    // SAFETY: the pointer points to the frame's bytes, owned by `owner`, of which `position` is one.
    return withExtendedLifetime(owner) { unsafe start.unsafelyUnwrapped.load(fromByteOffset: position, as: UInt8.self) }
  }

  /// The byte at a position of a frame whose bytes lie in itself.
  @inlinable
  @inline(__always)
  func byteInside(_ position: Int) -> UInt8 {
    if _slowPath(!isInline || UInt(bitPattern: position) >= UInt(bitPattern: count)) { refuse(position) }
    let word = position < 8 ? words.0 : position < 16 ? words.1 : words.2
    return UInt8(truncatingIfNeeded: word.littleEndian >> UInt64(truncatingIfNeeded: 8 &* (position & 7)))
  }

  @usableFromInline
  func refuse(_ position: Int) -> Never {
    preconditionFailure("position \(position) is outside a frame of \(count) bytes")
  }

  /// Finds the first byte of some value.
  @inlinable
  public func _customIndexOfEquatableElement(_ byte: UInt8) -> Int?? {
    // SAFETY: the bytes are lent for the call.
    unsafe withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, let found = unsafe memchr(start, Int32(byte), bytes.count) else { return .some(nil) }
      return unsafe UnsafeRawPointer(found) - start
    }
  }

  /// Whether there is a byte of some value.
  @inlinable
  public func _customContainsEquatableElement(_ byte: UInt8) -> Bool? { _customIndexOfEquatableElement(byte).map { $0 != nil } }

  /// Lends the bytes in one piece.
  @inlinable
  public func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result? {
    // SAFETY: the bytes are lent for the call.
    try unsafe withUnsafeBytes { try unsafe $0.withMemoryRebound(to: UInt8.self, body) }
  }

  /// Copies the bytes in one piece, as `Array(frame)` asks for.
  @inlinable
  public func _copyContents(initializing buffer: UnsafeMutableBufferPointer<UInt8>) -> (Iterator, Int) {
    // SAFETY: the caller's buffer has room for the bytes, or for the first of them.
    let copied = Swift.min(count, buffer.count)
    unsafe withUnsafeBytes { bytes in
      unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<copied]))
    }
    return (Iterator(self, at: copied), copied)
  }
}

extension Frame: Hashable {
  /// Whether two frames have the same bytes.
  public static func == (left: Frame, right: Frame) -> Bool {
    guard left.count == right.count else { return false }
    return unsafe left.withUnsafeBytes { left in
      unsafe right.withUnsafeBytes { right in
        guard let left = left.baseAddress, let start = right.baseAddress else { return true }
        return unsafe memcmp(left, start, right.count) == 0
      }
    }
  }

  /// Feeds the bytes to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    unsafe withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }
}
