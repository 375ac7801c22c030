/// Lets one task at a time do something, in the order in which they came.
struct Turns {
  private(set) var isTaken = false

  /// Those that wait, from `first` on.
  private var waiting: [Suspension] = []
  private var first = 0

  /// Takes the turn, if nobody has it.
  ///
  /// - Returns: `nil` if the turn is the caller's; otherwise, what ends when it is.
  mutating func take(until deadline: Deadline?) -> Suspension? {
    guard isTaken else {
      isTaken = true
      return nil
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
