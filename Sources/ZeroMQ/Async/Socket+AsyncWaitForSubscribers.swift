extension Socket where Kind: XPubKind & ReceivingKind {
  /// Waits until so many subscriptions have arrived, after which whatever is sent reaches those subscribers.
  ///
  /// Suspends the task for as long as the timeout says. Cancelling the task ends the wait with `CancellationError`. What counts is said
  /// at the form that blocks.
  ///
  /// - Parameters:
  ///   - count: how many subscriptions.
  ///   - timeout: how long to wait.
  ///   - onMessage: gets every message received, subscriptions and others, in order.
  /// - Returns: whether so many arrived; `false` when the time has passed.
  /// - Throws: `CancellationError`; a ``ZeroMQError``: `.contextTerminated`; `.notSocket` after ``close()``.
  public func waitForSubscribers(
    _ count: Int, timeout: Duration, onMessage: (Message) -> Void = { _ in }
  ) async throws -> Bool {
    let deadline = ContinuousClock.now + timeout
    var (arrived, received) = (0, 0)
    while arrived < count {
      let time = deadline - .now
      // The first message even if no time is left, but no endless stream of them.
      guard received == 0 || time > .zero, let message = try await receive(timeout: max(time, .zero)) else { return false }
      received += 1
      onMessage(message)
      switch Subscription(message) {
      case .subscribe: arrived += 1
      case .unsubscribe: arrived -= 1
      case nil: break
      }
    }
    return true
  }
}
