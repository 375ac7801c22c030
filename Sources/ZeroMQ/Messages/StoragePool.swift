internal import Synchronization

/// Storage objects whose frames libzmq has taken, kept for later frames: one for messages, and one for single frames.
///
/// Allocating and freeing an object costs half as much as libzmq's sending and receiving of a message.
enum StoragePool {
  /// The address of an object with room for ``capacity`` frames or more, or 0; the thread that swaps in 0 owns the object.
  private static let message = Atomic<UInt>(0)

  /// The address of an object with room for one frame, or 0; the thread that swaps in 0 owns the object.
  private static let frame = Atomic<UInt>(0)

  /// The minimum number of frames that an object for messages has room for.
  static var capacity: Int { 4 }

  /// The maximum number of frames that a kept object, or a socket's cached storage, has room for.
  static var maximumCapacity: Int { 64 }

  /// Returns an object without frames, and with room for so many of them, and ``capacity`` or more.
  @inline(__always)
  static func take(_ count: Int = capacity) -> StorageReference {
    if count <= capacity, let taken = StorageReference(takenFrom: message) { return taken }
    return StorageReference(capacity: max(capacity, count))
  }

  /// Returns an object without frames, and with room for one.
  @inline(__always)
  static func takeSingle() -> StorageReference {
    StorageReference(takenFrom: frame) ?? StorageReference(capacity: 1)
  }

  /// Keeps an object that has no other reference, and whose frames libzmq has taken, so that none needs closing.
  @inline(__always)
  static func put(_ reference: inout StorageReference) {
    let capacity = reference.slots.capacity
    guard capacity <= maximumCapacity else { return }
    reference.slots.count = 0
    if capacity == 1 { reference.give(to: frame) } else { reference.give(to: message) }
  }
}

extension StorageReference {
  /// Creates a reference to the object that lies in a place; `nil` if there is none.
  @inline(__always)
  fileprivate init?(takenFrom place: borrowing Atomic<UInt>) {
    // SAFETY: the pointer points to an object, owned by the reference that `give` forgot, valid until this reference ends.
    guard let address = unsafe UnsafeMutableRawPointer(bitPattern: place.exchange(0, ordering: .acquiring)) else { return nil }
    unsafe self.init(retained: address)
  }

  /// Puts the object, which has no other reference, into a place, unless that has one already, and becomes a reference to nothing.
  @inline(__always)
  fileprivate mutating func give(to place: borrowing Atomic<UInt>) {
    guard let given = unsafe address else { return }
    // Forgotten before it is given: the thread that takes it may free it at once.
    forget()
    let number = UInt(bitPattern: given)
    let result = place.compareExchange(expected: 0, desired: number, successOrdering: .releasing, failureOrdering: .relaxed)
    if !result.exchanged { unsafe Self.release(given) }
  }

  /// Ends a reference that ``forget()`` left.
  @inline(never)
  private static func release(_ address: UnsafeMutableRawPointer) {
    _ = unsafe StorageReference(retained: address)
  }
}
