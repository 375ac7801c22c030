extension Monitor {
  /// Receives the next event.
  ///
  /// Suspends the task until an event arrives. Cancelling the task ends the wait with `CancellationError`, and no event is lost.
  ///
  /// - Returns: The event.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the monitor is closed, or `.monitorStopped` was received.
  public func receive() async throws -> MonitorEvent {
    try beginUse()
    defer { link.endUse(in: reader.context) }
    guard let message = try await reader.receiveMessage(.blocking) else {
      throw ZeroMQError(.wouldBlock, operation: "zmq_msg_recv")
    }
    return try decode(message)
  }

  /// Receives the next event, waiting at most the given time.
  ///
  /// Suspends the task for at most `timeout`. Cancelling the task ends the wait with `CancellationError`, and no event is lost.
  ///
  /// - Parameter timeout: The maximum time to wait; zero does not wait.
  /// - Returns: The event, or `nil` if none arrived in time.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the monitor is closed, or `.monitorStopped` was received.
  public func receive(timeout: Duration) async throws -> MonitorEvent? {
    try beginUse()
    defer { link.endUse(in: reader.context) }
    guard let message = try await reader.receiveMessage(.timeout(timeout)) else { return nil }
    return try decode(message)
  }
}

/// A monitor is an asynchronous sequence of its events, in order of arrival.
///
/// The sequence ends after `.monitorStopped`, when the monitor is closed, or when the context is shut down. Cancelling the task
/// ends the loop with `CancellationError`.
///
/// ```swift
/// for try await event in monitor { print(event) }
/// ```
extension Monitor: AsyncSequence {
  /// An iterator over the events of a monitor.
  ///
  /// Use it only in the task that uses the monitor.
  public struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let monitor: Monitor

    /// Receives the next event.
    ///
    /// Suspends the task until an event arrives.
    ///
    /// - Returns: The event, or `nil` after the last one.
    /// - Throws: `CancellationError` if the task is cancelled.
    public mutating func next() async throws -> MonitorEvent? {
      if monitor.hasEnded { return nil }
      do {
        return try await monitor.receive()
      } catch let error as ZeroMQError {
        guard error.code == .contextTerminated || monitor.isClosed else { throw error }
        return nil
      }
    }

    /// Receives the next event, in the isolation of the caller.
    ///
    /// Suspends the task until an event arrives. A `for` loop calls this function.
    ///
    /// - Parameter actor: The actor that the caller is isolated to.
    /// - Returns: The event, or `nil` after the last one.
    /// - Throws: `CancellationError` if the task is cancelled.
    nonisolated(nonsending) public mutating func next(isolation actor: (any Actor)?) async throws -> MonitorEvent? {
      try await next()
    }
  }

  /// Returns an iterator over the events.
  ///
  /// Each event goes to one loop: a second loop continues after the events that the first has received.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(monitor: self) }
}
