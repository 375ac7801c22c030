/// A few objects of messages that were sent, for messages that are made later.
///
/// Allocating and freeing an object costs half of what libzmq's own sending and receiving do.
enum StoragePool {
  /// The objects, each with the next behind it.
  private struct Stack: Sendable {
    var top = StorageReference()
    var count = 0
  }

  private static let stack = Lock(Stack())

  /// The number of objects that are kept at the most.
  private static var limit: Int { 64 }

  /// An object without frames, and with room for one at least.
  @inline(__always)
  static func take() -> StorageReference {
    var taken = StorageReference()
    // A thread that would have to wait allocates instead.
    stack.withLockIfAvailable { stack in
      guard stack.count > 0 else { return }
      swap(&taken, &stack.top)
      taken.slots.swapNext(&stack.top)
      stack.count -= 1
    }
    return taken.isEmpty ? StorageReference(capacity: 1) : taken
  }

  /// Keeps an object, to which nobody else refers, and all of whose frames libzmq has taken: what is left needs no closing.
  @inline(__always)
  static func put(_ reference: inout StorageReference) {
    reference.slots.count = 0
    stack.withLockIfAvailable { stack in
      guard stack.count < limit else { return }
      reference.slots.swapNext(&stack.top)
      swap(&reference, &stack.top)
      stack.count += 1
    }
  }
}
