internal import Builtin
public import CZeroMQ

/// One frame of a message: an immutable collection of bytes.
///
/// Frames can be kept, compared, hashed and sent to other tasks and threads. Up to 23 bytes (every generated routing ID, and most
/// chosen ones) lie in the value itself. Larger ones stay in libzmq's memory: all frames and messages that hold them share them. A frame
/// taken from a message keeps the whole message in memory, as a slice keeps its array.
///
/// ```swift
/// let text = message[0].text
/// let bytes = [UInt8](message[1])
/// ```
///
/// The corresponding libzmq type is `zmq_msg_t`.
@safe
@_addressableForDependencies
@frozen
public struct Frame: Sendable {
  /// The bytes themselves with their number in the last byte; or, with an owner, the bytes' address, the index of the owner's frame, and
  /// the negative number of bytes.
  @usableFromInline
  var words: (UInt64, UInt64, UInt64)

  /// The storage of larger bytes.
  @usableFromInline
  var owner: StorageReference

  /// The largest number of bytes that lie in the value itself.
  static var inlineCapacity: Int { 23 }

  /// Creates an empty frame, such as the delimiter of an envelope.
  @inlinable
  public init() {
    words = (0, 0, 0)
    owner = StorageReference()
  }

  /// Creates the frame that a storage has at an index.
  init(of storage: borrowing StorageReference, at index: Int) {
    // SAFETY: the pointer points to the frame's bytes, owned by the storage, valid during the call; then `owner` keeps them alive.
    let bytes = unsafe storage.slots.bytes(at: index)
    if bytes.count <= Self.inlineCapacity {
      if let start = bytes.baseAddress, unsafe storage.slots.hasInside(start, Self.inlineCapacity + 1, at: index) {
        // SAFETY: the pointer points to 24 bytes of the message, owned by the storage, valid during the call. Those behind the frame's
        // own bytes are never read afterwards.
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

  /// Creates a frame whose bytes an owner has.
  private init(_ owner: StorageReference, _ start: UnsafeRawPointer?, _ count: Int, _ index: Int) {
    self.init((UInt64(UInt(bitPattern: start)), UInt64(index), UInt64(bitPattern: Int64(-count)).littleEndian), owner)
  }

  private init(_ words: (UInt64, UInt64, UInt64), _ owner: StorageReference) {
    self.words = words
    self.owner = owner
  }

  /// Creates a frame with a copy of at most 23 bytes in itself.
  @inline(never)
  private init(inline bytes: UnsafeRawBufferPointer) {
    words = (0, 0, 0)
    owner = StorageReference()
    // SAFETY: the pointers point to at most 23 bytes, owned by the caller, and to the frame's own 24, valid during the call.
    unsafe Swift.withUnsafeMutableBytes(of: &words) { target in
      unsafe target.copyMemory(from: bytes)
      unsafe target[Self.inlineCapacity] = UInt8(bytes.count)
    }
  }

  /// Creates a frame with a copy of some bytes.
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

  /// A Boolean value that indicates whether the bytes lie in the frame itself.
  @inlinable
  @inline(__always)
  var isInline: Bool { owner.isEmpty }

  /// The address of the bytes that an owner has.
  @unsafe
  @inlinable
  @inline(__always)
  var start: UnsafeRawPointer? { unsafe UnsafeRawPointer(bitPattern: UInt(truncatingIfNeeded: words.0)) }

  /// Transfers the owner of larger bytes, and the index of its frame; `nil` for a frame whose bytes lie in itself.
  @inline(__always)
  mutating func takeOwner() -> (StorageReference, Int)? {
    if isInline { return nil }
    let taken = (owner, Int(words.1))
    self = Frame()
    return taken
  }

  /// Makes a libzmq message with the frame's bytes in the room for one.
  ///
  /// Bytes that are not shared are moved, and leave an empty frame.
  @inline(__always)
  mutating func move(to slot: UnsafeMutablePointer<zmq_msg_t>) {
    if isInline {
      let count = count
      // SAFETY: the pointers point to the frame's own bytes, and to room, owned by the caller, valid during the call.
      if count == 0 { return unsafe RawMessage.makeEmpty(slot) }
      unsafe Swift.withUnsafeBytes(of: &words) {
        unsafe _ = RawMessage.make(slot, copying: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
    } else if owner.slots.capacity == 1 && owner.isUnique() {
      unsafe owner.slots.moveOnly(to: slot)
      words = (0, 0, 0)
      StoragePool.put(&owner)
    } else {
      unsafe copy(to: slot)
    }
  }

  /// Makes a libzmq message with the same bytes in the room for one; from 34 bytes on they are shared.
  @inline(__always)
  func copy(to slot: UnsafeMutablePointer<zmq_msg_t>) {
    if !isInline { return unsafe owner.slots.copy(at: Int(words.1), startingAt: start, to: slot) }
    // SAFETY: the pointers point to the frame's own bytes, and to room, owned by the caller, valid during the call.
    unsafe bytes.withUnsafeBytes { unsafe _ = RawMessage.make(slot, copying: $0) }
  }

  /// Calls a closure with the frame's bytes.
  ///
  /// The pointer is valid only during the call.
  @inlinable
  @inline(__always)
  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    // SAFETY: the pointer points to the owner's bytes, or to a copy of the frame's own on the stack, valid until the closure returns.
    if !isInline { return try withExtendedLifetime(owner) { try unsafe body(UnsafeRawBufferPointer(start: start, count: count)) } }
    return try unsafe Swift.withUnsafeBytes(of: words) { try unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }

  /// A span over the bytes, valid while the frame exists and is not changed.
  ///
  /// The corresponding libzmq functions are `zmq_msg_data` and `zmq_msg_size`.
  public var bytes: RawSpan {
    @_lifetime(borrow self)
    get {
      // SAFETY: the pointer points to the owner's bytes, or to the frame itself, whose first field has its own bytes; valid for as long
      // as the span exists: the span depends on the frame, which `@_addressableForDependencies` then keeps in place.
      let inline = unsafe UnsafeRawPointer(UnsafePointer<Frame>(Builtin.unprotectedAddressOfBorrow(self)))
      let bytes = unsafe UnsafeRawBufferPointer(start: isInline ? inline : start, count: count)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }
  }
}

extension Frame: RandomAccessCollection {
  /// An iterator over the bytes of a frame.
  @frozen
  public struct Iterator: IteratorProtocol {
    @usableFromInline
    var frame: Frame

    /// The address behind the last byte, or its distance from the frame's words if the bytes lie in them.
    @usableFromInline
    let end: UInt

    /// The distance from the end to the next byte: a negative number, which makes the loop of a caller one instruction shorter.
    @usableFromInline
    var offset: Int

    @inlinable
    init(_ frame: Frame, at position: Int) {
      self.frame = frame
      unsafe end = (frame.isInline ? 0 : UInt(bitPattern: frame.start)) &+ UInt(bitPattern: frame.count)
      offset = position - frame.count
    }

    /// Returns the next byte, or `nil` after the last one.
    @inlinable
    @inline(__always)
    public mutating func next() -> UInt8? {
      guard offset != 0 else { return nil }
      let (isInline, end, offset) = (frame.isInline, end, offset)
      // SAFETY: the pointer points behind the frame's bytes, owned by the frame or its owner, of which one is at the offset, valid until
      // the closure returns.
      let byte = unsafe withUnsafePointer(to: &frame.words) {
        let end = unsafe UnsafeRawPointer(bitPattern: (isInline ? UInt(bitPattern: $0) : 0) &+ end).unsafelyUnwrapped
        return unsafe end.load(fromByteOffset: offset, as: UInt8.self)
      }
      self.offset &+= 1
      return byte
    }
  }

  /// Returns an iterator over the bytes.
  @inlinable
  public __consuming func makeIterator() -> Iterator { Iterator(self, at: 0) }

  /// The number of bytes.
  @inlinable
  public var count: Int { isInline ? Int(truncatingIfNeeded: words.2.littleEndian >> 56) : countOutside }

  /// The number of bytes that an owner has; zero or less without one.
  @inlinable
  @inline(__always)
  var countOutside: Int { 0 &- Int(truncatingIfNeeded: words.2.littleEndian) }

  /// The position of the first byte: 0.
  @inlinable
  public var startIndex: Int { 0 }

  /// The position behind the last byte.
  @inlinable
  public var endIndex: Int { count }

  /// Accesses the byte at a position.
  ///
  /// - Precondition: The frame has a byte at the position.
  @inlinable
  public subscript(position: Int) -> UInt8 {
    // In a loop of the caller, the second comparison alone remains.
    guard position >= 0, _fastPath(position < countOutside) else { return byteInside(position) }
    // SAFETY: the pointer points to the frame's bytes, owned by `owner`, of which `position` is one.
    return withExtendedLifetime(owner) { unsafe start.unsafelyUnwrapped.load(fromByteOffset: position, as: UInt8.self) }
  }

  /// Returns the position after another.
  @inlinable
  public func index(after position: Int) -> Int { position + 1 }

  /// Returns the byte at a position of a frame whose bytes lie in itself.
  @inlinable
  @inline(__always)
  func byteInside(_ position: Int) -> UInt8 {
    if _slowPath(!isInline || UInt(bitPattern: position) >= UInt(bitPattern: count)) { refuse(position) }
    // SAFETY: the pointer points to a copy of the frame's bytes on the stack, of which `position` is one, valid until the closure returns.
    return unsafe Swift.withUnsafeBytes(of: words) { unsafe $0.load(fromByteOffset: position, as: UInt8.self) }
  }

  @usableFromInline
  func refuse(_ position: Int) -> Never {
    preconditionFailure("position \(position) is outside a frame of \(count) bytes")
  }

  /// Returns the position of the first byte of some value.
  @inlinable
  public func _customIndexOfEquatableElement(_ byte: UInt8) -> Int?? {
    // SAFETY: the pointer points to the frame's bytes, owned by the frame, valid until the closure returns.
    unsafe withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, let found = unsafe memchr(start, Int32(byte), bytes.count) else { return .some(nil) }
      return unsafe UnsafeRawPointer(found) - start
    }
  }

  /// Returns a Boolean value that indicates whether there is a byte of some value.
  @inlinable
  public func _customContainsEquatableElement(_ byte: UInt8) -> Bool? { _customIndexOfEquatableElement(byte).map { $0 != nil } }

  /// Calls a closure with the bytes, which lie in one piece.
  ///
  /// The pointer is valid only during the call.
  @inlinable
  public func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result? {
    // SAFETY: the pointer points to the frame's bytes, owned by the frame, valid until the closure returns.
    try unsafe withUnsafeBytes { try unsafe $0.withMemoryRebound(to: UInt8.self, body) }
  }

  /// Copies the bytes to a buffer at once, for `Array(frame)`.
  @inlinable
  public func _copyContents(initializing buffer: UnsafeMutableBufferPointer<UInt8>) -> (Iterator, Int) {
    // SAFETY: the pointers point to the first of the frame's bytes, owned by the frame, and to as much room in the caller's buffer, valid
    // until the closure returns.
    let copied = Swift.min(count, buffer.count)
    unsafe withUnsafeBytes { bytes in
      unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<copied]))
    }
    return (Iterator(self, at: copied), copied)
  }
}

extension Frame: Hashable {
  /// Returns a Boolean value that indicates whether two frames have the same bytes.
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
