internal import CZeroMQ
internal import Synchronization

/// Frames as libzmq made them, one after the other in one allocation.
///
/// The header counts the elements that are initialized messages.
final class MessageStorage: ManagedBuffer<Int, zmq_msg_t> {
  /// Serializes `zmq_msg_copy` from elements that several threads may hold.
  private static let copying = Mutex(())

  /// An object with room for some frames and none in it.
  static func make(capacity: Int) -> MessageStorage {
    // SAFETY: `create` makes an instance of the class that it is called on.
    unsafe unsafeDowncast(create(minimumCapacity: capacity) { _ in 0 }, to: MessageStorage.self)
  }

  deinit {
    // SAFETY: the first `header` elements are messages that nobody closed, and nobody refers to this object any more.
    unsafe withUnsafeMutablePointers { initialized, elements in
      for index in 0..<(unsafe initialized.pointee) { unsafe zmq_msg_close(elements + index) }
    }
  }

  /// Where the elements lie, for as long as this object lives.
  var elements: UnsafeMutablePointer<zmq_msg_t> {
    // SAFETY: tail-allocated elements do not move; callers keep the object alive.
    unsafe withUnsafeMutablePointerToElements { unsafe $0 }
  }

  /// The bytes of an element, valid for as long as this object lives and nobody changes the element.
  func bytes(at index: Int) -> UnsafeRawBufferPointer {
    // SAFETY: callers pass the index of an initialized element.
    let element = unsafe elements + index
    return unsafe UnsafeRawBufferPointer(start: zmq_msg_data(element), count: zmq_msg_size(element))
  }

  /// A message with the same bytes as an element; large ones are shared.
  func copy(at index: Int) -> zmq_msg_t {
    var second = zmq_msg_t()
    // SAFETY: both messages are initialized. libzmq: a short payload lies inside its message and is copied bitwise, so that the
    // source is only read; a longer one's source is marked as shared, which two threads must not do at once.
    unsafe zmq_msg_init(&second)
    let element = unsafe elements + index
    let distance = unsafe zmq_msg_data(element) - UnsafeMutableRawPointer(element)
    let isInside = 0..<MemoryLayout<zmq_msg_t>.size ~= distance
    let result =
      if isInside {
        unsafe zmq_msg_copy(&second, element)
      } else {
        Self.copying.withLock { _ in unsafe zmq_msg_copy(&second, element) }
      }
    precondition(result == 0, "zmq_msg_copy refused a valid message")
    return second
  }

  /// Puts an initialized message behind the last one; the caller has seen to the room and holds the only reference.
  func append(_ message: zmq_msg_t) {
    unsafe (elements + header).initialize(to: message)
    header += 1
  }

  /// The same where a caller's collection has said how many there will be, and may be wrong.
  func appendChecked(_ message: zmq_msg_t) {
    precondition(header < capacity, "a collection of frames has more of them than its count says")
    append(message)
  }

  /// A larger object with the same messages, which are moved; the caller holds the only reference.
  func grown() -> MessageStorage {
    let target = MessageStorage.make(capacity: 2 * capacity)
    // SAFETY: libzmq: messages may be moved bitwise; this object no longer counts, and so does not close, what it gave away.
    unsafe target.elements.moveInitialize(from: elements, count: header)
    target.header = header
    header = 0
    return target
  }

  /// Closes the messages behind the first few; the caller holds the only reference.
  func truncate(to count: Int) {
    // SAFETY: the elements from `count` to the header's number are initialized, and no longer counted afterwards.
    for index in count..<max(count, header) { unsafe zmq_msg_close(elements + index) }
    header = min(header, count)
  }
}

/// A reference to frames that values on several threads may share.
///
// SAFETY of `@unchecked Sendable`: the elements are written only by who holds the one reference (`isKnownUniquelyReferenced`);
// everybody else reads. The one write to a shared element is inside `zmq_msg_copy`, which marks its source as shared:
// `MessageStorage.copy(at:)` serializes it.
struct StorageReference: @unchecked Sendable {
  var object: MessageStorage?

  /// Whether nobody else refers to the object.
  mutating func isUnique() -> Bool { isKnownUniquelyReferenced(&object) }
}
