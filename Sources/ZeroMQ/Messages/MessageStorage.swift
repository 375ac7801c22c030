public import CZeroMQ
internal import Synchronization

/// The object that frames lie in, as libzmq made them, one after the other behind a header.
@usableFromInline
final class MessageStorage: ManagedBuffer<MessageStorage.Header, zmq_msg_t> {
  @usableFromInline
  struct Header {
    /// How many elements are initialized messages.
    var count: Int
    /// How many elements there is room for.
    let capacity: Int32
    /// Whether a thread is copying one of the frames; for atomic use alone.
    var isCopying = false
    /// Whether a socket refers to the object for its memory alone, and does not touch the frames while somebody else refers to it; set
    /// only by the holder of the one reference.
    var isCached = false
    /// The next object, while this one waits to be used again.
    var next = StorageReference()
  }

  deinit {
    // SAFETY: the first `count` elements are messages that nobody closed, and nobody refers to this object any more.
    unsafe withUnsafeMutablePointers { header, elements in
      for index in 0..<(unsafe header.pointee.count) { unsafe RawMessage.close(elements + index) }
    }
  }
}

/// A reference to frames that values on several threads may share, or to none.
///
// SAFETY of `@unchecked Sendable`: the frames are written only by who holds the one reference (`isUnique`); everybody else reads.
// The one write to a shared frame is inside `zmq_msg_copy`, which marks its source as shared: `FrameSlots.copy` serializes it.
@usableFromInline
struct StorageReference: @unchecked Sendable {
  /// What keeps the frames alive.
  @usableFromInline
  var object: MessageStorage?

  /// A reference to nothing.
  @inlinable
  @inline(__always)
  init() {
    object = nil
  }

  /// A reference to a new object with room for some frames and none in it.
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

  /// Takes over a reference that has been given away as an address.
  @inline(__always)
  init(retained address: UnsafeMutableRawPointer) {
    // SAFETY: the caller has the address from a reference that was forgotten.
    object = unsafe Unmanaged<MessageStorage>.fromOpaque(address).takeRetainedValue()
  }

  /// Where the object is; `nil` without one.
  @unsafe
  @inline(__always)
  var address: UnsafeMutableRawPointer? {
    unsafe unsafeBitCast(object, to: UnsafeMutableRawPointer?.self)
  }

  /// Becomes a reference to nothing without releasing the object, whose address the caller has given away.
  @inline(__always)
  mutating func forget() {
    guard let object = object.take() else { return }
    _ = unsafe Unmanaged.passRetained(object)
  }

  /// The frames; not to be touched without an object.
  @inline(__always)
  var slots: FrameSlots { unsafe FrameSlots(of: address) }

  /// Whether there is no object.
  @inlinable
  @inline(__always)
  var isEmpty: Bool { object == nil }

  /// Whether nobody else refers to the object; `false` without an object.
  @inline(__always)
  mutating func isUnique() -> Bool { isKnownUniquelyReferenced(&object) }

  /// Whether nobody else reads the frames, and they may be changed.
  mutating func isWritable() -> Bool { isUnique() || isSharedOnlyWithCache }

  /// Whether the only other reference is that of a socket, for the memory.
  var isSharedOnlyWithCache: Bool {
    // SAFETY: the pointer points to the object, owned by this reference, valid during the call. A count that is too large, for a
    // reference of the compiler's own, only makes the caller copy.
    guard let address = unsafe address,
      unsafe Unmanaged<MessageStorage>.fromOpaque(address)._withUnsafeGuaranteedRef({ _getRetainCount($0) }) == 2
    else { return false }
    // Pairs with `releaseFromCache`: if the socket's reference had gone, and this count were another value's, the mark would have, too.
    atomicMemoryFence(ordering: .acquiring)
    return slots.isCached
  }

  /// Becomes a reference to nothing, where this was a socket's.
  mutating func releaseFromCache() {
    if !isEmpty { slots.isCached = false }
    self = StorageReference()
  }

  /// Whether two references are to the same object, or both to none.
  @inline(__always)
  static func === (left: borrowing StorageReference, right: borrowing StorageReference) -> Bool { left.slots === right.slots }

  /// A larger object with the same frames, which are moved; the caller holds the only reference.
  func grown() -> StorageReference {
    let target = StorageReference(capacity: max(4, 2 * slots.capacity))
    slots.moveAll(to: target.slots)
    return target
  }
}

/// The frames of a storage, for who keeps its object alive.
///
/// They are reached through their address, since asking the object would cost a check for exclusivity each time, which is dearer
/// than libzmq's own work.
@safe
struct FrameSlots {
  /// The object that they lie in.
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

  @inline(__always)
  static func === (left: FrameSlots, right: FrameSlots) -> Bool { unsafe left.object == right.object }

  /// How many there are.
  @inline(__always)
  var count: Int {
    get { unsafe header.pointee.count }
    nonmutating set { unsafe header.pointee.count = newValue }
  }

  /// Exchanges a reference with the one to the object behind this one in the pool.
  @inline(__always)
  func swapNext(_ reference: inout StorageReference) {
    unsafe swap(&header.pointee.next, &reference)
  }

  /// How many there is room for; none without an object.
  @inline(__always)
  var capacity: Int { unsafe object == nil ? 0 : Int(header.pointee.capacity) }

  /// Whether a socket refers to the object for its memory alone.
  @inline(__always)
  var isCached: Bool {
    get { unsafe cachedMark.pointee.load(ordering: .relaxed) }
    nonmutating set { unsafe cachedMark.pointee.store(newValue, ordering: .releasing) }
  }

  /// A frame, in place for as long as the object lives.
  @unsafe
  @inline(__always)
  func frame(at index: Int) -> UnsafeMutablePointer<zmq_msg_t> {
    unsafe UnsafeMutableRawPointer(header + 1).assumingMemoryBound(to: zmq_msg_t.self) + index
  }

  /// A frame's bytes, valid for as long as the object lives and nobody changes the frame.
  @inline(__always)
  func bytes(at index: Int) -> UnsafeRawBufferPointer {
    // SAFETY: callers pass the index of an initialized frame.
    let frame = unsafe frame(at: index)
    return unsafe UnsafeRawBufferPointer(start: RawMessage.data(frame), count: RawMessage.size(frame))
  }

  /// Whether so many bytes from an address on lie in a frame's `zmq_msg_t`.
  @inline(__always)
  func hasInside(_ start: UnsafeRawPointer, _ count: Int, at index: Int) -> Bool {
    unsafe UInt(bitPattern: start) &- UInt(bitPattern: frame(at: index)) <= UInt(MemoryLayout<zmq_msg_t>.size - count)
  }

  /// Where a frame's bytes begin.
  @unsafe
  @inline(__always)
  func address(at index: Int) -> UnsafeRawPointer? {
    // SAFETY: callers pass the index of an initialized frame.
    unsafe UnsafeRawPointer(RawMessage.data(frame(at: index)))
  }

  /// A message with the same bytes as a frame; large ones are shared.
  func copy(at index: Int) -> zmq_msg_t {
    var second = RawMessage()
    unsafe copy(at: index, startingAt: address(at: index), to: &second)
    return second
  }

  /// Makes a message with the same bytes as a frame of what is none yet.
  ///
  /// - Parameters:
  ///   - index: which frame.
  ///   - start: where the frame's bytes begin.
  ///   - second: what is no message yet.
  @inline(__always)
  func copy(at index: Int, startingAt start: UnsafeRawPointer?, to second: UnsafeMutablePointer<zmq_msg_t>) {
    // SAFETY: both messages are initialized. libzmq: a short payload lies inside its message and is copied bitwise, so that the
    // source is only read; a longer one's source is marked as shared, which two threads must not do at once.
    let frame = unsafe frame(at: index)
    unsafe RawMessage.makeEmpty(second)
    let distance = UInt(bitPattern: start) &- UInt(bitPattern: frame)
    let result =
      if distance < MemoryLayout<zmq_msg_t>.size {
        unsafe RawMessage.copy(second, frame)
      } else {
        unsafe copyAlone(second, frame)
      }
    precondition(result == 0, "zmq_msg_copy refused a valid message")
  }

  /// Copies a message while no other thread copies one of the same object.
  ///
  /// A mutex would cost as much as the copy, which takes some nanoseconds: it is hardly ever waited for. Who does wait sleeps after a
  /// while, since a thread of high priority that only gives way would keep one of low priority from ever ending its copy.
  @inline(__always)
  private func copyAlone(_ second: UnsafeMutablePointer<zmq_msg_t>, _ frame: UnsafeMutablePointer<zmq_msg_t>) -> Int32 {
    var attempts = 0
    while unsafe _slowPath(copyMark.pointee.exchange(true, ordering: .acquiring)) {
      attempts += 1
      if attempts < 100 { sched_yield() } else { usleep(50) }
    }
    defer { unsafe copyMark.pointee.store(false, ordering: .releasing) }
    // SAFETY: callers lend both messages.
    return unsafe RawMessage.copy(second, frame)
  }

  // SAFETY: the two fields lie in the object, behind `count` and `capacity`, where they are used in no other way; an atomic value is in
  // memory what the plain one is. An `inout` access would be a race for the thread sanitizer.

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

  /// Puts a message behind the last one; the caller has seen to the room and holds the only reference.
  @inline(__always)
  func append(_ message: zmq_msg_t) {
    // SAFETY: there is room for another element.
    unsafe frame(at: count).initialize(to: message)
    count += 1
  }

  /// Replaces a frame, whose bytes nobody else reads.
  func replace(at index: Int, with frame: consuming Frame) {
    // SAFETY: the frame at the index is an initialized message of this object's, and made anew as soon as it is closed.
    unsafe RawMessage.close(self.frame(at: index))
    unsafe frame.move(to: self.frame(at: index))
  }

  /// Moves the only frame to where there is none; the caller holds the only reference.
  @inline(__always)
  func moveOnly(to slot: UnsafeMutablePointer<zmq_msg_t>) {
    // SAFETY: libzmq: messages may be moved bitwise; this one no longer counts, and so is not closed here.
    unsafe slot.moveInitialize(from: frame(at: 0), count: 1)
    count = 0
  }

  /// Puts a message behind the last one, where a caller's collection has said how many there will be, and may be wrong.
  func appendChecked(_ message: zmq_msg_t) {
    precondition(count < capacity, "a collection of frames has more of them than its count says")
    append(message)
  }

  /// Puts an empty message behind the last one; the caller has seen to the room and holds the only reference.
  @inline(__always)
  func appendEmpty() {
    // SAFETY: there is room for another element; initializing an empty message cannot fail.
    unsafe RawMessage.makeEmpty(frame(at: count))
    count += 1
  }

  /// Puts a message with a copy of some bytes behind the last one; the caller has seen to the room and holds the only reference.
  ///
  /// - Returns: where its bytes are.
  @inline(__always)
  @discardableResult
  func append(copying bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer {
    // SAFETY: there is room for another element, which is made where it is to lie.
    let data = unsafe zmq_msg_t.initialize(frame(at: count), copying: bytes)
    count += 1
    return unsafe data
  }

  /// Closes the frames behind the first few; the caller holds the only reference.
  func truncate(to length: Int) {
    // SAFETY: the frames from `length` on are initialized, and no longer counted afterwards.
    while count > length {
      count -= 1
      unsafe RawMessage.close(frame(at: count))
    }
  }

  /// Moves all frames to where there are none; the caller holds the only reference to both.
  fileprivate func moveAll(to target: FrameSlots) {
    guard capacity > 0 else { return }
    // SAFETY: libzmq: messages may be moved bitwise; these no longer count, and so are not closed here.
    unsafe target.frame(at: 0).moveInitialize(from: frame(at: 0), count: count)
    target.count = count
    count = 0
  }
}
