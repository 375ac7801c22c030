/// A fair asynchronous lock of the tasks that share a socket: they acquire it in the order of their requests.
struct FIFOLock {
  private var isHeld = false

  /// The tasks that wait, from `first` on; some of them may have given up.
  private var waiting: [Waiter] = []
  private var first = 0

  /// The number of waiters at which those that have given up are removed.
  private var limit = 16

  /// Acquires the lock, if it is free.
  ///
  /// - Returns: `nil` if the caller holds the lock; otherwise the waiter that is resumed once it does.
  mutating func acquire(until deadline: Deadline) -> Waiter? {
    guard isHeld else {
      isHeld = true
      return nil
    }
    if waiting.count >= limit {
      waiting = waiting[first...].filter { !$0.isFinished }
      first = 0
      limit = max(16, 2 * waiting.count)
    }
    let waiter = Waiter(until: deadline)
    waiting.append(waiter)
    return waiter
  }

  /// Hands the lock to the next task that still waits for it.
  mutating func release() {
    while first < waiting.count {
      let next = waiting[first]
      first += 1
      if next.resume(with: .ready) { return }
    }
    if first > 0 { waiting.removeAll(keepingCapacity: true) }
    first = 0
    isHeld = false
  }
}
