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

  /// Returns an object without frames, and with room for ``capacity`` of them or more.
  @inline(__always)
  static func take() -> StorageReference {
    StorageReference(takenFrom: message) ?? StorageReference(capacity: capacity)
  }

  /// Returns an object without frames, and with room for one.
  @inline(__always)
  static func takeSingle() -> StorageReference {
    StorageReference(takenFrom: frame) ?? StorageReference(capacity: 1)
  }

  /// Keeps an object that has no other reference, and whose frames libzmq has taken, so that none needs closing.
  @inline(__always)
  static func put(_ reference: inout StorageReference) {
    reference.slots.count = 0
    if reference.slots.capacity == 1 {
      reference.give(to: frame)
    } else if reference.slots.capacity >= capacity {
      reference.give(to: message)
    }
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

  /// Puts the object, which has no other reference, into a place, and becomes a reference to nothing, unless the place has one already.
  @inline(__always)
  fileprivate mutating func give(to place: borrowing Atomic<UInt>) {
    guard let given = unsafe address else { return }
    // Forgotten before it is given: the thread that takes it may free it at once.
    forget()
    let number = UInt(bitPattern: given)
    guard place.compareExchange(expected: 0, desired: number, successOrdering: .releasing, failureOrdering: .relaxed).exchanged
    else { return self = unsafe StorageReference(retained: given) }
  }
}
