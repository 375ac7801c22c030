/// Lets one task at a time do something, in the order in which they came.
struct Turns {
  private(set) var isTaken = false

  /// Those that wait, from `first` on.
  private var waiting: [Suspension] = []
  private var first = 0

  /// How many of those who wait have given up, at least.
  private var abandoned = 0

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
      if next.finish(.ready) { return tidyUp() }
    }
    waiting.removeAll(keepingCapacity: true)
    (first, abandoned) = (0, 0)
    isTaken = false
  }

  /// Says that one of those who wait does so no longer.
  mutating func giveUp() {
    abandoned += 1
    tidyUp()
  }

  /// Forgets those who have had their turn or given up, once they are the most of all: each costs little, however many come.
  private mutating func tidyUp() {
    guard first + abandoned > 32, (first + abandoned) * 2 > waiting.count else { return }
    waiting.removeFirst(first)
    if abandoned > 0 { waiting.removeAll(where: \.isFinished) }
    (first, abandoned) = (0, 0)
  }
}
