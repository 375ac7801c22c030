/// Counts the connections that are up, from the events of a monitor.
///
/// libzmq: an event of a handshake does not name its connection, and a handshake can fail without such an event (4.3.4;
/// zmq_socket_monitor). Only `.disconnected` always arrives, unless this side ends the connection. While several handshakes are in
/// progress, the number of those done is known, but not their connections.
struct ConnectionTally {
  /// The meaning of an event for the connections.
  enum Change { case established, failed, lost }

  /// A Boolean value that indicates whether the monitored socket has no handshakes, so that a connection is up at once.
  let isWithoutHandshakes: Bool

  /// The descriptors of connections that are up.
  private(set) var established: Set<Int32> = []
  /// The descriptors of connections that are up or in their handshakes.
  private(set) var undecided: Set<Int32> = []
  /// The number of undecided connections that are up.
  private(set) var establishedAmongUndecided = 0
  /// The number of failed handshakes whose connections have not been reported as lost.
  private(set) var failures = 0

  /// The number of connections that are up.
  var count: Int { established.count + establishedAmongUndecided }

  /// Records an event, and returns its meaning.
  mutating func record(_ event: MonitorEvent.Kind) -> Change? {
    switch event {
    case .connected(let descriptor), .accepted(let descriptor):
      // If the system reuses a descriptor, this side ended its previous connection, which libzmq does not report.
      established.remove(descriptor)
      undecided.remove(descriptor)
      if isWithoutHandshakes {
        established.insert(descriptor)
        return .established
      }
      undecided.insert(descriptor)
    case .handshakeSucceeded:
      establishedAmongUndecided += 1
      resolvePendingHandshakes()
      return .established
    case .handshakeFailedNoDetail, .handshakeFailedProtocol, .handshakeFailedAuth:
      if isWithoutHandshakes { return nil }
      failures += 1
      return .failed
    case .disconnected(let descriptor): return recordLoss(of: descriptor)
    default: break
    }
    resolvePendingHandshakes()
    return nil
  }

  private mutating func recordLoss(of descriptor: Int32) -> Change? {
    if established.remove(descriptor) != nil { return .lost }
    undecided.remove(descriptor)
    defer { resolvePendingHandshakes() }
    if failures > 0 {
      failures -= 1
      return nil
    }
    // The connection may have been up. It counts as lost, so that the count never includes a connection that does not exist.
    guard establishedAmongUndecided > 0 else { return .failed }
    establishedAmongUndecided -= 1
    return .lost
  }

  /// Moves all undecided connections to the established ones once the number of successes shows that all are up.
  private mutating func resolvePendingHandshakes() {
    guard establishedAmongUndecided == undecided.count else { return }
    established.formUnion(undecided)
    undecided = []
    establishedAmongUndecided = 0
  }
}
