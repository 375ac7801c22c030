public import CZeroMQ
internal import Synchronization

/// The object that frames lie in, as libzmq made them, one after the other behind a header.
@usableFromInline
final class MessageStorage: ManagedBuffer<MessageStorage.Header, zmq_msg_t> {
  @usableFromInline
  struct Header {
    /// The number of elements that are initialized messages.
    var count: Int
    /// The number of elements that there is room for.
    let capacity: Int32
    /// A Boolean value that indicates whether a thread is copying one of the frames; for atomic use alone.
    var isCopying = false
    /// A Boolean value that indicates whether a socket refers to the object as its cached storage; for atomic use alone.
    ///
    /// The socket does not touch the frames while there is another reference. Only the holder of the one reference sets the mark.
    var isCached = false
  }

  deinit {
    // SAFETY: the pointers point to the first `count` elements, owned by this object, which has no other reference.
    unsafe withUnsafeMutablePointers { header, elements in
      for index in 0..<(unsafe header.pointee.count) { unsafe RawMessage.close(elements + index) }
    }
  }
}

/// A reference to frames that values on several threads may share, or to none.
///
// SAFETY of `@unchecked Sendable`: only the holder of the one reference (`isWritable`) writes the frames; other holders read them.
// The one write to a shared frame is inside `zmq_msg_copy`, which marks its source as shared: `FrameSlots.copy` serializes it.
@frozen
@usableFromInline
struct StorageReference: @unchecked Sendable {
  /// The object that keeps the frames alive.
  @usableFromInline
  var object: MessageStorage?

  /// Creates a reference to nothing.
  @inlinable
  @inline(__always)
  init() {
    object = nil
  }

  /// Creates a reference to a new object with room for some frames and none in it.
  @inline(never)
  init(capacity: Int) {
    let made = MessageStorage.create(minimumCapacity: capacity) { _ in MessageStorage.Header(count: 0, capacity: Int32(capacity)) }
    // SAFETY: `create` makes an instance of the class that it is called on.
    object = unsafe unsafeDowncast(made, to: MessageStorage.self)
    unsafe made.withUnsafeMutablePointers { header, elements in
      let slots = slots
      precondition(
        unsafe slots.header == header && slots.frame(at: 0) == elements,
        "the header follows the object's two words, and the frames follow it")
      assert(
        MemoryLayout<MessageStorage.Header>.offset(of: \.isCopying) == 12
          && MemoryLayout<MessageStorage.Header>.offset(of: \.isCached) == 13)
    }
  }

  /// Creates a reference from the address of an object, taking over the reference that ``forget()`` left.
  @inline(__always)
  init(retained address: UnsafeMutableRawPointer) {
    // SAFETY: the pointer points to an object, owned by the reference that was forgotten, valid until this reference ends.
    object = unsafe Unmanaged<MessageStorage>.fromOpaque(address).takeRetainedValue()
  }

  /// The address of the object; `nil` without one.
  @unsafe
  @inline(__always)
  var address: UnsafeMutableRawPointer? {
    unsafe unsafeBitCast(object, to: UnsafeMutableRawPointer?.self)
  }

  /// Becomes a reference to nothing without releasing the object, whose address the caller has transferred.
  @inline(__always)
  mutating func forget() {
    guard let object = object.take() else { return }
    _ = unsafe Unmanaged.passRetained(object)
  }

  /// The frames; they must not be accessed without an object.
  @inline(__always)
  var slots: FrameSlots { unsafe FrameSlots(of: address) }

  /// A Boolean value that indicates whether there is no object.
  @inlinable
  @inline(__always)
  var isEmpty: Bool { object == nil }

  /// Returns a Boolean value that indicates whether the object has no other reference; `false` without an object.
  @inline(__always)
  mutating func isUnique() -> Bool { isKnownUniquelyReferenced(&object) }

  /// Returns a Boolean value that indicates whether the frames may be changed, because no other holder reads them.
  mutating func isWritable() -> Bool { isUnique() || isSharedOnlyWithCache() }

  /// Returns a Boolean value that indicates whether the only other reference is a socket's to its cached storage.
  ///
  /// The caller has exclusive access to this reference, so that a further one can only be made from the second one. If that is a
  /// socket's, there will be none: a socket copies its reference only while it is the only one. If it is another value's, the socket's
  /// reference has been released: the mark was cleared before.
  func isSharedOnlyWithCache() -> Bool {
    // SAFETY: the pointer points to the object, owned by this reference, valid during the call. A count that is too large, because the
    // compiler holds a reference, only makes the caller copy.
    guard let address = unsafe address,
      unsafe Unmanaged<MessageStorage>.fromOpaque(address)._withUnsafeGuaranteedRef({ _getRetainCount($0) }) == 2
    else { return false }
    // Pairs with the release of the socket's reference in `releaseFromCache`: a count without that reference makes the cleared mark visible.
    atomicMemoryFence(ordering: .acquiring)
    return slots.isCached
  }

  /// Becomes a reference to nothing, where this was a socket's to its cached storage.
  mutating func releaseFromCache() {
    // The compiler does not know that the mark lies in the object, which it could release before.
    if !isEmpty { withExtendedLifetime(object) { slots.isCached = false } }
    self = StorageReference()
  }

  /// Returns a reference to a larger object, to which the frames are moved; the caller holds the only reference to this one.
  func grown() -> StorageReference {
    let target = StorageReference(capacity: max(4, 2 * slots.capacity))
    // SAFETY: the pointers point to the frames of the two objects, owned by the two references, valid during the call.
    // libzmq: messages may be moved bitwise (4.3.4; msg.hpp).
    unsafe target.slots.frame(at: 0).moveInitialize(from: slots.frame(at: 0), count: slots.count)
    (target.slots.count, slots.count) = (slots.count, 0)
    return target
  }
}

/// An unowned view of a storage object's frames.
///
/// The caller keeps the object alive. The frames are reached through their address: asking the object would cost a check for exclusivity
/// each time, which is dearer than libzmq's own work. Functions that write need the only reference to the object.
@safe
struct FrameSlots {
  /// The address of the object.
  private let object: UnsafeMutableRawPointer?

  @inline(__always)
  fileprivate init(of object: UnsafeMutableRawPointer?) {
    unsafe self.object = unsafe object
  }

  /// The header, behind the two words that every object begins with.
  @inline(__always)
  fileprivate var header: UnsafeMutablePointer<MessageStorage.Header> {
    unsafe (object.unsafelyUnwrapped + 2 * MemoryLayout<Int>.size).assumingMemoryBound(to: MessageStorage.Header.self)
  }

  /// The number of frames.
  @inline(__always)
  var count: Int {
    get { unsafe header.pointee.count }
    nonmutating set { unsafe header.pointee.count = newValue }
  }

  /// The number of frames that there is room for; zero without an object.
  @inline(__always)
  var capacity: Int { unsafe object == nil ? 0 : Int(header.pointee.capacity) }

  /// A Boolean value that indicates whether a socket refers to the object as its cached storage.
  @inline(__always)
  var isCached: Bool {
    get { unsafe cachedMark.pointee.load(ordering: .relaxed) }
    nonmutating set { unsafe cachedMark.pointee.store(newValue, ordering: .releasing) }
  }

  /// The address of a frame, or of the room for it, valid for as long as the object lives.
  @unsafe
  @inline(__always)
  func frame(at index: Int) -> UnsafeMutablePointer<zmq_msg_t> {
    unsafe UnsafeMutableRawPointer(header + 1).assumingMemoryBound(to: zmq_msg_t.self) + index
  }

  /// A frame's bytes, valid until the frame is changed or the object is deallocated.
  @inline(__always)
  func bytes(at index: Int) -> UnsafeRawBufferPointer {
    // SAFETY: the pointer points to an initialized frame, owned by the object, valid for as long as the object lives.
    let frame = unsafe frame(at: index)
    return unsafe UnsafeRawBufferPointer(start: RawMessage.data(frame), count: RawMessage.size(frame))
  }

  /// Returns a Boolean value that indicates whether so many bytes from an address on lie in a frame's `zmq_msg_t`.
  @inline(__always)
  func hasInside(_ start: UnsafeRawPointer, _ count: Int, at index: Int) -> Bool {
    unsafe UInt(bitPattern: start) &- UInt(bitPattern: frame(at: index)) <= UInt(MemoryLayout<zmq_msg_t>.size - count)
  }

  /// Makes a message with the same bytes as a frame; from 34 bytes on they are shared.
  ///
  /// - Parameters:
  ///   - index: The frame's index.
  ///   - start: The address of the frame's bytes, if the caller knows it.
  ///   - target: The room for the message.
  @inline(__always)
  func copy(at index: Int, startingAt start: UnsafeRawPointer? = nil, to target: UnsafeMutablePointer<zmq_msg_t>) {
    // SAFETY: the pointers point to an initialized frame, owned by the object, and to room, owned by the caller, valid during the call.
    let frame = unsafe frame(at: index)
    let distance = unsafe UInt(bitPattern: start ?? UnsafeRawPointer(RawMessage.data(frame))) &- UInt(bitPattern: frame)
    // Bytes inside the frame are only read. The frame of others is written to, which two threads must not do at once.
    if distance < MemoryLayout<zmq_msg_t>.size { return unsafe RawMessage.make(target, sharing: frame) }
    unsafe copyAlone(frame, to: target)
  }

  /// Copies a frame while no other thread copies one of the same object.
  ///
  /// A mutex would cost as much as the copy, which takes some nanoseconds, so that a thread hardly ever waits. A thread that does wait
  /// sleeps after a while: if it only yielded, one of high priority could keep one of low priority from ever ending its copy.
  @inline(__always)
  private func copyAlone(_ frame: UnsafeMutablePointer<zmq_msg_t>, to target: UnsafeMutablePointer<zmq_msg_t>) {
    var attempts = 0
    while unsafe _slowPath(copyMark.pointee.exchange(true, ordering: .acquiring)) {
      attempts += 1
      if attempts < 100 { sched_yield() } else { usleep(50) }
    }
    // SAFETY: the pointers point to an initialized frame and to room, owned by the caller of `copy`, valid during the call.
    unsafe RawMessage.make(target, sharing: frame)
    unsafe copyMark.pointee.store(false, ordering: .releasing)
  }

  // SAFETY: the marks point to two fields behind `count` and `capacity`, owned by the object, valid for as long as it lives; used in no
  // other way. An atomic value has the plain one's representation. An `inout` access would be a race for the thread sanitizer.

  @unsafe
  @inline(__always)
  private var copyMark: UnsafeMutablePointer<Atomic<Bool>> { unsafe mark(at: 0) }

  @unsafe
  @inline(__always)
  private var cachedMark: UnsafeMutablePointer<Atomic<Bool>> { unsafe mark(at: 1) }

  @unsafe
  @inline(__always)
  private func mark(at index: Int) -> UnsafeMutablePointer<Atomic<Bool>> {
    let marks = unsafe UnsafeMutableRawPointer(header) + MemoryLayout<Int>.size + MemoryLayout<Int32>.size
    return unsafe marks.assumingMemoryBound(to: Atomic<Bool>.self) + index
  }

  // SAFETY of the functions that write: the pointers point to elements with an index below `capacity`, owned by the object, to which the
  // caller holds the only reference (or, to replace a frame, to which only a socket has another one); used only on the caller's thread.

  /// Replaces a frame.
  func replace(at index: Int, with frame: consuming Frame) {
    unsafe RawMessage.close(self.frame(at: index))
    unsafe frame.move(to: self.frame(at: index))
  }

  /// Moves the only frame to the room for one.
  @inline(__always)
  func moveOnly(to slot: UnsafeMutablePointer<zmq_msg_t>) {
    // libzmq: messages may be moved bitwise (4.3.4; msg.hpp); this one no longer counts, and is not closed here.
    unsafe slot.moveInitialize(from: frame(at: 0), count: 1)
    count = 0
  }

  /// Appends a message; the caller has ensured that there is room.
  @inline(__always)
  func append(_ message: zmq_msg_t) {
    unsafe frame(at: count).initialize(to: message)
    count += 1
  }

  /// Appends a frame, whose bytes are shared from 34 bytes on.
  @inline(__always)
  func append(_ frame: borrowing Frame) {
    checkRoom(for: 1)
    unsafe frame.copy(to: self.frame(at: count))
    count += 1
  }

  /// Appends copies of another object's frames.
  func append(copiesOf range: Range<Int>, of other: FrameSlots) {
    checkRoom(for: range.count)
    for index in range {
      unsafe other.copy(at: index, to: frame(at: count))
      count += 1
    }
  }

  /// Ensures that there is room for further frames, even if a caller's collection has more of them than its count says.
  @inline(__always)
  private func checkRoom(for further: Int) {
    precondition(count + further <= capacity, "a collection of frames has more of them than its count says")
  }

  /// Appends an empty message; the caller has ensured that there is room.
  @inline(__always)
  func appendEmpty() {
    unsafe RawMessage.makeEmpty(frame(at: count))
    count += 1
  }

  /// Appends a message with a copy of some bytes; the caller has ensured that there is room.
  ///
  /// - Returns: The address of the copy.
  @inline(__always)
  @discardableResult
  func append(copying bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer {
    let data = unsafe RawMessage.make(frame(at: count), copying: bytes)
    count += 1
    return unsafe data
  }

  /// Closes the frames behind the first few.
  func truncate(to length: Int) {
    while count > length {
      count -= 1
      unsafe RawMessage.close(frame(at: count))
    }
  }
}
