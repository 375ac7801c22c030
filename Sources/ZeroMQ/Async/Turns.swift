/// Lets one task at a time do something, in the order in which they came.
struct Turns {
  private var isTaken = false

  /// Those that wait, from `first` on; some of them may have given up.
  private var waiting: [Suspension] = []
  private var first = 0

  /// When to look for those that have given up.
  private var limit = 16

  /// Takes the turn, if nobody has it.
  ///
  /// - Returns: `nil` if the turn is the caller's; otherwise, what ends when it is.
  mutating func take(until deadline: Deadline?) -> Suspension? {
    guard isTaken else {
      isTaken = true
      return nil
    }
    if waiting.count >= limit {
      waiting = waiting[first...].filter { !$0.isFinished }
      first = 0
      limit = max(16, 2 * waiting.count)
    }
    let suspension = Suspension(until: deadline)
    waiting.append(suspension)
    return suspension
  }

  /// Passes the turn on.
  mutating func pass() {
    while first < waiting.count {
      let next = waiting[first]
      first += 1
      // One that has given up meanwhile is passed over.
      if next.finish(.ready) { return }
    }
    waiting.removeAll(keepingCapacity: true)
    first = 0
    isTaken = false
  }
}
