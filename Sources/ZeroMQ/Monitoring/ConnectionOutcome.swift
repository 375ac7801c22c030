/// How the making of a connection ended, as ``Monitor/waitForConnection(timeout:)`` saw it.
public enum ConnectionOutcome: Hashable, Sendable {
  /// A connection is up with its handshake done: messages can pass.
  case established(endpoint: String)

  /// A handshake failed, or a connection could not be accepted; the event says why.
  ///
  /// `.disconnected` stands for a handshake that failed without another word: the peer's socket type does not fit, most often.
  /// `.monitorStopped` if the monitor was stopped, or its socket closed, meanwhile.
  case failed(MonitorEvent)

  /// The time has passed; the last event says how far it came, such as `.connectRetried` if nobody is there. `nil` if there was none.
  case timedOut(after: MonitorEvent?)
}
