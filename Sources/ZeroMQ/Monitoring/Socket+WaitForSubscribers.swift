extension Socket where Kind: XPubKind & ReceivingKind {
  /// Waits for a number of subscriptions to arrive.
  ///
  /// Messages sent afterwards reach those subscribers.
  ///
  /// Blocks the current thread for at most `timeout`. The call works over every transport.
  ///
  /// It counts the subscriptions that the XPUB receives during the call, less the unsubscriptions. A subscriber with several
  /// prefixes counts once for each.
  ///
  /// If several subscribers may subscribe to the same prefix, set the option `xpubVerbose` before binding. Without it, only the
  /// first subscription to each prefix arrives.
  ///
  /// The call receives all messages of the subscribers. To lose none, handle them in `onMessage`.
  ///
  /// - Parameters:
  ///   - count: The number of subscriptions.
  ///   - timeout: The maximum time to wait.
  ///   - onMessage: A closure that is called with every received message, subscriptions included, in order of arrival.
  /// - Returns: `true` if the subscriptions arrived; `false` if the time is over.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func waitForSubscribers(_ count: Int, timeout: Duration, onMessage: (Message) -> Void = { _ in }) throws -> Bool {
    let deadline = ContinuousClock.now + timeout
    var (arrived, received) = (0, 0)
    while arrived < count {
      // After the deadline, at most one pending message is received.
      guard received == 0 || deadline > .now, let message = try receive(timeout: max(deadline - .now, .zero)) else { return false }
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
