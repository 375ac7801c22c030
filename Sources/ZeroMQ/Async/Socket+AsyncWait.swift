extension Socket {
  /// Waits until the socket is ready, without receiving or sending a message.
  ///
  /// Suspends the task for at most `timeout`. Cancelling the task ends the wait with `CancellationError`. To wait for several
  /// sockets at once, use ``Poller``.
  ///
  /// The corresponding libzmq option is `ZMQ_FD`, whose descriptor is polled.
  ///
  /// - Parameters:
  ///   - events: The events to wait for; one of them is enough.
  ///   - timeout: The maximum time to wait; `nil` waits indefinitely, and zero does not wait.
  /// - Returns: The events that are ready; empty if none was in time.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func wait(for events: PollEvents, timeout: Duration? = nil) async throws -> PollEvents {
    var poller = Poller()
    poller.add(self, for: events)
    var ready = try await poller.wait(timeout: timeout)
    return ready.next()?.events ?? []
  }
}
