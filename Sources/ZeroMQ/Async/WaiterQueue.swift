/// The waiters that a loop ends itself: each at its deadline, and all of them when the loop is shut down.
///
/// A binary heap ordered by deadline. Waiters that have ended stay until they are at its top, or until it has doubled in size.
struct WaiterQueue {
  private var heap: [Waiter] = []

  /// The size at which waiters that have ended are removed.
  private var limit = 64

  mutating func add(_ waiter: Waiter) {
    if heap.count >= limit {
      heap.removeAll(where: \.isFinished)
      // A sorted array is a heap.
      heap.sort { $0.deadline < $1.deadline }
      limit = max(64, 2 * heap.count)
    }
    var index = heap.count
    heap.append(waiter)
    while index > 0, waiter.deadline < heap[(index - 1) / 2].deadline {
      heap[index] = heap[(index - 1) / 2]
      index = (index - 1) / 2
    }
    heap[index] = waiter
  }

  /// The time at which a wait may have to be ended.
  var nextDeadline: Deadline { heap.first?.deadline ?? .never }

  /// Removes the first waiter whose deadline has passed.
  mutating func removeFirst(dueAt time: Deadline) -> Waiter? {
    while let first = heap.first, first.deadline <= time {
      removeFirst()
      if !first.isFinished { return first }
    }
    return nil
  }

  mutating func removeAll() -> [Waiter] {
    defer { heap = [] }
    return heap
  }

  private mutating func removeFirst() {
    let last = heap.removeLast()
    guard !heap.isEmpty else { return }
    var index = 0
    while true {
      var child = 2 * index + 1
      if child + 1 < heap.count, heap[child + 1].deadline < heap[child].deadline { child += 1 }
      guard child < heap.count, heap[child].deadline < last.deadline else { break }
      heap[index] = heap[child]
      index = child
    }
    heap[index] = last
  }
}
