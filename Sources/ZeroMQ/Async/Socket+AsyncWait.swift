extension Socket {
  /// Waits until the socket is ready, whether a message is then received or sent or not.
  ///
  /// Suspends the task for as long as the timeout says. Cancelling the task ends the wait with `CancellationError`.
  ///
  /// - Parameters:
  ///   - events: what to wait for; any of them is enough.
  ///   - timeout: how long to wait; `nil` is for ever.
  /// - Returns: what the socket is ready for; empty when the time has passed.
  /// - Throws: `CancellationError`; a ``ZeroMQError``: `.contextTerminated`; `.notSocket` after ``close()``.
  public func wait(for events: PollEvents, timeout: Duration? = nil) async throws -> PollEvents {
    var poller = Poller()
    poller.add(self, for: events)
    var ready = try await poller.wait(timeout: timeout)
    return ready.next()?.events ?? []
  }
}
