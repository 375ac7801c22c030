extension Socket where Kind: XPubKind & ReceivingKind {
  /// Waits until so many subscriptions have arrived, after which whatever is sent reaches those subscribers.
  ///
  /// Works over every transport. What is counted are the subscriptions that the XPUB receives during the call, less those taken back.
  /// Set the option `xpubVerbose` before binding if several subscribers may want the same: without it, only the first subscription to
  /// each prefix arrives. A subscriber with several prefixes counts once for each.
  ///
  /// Blocks for as long as the timeout says. Receives what the subscribers send; nothing is lost for a caller who takes it in
  /// `onMessage`.
  ///
  /// - Parameters:
  ///   - count: how many subscriptions.
  ///   - timeout: how long to wait.
  ///   - onMessage: gets every message received, subscriptions and others, in order.
  /// - Returns: whether so many arrived; `false` when the time has passed.
  /// - Throws: `.interrupted` where the context is configured so; `.contextTerminated`; `.notSocket` after ``close()``.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func waitForSubscribers(
    _ count: Int, timeout: Duration, onMessage: (Message) -> Void = { _ in }
  ) throws -> Bool {
    let deadline = ContinuousClock.now + timeout
    var (arrived, received) = (0, 0)
    while arrived < count {
      // The first message even if no time is left, but no endless stream of them.
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
