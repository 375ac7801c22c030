internal import Synchronization

/// A few objects that frames lay in and left, for frames that are made later.
///
/// Allocating and freeing an object costs half of what libzmq's own sending and receiving do.
///
// SAFETY of `@unchecked Sendable`: the objects are only reached by the thread that has set `isInUse`.
final class StoragePool: @unchecked Sendable {
  /// For messages: objects with room for ``capacity`` frames or more.
  private static let messages = StoragePool()

  /// For single frames: objects with room for just one.
  private static let frames = StoragePool()

  /// An object besides those of `messages`, or 0; an object is whose who has exchanged it for 0.
  private static let message = Atomic<UInt>(0)

  /// Likewise, besides those of `frames`.
  private static let frame = Atomic<UInt>(0)

  /// Whether a thread is using the pool; others do not wait, but allocate and free instead.
  private let isInUse = Atomic(false)

  /// The first object, with the next one behind it, and so on.
  @exclusivity(unchecked)
  private var top = StorageReference()

  @exclusivity(unchecked)
  private var count = 0

  /// The number of objects that are kept at the most.
  private static var limit: Int { 64 }

  /// The number of frames that every object for messages has room for.
  static var capacity: Int { 4 }

  /// An object without frames, and with room for a few.
  @inline(__always)
  static func take() -> StorageReference {
    StorageReference(takenFrom: message) ?? messages.take(capacity: capacity)
  }

  /// An object without a frame, and with room for one.
  @inline(__always)
  static func takeSingle() -> StorageReference {
    StorageReference(takenFrom: frame) ?? frames.take(capacity: 1)
  }

  /// Keeps an object, to which nobody else refers, and all of whose frames libzmq has taken: what is left needs no closing.
  @inline(__always)
  static func put(_ reference: inout StorageReference) {
    reference.slots.count = 0
    if reference.slots.capacity == 1 {
      if !reference.give(to: frame) { frames.put(&reference) }
    } else if reference.slots.capacity >= capacity {
      if !reference.give(to: message) { messages.put(&reference) }
    }
  }

  @inline(never)
  private func take(capacity: Int) -> StorageReference {
    guard !isInUse.exchange(true, ordering: .acquiring) else { return StorageReference(capacity: capacity) }
    defer { isInUse.store(false, ordering: .releasing) }
    guard unsafe count > 0 else { return StorageReference(capacity: capacity) }
    var taken = StorageReference()
    unsafe swap(&taken, &top)
    unsafe taken.slots.swapNext(&top)
    unsafe count -= 1
    return taken
  }

  @inline(never)
  private func put(_ reference: inout StorageReference) {
    guard !isInUse.exchange(true, ordering: .acquiring) else { return }
    defer { isInUse.store(false, ordering: .releasing) }
    guard unsafe count < Self.limit else { return }
    unsafe reference.slots.swapNext(&top)
    unsafe swap(&reference, &top)
    unsafe count += 1
  }
}

extension StorageReference {
  /// Takes the object over that lies in a place, if there is one.
  @inline(__always)
  fileprivate init?(takenFrom place: borrowing Atomic<UInt>) {
    // SAFETY: what lies there is an object with one reference, which is this one's now.
    guard let address = unsafe UnsafeMutableRawPointer(bitPattern: place.exchange(0, ordering: .acquiring)) else { return nil }
    unsafe self.init(retained: address)
  }

  /// Puts the object, to which nobody else refers, into a place if that is free.
  ///
  /// - Returns: whether it was; then this is a reference to nothing.
  @inline(__always)
  fileprivate mutating func give(to place: borrowing Atomic<UInt>) -> Bool {
    guard let given = unsafe address else { return false }
    // Forgotten before it is given: whoever takes it may free it at once.
    forget()
    let number = UInt(bitPattern: given)
    guard place.compareExchange(expected: 0, desired: number, successOrdering: .releasing, failureOrdering: .relaxed).exchanged
    else {
      self = unsafe StorageReference(retained: given)
      return false
    }
    return true
  }
}
