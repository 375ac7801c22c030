extension Monitor {
  /// Receives the next event.
  ///
  /// Suspends the task while there is none. Cancelling the task ends the wait with `CancellationError`, and no event is lost.
  ///
  /// - Returns: the event.
  /// - Throws: `CancellationError`; a ``ZeroMQError``: `.notSocket` after `.monitorStopped`, the last event, and after ``close()``;
  ///   `.contextTerminated`.
  public func receive() async throws -> MonitorEvent {
    try beginUse()
    defer { link.endUse(in: reader.context) }
    guard let message = try await reader.receiveMessage(.blocking) else {
      throw ZeroMQError(.wouldBlock, operation: "zmq_msg_recv")
    }
    return try decode(message)
  }

  /// Receives the next event, if one comes in time.
  ///
  /// Suspends the task for as long as the timeout says, and may be cancelled as `receive()`.
  ///
  /// - Parameter timeout: how long to wait.
  /// - Returns: the event; `nil` if none came.
  /// - Throws: as `receive()`.
  public func receive(timeout: Duration) async throws -> MonitorEvent? {
    try beginUse()
    defer { link.endUse(in: reader.context) }
    guard let message = try await reader.receiveMessage(.timeout(timeout)) else { return nil }
    return try decode(message)
  }
}

/// A monitor is the sequence of its events, as they come.
///
/// It ends after `.monitorStopped`, when the monitor is closed, or when the context is shut down. Cancelling the task ends the loop with
/// `CancellationError`.
///
/// ```swift
/// for try await event in monitor { print(event) }
/// ```
extension Monitor: AsyncSequence {
  /// The events of a monitor; belongs to the monitor's task.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let monitor: Monitor

    /// Receives the next event.
    ///
    /// - Returns: the event; `nil` after the last one.
    /// - Throws: as ``Monitor``'s `receive()`.
    public mutating func next() async throws -> MonitorEvent? {
      if monitor.hasEnded { return nil }
      do {
        return try await monitor.receive()
      } catch let error as ZeroMQError {
        guard error.code == .contextTerminated || monitor.isClosed else { throw error }
        return nil
      }
    }

    /// Receives the next event, in the isolation of the caller; what a `for` loop calls.
    public mutating func next(isolation actor: isolated (any Actor)?) async throws -> MonitorEvent? {
      try await next()
    }
  }

  /// The sequence itself: events that one loop has received are not there for another.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(monitor: self) }
}
