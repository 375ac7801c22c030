/// How the making of a connection ended, as ``Monitor/waitForConnection(timeout:)`` saw it.
public enum ConnectionOutcome: Hashable, Sendable {
  /// A connection is up with its handshake done: messages can pass.
  case established(endpoint: String)

  /// A handshake failed, or a connection could not be accepted; the event says why. Also if the monitor was stopped meanwhile.
  case failed(MonitorEvent)

  /// The time has passed; the last event says how far it came, such as `.connectRetried` if nobody is there. `nil` if there was none.
  case timedOut(after: MonitorEvent?)
}
