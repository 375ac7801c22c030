internal import Builtin
internal import CZeroMQ

/// One frame of a message: bytes that never change, as a value.
///
/// Frames can be kept, compared, hashed and sent to other tasks and threads. Up to 23 bytes (every generated routing ID, and most
/// chosen ones) lie in the value itself; larger ones stay in libzmq's memory and are shared, never copied, by all frames and
/// messages that hold them. A frame taken from a message keeps the whole message in memory, as a slice does its array.
///
/// ```swift
/// let text = String(decoding: message[0], as: UTF8.self)
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
  var isInline: Bool { owner.isEmpty }

  /// A new libzmq message with the frame's bytes; large ones are shared.
  func makeMessage() -> zmq_msg_t {
    if !isInline { return owner.slots.copy(at: Int(words.2)) }
    return unsafe withUnsafeBytes { unsafe zmq_msg_t(copying: $0) }
  }

  /// Makes a libzmq message with the frame's bytes of what is none yet.
  ///
  /// Bytes that nobody else has are moved, and leave an empty frame.
  @inline(__always)
  mutating func move(to slot: UnsafeMutablePointer<zmq_msg_t>) {
    if isInline {
      let count = count
      // SAFETY: callers lend the memory; initializing an empty message cannot fail.
      if count == 0 { return _ = unsafe zmq_msg_init(slot) }
      unsafe Swift.withUnsafeBytes(of: &words) {
        unsafe _ = zmq_msg_t.initialize(slot, copying: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
    } else if owner.slots.capacity == 1 && owner.isUnique() {
      unsafe owner.slots.moveOnly(to: slot)
      words = (0, 0, 0)
      StoragePool.putSingle(&owner)
      owner = StorageReference()
    } else {
      unsafe owner.slots.copy(at: Int(words.2), startingAt: UnsafeRawPointer(bitPattern: UInt(words.0)), to: slot)
    }
  }

  /// Lends the bytes to a closure, out of which the pointer must not be carried.
  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    // SAFETY: an owner keeps its bytes alive and in place; the frame's own are copied to the stack for the call.
    if !isInline {
      return withExtendedLifetime(owner) {
        unsafe body(UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: UInt(words.0)), count: Int(words.1)))
      }
    }
    return unsafe Swift.withUnsafeBytes(of: words) { unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
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
      let start = unsafe isInline ? inline : UnsafeRawPointer(bitPattern: UInt(words.0))
      let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
      return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }
  }
}

extension Frame: RandomAccessCollection {
  /// The number of bytes.
  public var count: Int {
    isInline ? Int(words.2.littleEndian >> 56) : Int(words.1)
  }

  /// The position of the first byte: 0.
  public var startIndex: Int { 0 }

  /// The position behind the last byte.
  public var endIndex: Int { count }

  /// The byte at a position.
  public subscript(position: Int) -> UInt8 {
    precondition(position >= 0 && position < count, "position \(position) is outside a frame of \(count) bytes")
    return unsafe withUnsafeBytes { unsafe $0[position] }
  }

  /// Lends the bytes in one piece.
  public func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) rethrows -> Result? {
    let bytes = bytes
    // SAFETY: the span lends the bytes for the call.
    return try unsafe bytes.withUnsafeBytes { try unsafe $0.withMemoryRebound(to: UInt8.self, body) }
  }

  /// Copies the bytes in one piece, as `Array(frame)` asks for.
  public func _copyContents(initializing buffer: UnsafeMutableBufferPointer<UInt8>) -> (Iterator, Int) {
    // SAFETY: the caller's buffer has room for the bytes, or for the first of them.
    let copied = unsafe withUnsafeBytes { bytes in
      let bytes = unsafe bytes.prefix(buffer.count)
      unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes))
      return unsafe bytes.count
    }
    return (IndexingIterator(_elements: self, _position: copied), copied)
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
