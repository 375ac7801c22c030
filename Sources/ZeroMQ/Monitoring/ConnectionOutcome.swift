/// The result of ``Monitor/waitForConnection(timeout:)-5rlkd``.
public enum ConnectionOutcome: Hashable, Sendable {
  /// A connection is up and its handshake is done, so messages can pass.
  case established(endpoint: String)

  /// A handshake failed, or a connection could not be accepted; the event gives the reason.
  ///
  /// `.disconnected` stands for a handshake that failed without another event, usually because the socket types do not match.
  /// `.monitorStopped` means that the monitor was stopped, or its socket was closed, during the wait.
  case failed(MonitorEvent)

  /// The time is over.
  ///
  /// The last event shows how far the connection came, such as `.connectRetried` if no peer listens. It is `nil` if there was no
  /// event.
  case timedOut(after: MonitorEvent?)

  /// Returns the endpoint of the connection, or throws an error with the event that ended the wait.
  ///
  /// ```swift
  /// try monitor.waitForConnection(timeout: .seconds(5)).get()
  /// ```
  ///
  /// - Returns: The endpoint.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.connectionRefused` if a handshake failed, a connection could not be accepted, or the monitor was stopped.
  ///   - `.timedOut` if the time passed.
  @discardableResult
  public func get() throws -> String {
    switch self {
    case .established(let endpoint): return endpoint
    case .failed(let event): throw ZeroMQError(.connectionRefused, operation: "waitForConnection", subject: "\(event)")
    case .timedOut(let last):
      throw ZeroMQError(.timedOut, operation: "waitForConnection", subject: last.map { "\($0)" } ?? "no event")
    }
  }
}
