/// How the making of a connection ended, as ``Monitor/waitForConnection(timeout:)-5rlkd`` saw it.
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
