internal import CZeroMQ

extension SocketHandle {
  /// How many calls of tasks in a row may be ready at once before others have their turn.
  static var turns: Int32 { 100 }

  /// What the tasks that wait for this socket share.
  func makeWaits() throws(ZeroMQError) -> SocketWaits {
    if let waits = unsafe waits { return waits }
    let made = SocketWaits(descriptor: try number(ZMQ_FD, "ZMQ_FD"))
    unsafe waits = made
    return made
  }

  /// Leaves the socket to the tasks that wait for it.
  func lend() {
    guard let waits = unsafe waits, let open = unsafe pointer else { return }
    unsafe waits.lent = open
    unsafe pointer = nil
  }

  /// Takes the socket back from the tasks that wait for it; who does must ``settle()`` afterwards.
  func takeBack() {
    guard let waits = unsafe waits, let lent = unsafe waits.lent else { return }
    unsafe pointer = lent
    unsafe waits.lent = nil
  }

  /// Takes the socket back for a call of somebody who does not settle; one of the tasks that wait tries again, and does.
  ///
  /// - Returns: whether it had been lent.
  @discardableResult
  func reclaim() -> Bool {
    guard unsafe waitingTasks > 0, let waits = unsafe waits, unsafe waits.lent != nil else { return false }
    takeBack()
    unsafe waits.watches.first?.suspension.finish(.ready)
    return true
  }

  /// Tells those who wait what a call on the socket may have noticed in their place.
  ///
  /// - Returns: the socket's events, if they had to be read.
  @discardableResult
  func settle() -> Int32 {
    guard let waits = unsafe waits, unsafe !waits.watches.isEmpty, unsafe pointer != nil else { return 0 }
    // If not even this can be read, everybody has to know.
    let events = try? number(ZMQ_EVENTS, "ZMQ_EVENTS")
    if !waits.wake(for: events) { lend() }
    return events ?? ~0
  }

  /// Counts in a task that waits, for this socket among others.
  func beginWatch(_ suspension: Suspension, for events: Int32) throws(ZeroMQError) {
    try makeWaits().begin(suspension, for: events)
    unsafe waitingTasks += 1
    lend()
  }

  func endWatch(_ suspension: Suspension) {
    guard unsafe waits?.end(suspension) ?? false else { return }
    unsafe waitingTasks -= 1
    takeBack()
    settle()
  }
}
