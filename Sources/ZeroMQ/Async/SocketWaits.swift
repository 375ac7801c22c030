internal import CZeroMQ

/// The tasks that wait for one socket; used, as the socket is, by one task or thread at a time.
@safe
final class SocketWaits {
  /// What libzmq makes readable when something happens to the socket, until a call on it has noticed.
  let descriptor: Int32

  /// The socket, while the only ones to care for it are tasks that wait.
  ///
  /// A call on the socket may notice what a waiting task is waiting for, which then never makes the descriptor readable. So whoever
  /// calls must know of the waiting: to them the socket looks closed, until they have taken it back.
  @exclusivity(unchecked)
  var lent: UnsafeMutableRawPointer?

  /// Those whose task is suspended until the descriptor is readable.
  @exclusivity(unchecked)
  private(set) var watches: [Watch] = []

  /// Whose turn it is to receive, and to send: one task at a time, in the order in which they came.
  @exclusivity(unchecked)
  private var receivers = Turns()
  @exclusivity(unchecked)
  private var senders = Turns()

  /// Whose turn it is to make a request and receive the reply to it.
  @exclusivity(unchecked)
  var requesters = Turns()

  /// The wait of a task, and what for.
  struct Watch {
    let suspension: Suspension
    /// The events that end it, as far as they can be told.
    let events: Int32
  }

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  func begin(_ suspension: Suspension, for events: Int32) {
    unsafe watches.append(Watch(suspension: suspension, events: events))
  }

  /// Forgets a wait.
  ///
  /// - Returns: whether it had begun.
  @discardableResult
  func end(_ suspension: Suspension) -> Bool {
    guard let index = unsafe watches.firstIndex(where: { $0.suspension === suspension }) else { return false }
    unsafe watches.remove(at: index)
    return true
  }

  /// Lets those who wait for one of these events look for themselves; without events, all of them.
  ///
  /// - Returns: whether there are any.
  func wake(for events: Int32?) -> Bool {
    var isAnyAwake = false
    for watch in unsafe watches {
      if events.map({ watch.events & $0 != 0 }) ?? true { watch.suspension.finish(.ready) }
      if watch.suspension.isFinished { isAnyAwake = true }
    }
    return isAnyAwake
  }

  /// Takes the turn to receive or send, as ``Turns`` says.
  func takeTurn(for event: Int32, until deadline: Deadline?) -> Suspension? {
    unsafe event == ZMQ_POLLIN ? receivers.take(until: deadline) : senders.take(until: deadline)
  }

  func passTurn(for event: Int32) {
    if event == ZMQ_POLLIN { unsafe receivers.pass() } else { unsafe senders.pass() }
  }
}
