/// Which connections are up, worked out from events.
///
/// libzmq: the events of a handshake do not say which connection they are about, and a handshake may fail without one; only its
/// `.disconnected` comes always, unless the connection is ended from this side. While several handshakes are under way at once, it is
/// known how many of them are done, but not which.
struct ConnectionTally {
  /// What an event means for the connections.
  enum Change { case established, failed, lost }

  /// The monitored socket has no handshakes: its connections are up at once.
  let isWithoutHandshakes: Bool

  /// The descriptors of connections that are up.
  private var established: Set<Int32> = []
  /// Those of which that is not known.
  private var undecided: Set<Int32> = []
  /// How many of the undecided ones are up.
  private var establishedAmongUndecided = 0
  /// How many failed handshakes have been reported, but not yet the loss of their connections.
  private var failures = 0

  init(withoutHandshakes: Bool) {
    isWithoutHandshakes = withoutHandshakes
  }

  /// How many connections are up.
  var count: Int { established.count + establishedAmongUndecided }

  /// Takes note of an event.
  mutating func record(_ event: MonitorEvent.Kind) -> Change? {
    switch event {
    case .connected(let descriptor), .accepted(let descriptor):
      // A number that is used again was a connection that this side ended, which is not reported.
      established.remove(descriptor)
      undecided.remove(descriptor)
      if isWithoutHandshakes {
        established.insert(descriptor)
        return .established
      }
      undecided.insert(descriptor)
    case .handshakeSucceeded:
      establishedAmongUndecided += 1
      settle()
      return .established
    case .handshakeFailedNoDetail, .handshakeFailedProtocol, .handshakeFailedAuth:
      if isWithoutHandshakes { return nil }
      failures += 1
      return .failed
    case .disconnected(let descriptor): return recordLoss(of: descriptor)
    default: break
    }
    settle()
    return nil
  }

  private mutating func recordLoss(of descriptor: Int32) -> Change? {
    if established.remove(descriptor) != nil { return .lost }
    undecided.remove(descriptor)
    defer { settle() }
    if failures > 0 {
      failures -= 1
      return nil
    }
    // Where it may have been up it counts as lost, so that no connection is promised that is not there.
    guard establishedAmongUndecided > 0 else { return .failed }
    establishedAmongUndecided -= 1
    return .lost
  }

  /// Decides what has become clear: all of the undecided connections are up.
  private mutating func settle() {
    guard establishedAmongUndecided == undecided.count else { return }
    established.formUnion(undecided)
    undecided = []
    establishedAmongUndecided = 0
  }
}
