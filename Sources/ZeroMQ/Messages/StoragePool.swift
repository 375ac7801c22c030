internal import Synchronization

/// A few objects of messages that were sent, for messages that are made later.
///
/// Allocating and freeing an object costs half of what libzmq's own sending and receiving do.
///
// SAFETY of `@unchecked Sendable`: the objects are only reached by the thread that has set `isInUse`.
final class StoragePool: @unchecked Sendable {
  private static let shared = StoragePool()

  /// Whether a thread is using the pool; others do not wait, but allocate and free instead.
  private let isInUse = Atomic(false)

  /// The first object, with the next one behind it, and so on.
  @exclusivity(unchecked)
  private var top = StorageReference()

  @exclusivity(unchecked)
  private var count = 0

  /// The number of objects that are kept at the most.
  private static var limit: Int { 64 }

  /// The number of frames that every object here has room for.
  static var capacity: Int { 4 }

  /// An object without frames, and with room for a few.
  @inline(__always)
  static func take() -> StorageReference {
    let pool = shared
    guard !pool.isInUse.exchange(true, ordering: .acquiring) else { return StorageReference(capacity: capacity) }
    defer { pool.isInUse.store(false, ordering: .releasing) }
    guard unsafe pool.count > 0 else { return StorageReference(capacity: capacity) }
    var taken = StorageReference()
    unsafe swap(&taken, &pool.top)
    unsafe taken.slots.swapNext(&pool.top)
    unsafe pool.count -= 1
    return taken
  }

  /// Keeps an object, to which nobody else refers, and all of whose frames libzmq has taken: what is left needs no closing.
  @inline(__always)
  static func put(_ reference: inout StorageReference) {
    let pool = shared
    reference.slots.count = 0
    guard reference.slots.capacity >= capacity, !pool.isInUse.exchange(true, ordering: .acquiring) else { return }
    defer { pool.isInUse.store(false, ordering: .releasing) }
    guard unsafe pool.count < limit else { return }
    unsafe reference.slots.swapNext(&pool.top)
    unsafe swap(&reference, &pool.top)
    unsafe pool.count += 1
  }
}
