extension Monitor {
  /// Waits until the next connection is up with its handshake done, or has failed.
  ///
  /// Suspends the task for as long as the timeout says. Cancelling the task ends the wait with `CancellationError`. What counts as an
  /// end is said at the form that blocks.
  ///
  /// - Parameter timeout: how long to wait.
  /// - Returns: how it ended.
  /// - Throws: `CancellationError`; a ``ZeroMQError``: `.invalidArgument` if the monitor does not report `connections`; `.notSocket`
  ///   after `.monitorStopped` and ``close()``; `.contextTerminated`.
  public func waitForConnection(timeout: Duration) async throws -> ConnectionOutcome {
    try requireConnections()
    let deadline = ContinuousClock.now + timeout
    var last: MonitorEvent?
    while let event = try await receive(until: deadline, after: last) {
      if change == .established { return .established(endpoint: event.endpoint) }
      if change == .failed || MonitorEvents.endsOfWaiting.contains(event.kind.type) { return .failed(event) }
      last = event
    }
    return .timedOut(after: last)
  }

  /// Waits until so many connections are up at once, by ``connectionCount``.
  ///
  /// Suspends the task for as long as the timeout says. Cancelling the task ends the wait with `CancellationError`. Which connections
  /// count is said at the form that blocks.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - timeout: how long to wait.
  /// - Returns: whether so many are up; `false` when the time has passed, or the monitor was stopped.
  /// - Throws: as ``Monitor``'s `waitForConnection(timeout:)`.
  public func waitForConnections(_ count: Int, timeout: Duration) async throws -> Bool {
    try requireConnections()
    let deadline = ContinuousClock.now + timeout
    var last: MonitorEvent?
    while connectionCount < count {
      guard let event = try await receive(until: deadline, after: last), event.kind != .monitorStopped else { return false }
      last = event
    }
    return true
  }

  /// Receives the next event in time: the first one even if no time is left, but no endless stream of them.
  private func receive(until deadline: ContinuousClock.Instant, after last: MonitorEvent?) async throws -> MonitorEvent? {
    let time = deadline - .now
    return last == nil || time > .zero ? try await receive(timeout: Swift.max(time, .zero)) : nil
  }
}
