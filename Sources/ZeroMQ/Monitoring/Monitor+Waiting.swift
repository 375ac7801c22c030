extension Monitor {
  /// Waits until the next connection is up with its handshake done, or has failed.
  ///
  /// Receives events up to and including the one that decides. An attempt that libzmq will repeat, because nobody is there yet, is
  /// no failure. libzmq also repeats after most failed handshakes, so one may wait again. Which connection it was is said by the
  /// endpoint. A STREAM has no handshake: there a connection is up at once.
  ///
  /// Blocks for as long as the timeout says: always, for a socket that has only inproc connections, which have no events and need
  /// no waiting.
  ///
  /// ```swift
  /// switch try monitor.waitForConnection(timeout: .seconds(5)) {
  /// case .established(let endpoint): print("connected with \(endpoint)")
  /// case .failed(let event): print("refused: \(event)")
  /// case .timedOut(let last): print("nobody there: \(last)")
  /// }
  /// ```
  ///
  /// - Parameter timeout: how long to wait.
  /// - Returns: how it ended.
  /// - Throws: `.invalidArgument` if the monitor does not report `connections`; `.notSocket` after `.monitorStopped` and
  ///   ``close()``; `.interrupted` where the context is configured so; `.contextTerminated`.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func waitForConnection(timeout: Duration) throws -> ConnectionOutcome {
    try requireConnections()
    let deadline = ContinuousClock.now + timeout
    var last: MonitorEvent?
    while let event = try receive(until: deadline, after: last) {
      if change == .established { return .established(endpoint: event.endpoint) }
      if change == .failed || MonitorEvents.endsOfWaiting.contains(event.kind.type) { return .failed(event) }
      last = event
    }
    return .timedOut(after: last)
  }

  /// Waits until so many connections are up at once, by ``connectionCount``.
  ///
  /// Those already seen to be up count. Blocks for as long as the timeout says; inproc connections are never seen.
  ///
  /// For a PUB this is as near to waiting for subscribers as libzmq comes: a subscriber's subscriptions follow its handshake at
  /// once, but the PUB may get them a moment later, and a message sent before is not for that subscriber. Where none may be missed,
  /// use an XPUB and ``Socket/waitForSubscribers(_:timeout:onMessage:)-9oar1``.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - timeout: how long to wait.
  /// - Returns: whether so many are up; `false` when the time has passed, or the monitor was stopped.
  /// - Throws: `.invalidArgument` if the monitor does not report `connections`; `.notSocket` after `.monitorStopped` and
  ///   ``close()``; `.interrupted` where the context is configured so; `.contextTerminated`.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func waitForConnections(_ count: Int, timeout: Duration) throws -> Bool {
    try requireConnections()
    let deadline = ContinuousClock.now + timeout
    var last: MonitorEvent?
    while connectionCount < count {
      guard let event = try receive(until: deadline, after: last), event.kind != .monitorStopped else { return false }
      last = event
    }
    return true
  }

  /// Receives the next event in time: the first one even if no time is left, but no endless stream of them.
  private func receive(
    until deadline: ContinuousClock.Instant, after last: MonitorEvent?
  ) throws -> MonitorEvent? {
    let time = deadline - .now
    return last == nil || time > .zero ? try receive(timeout: Swift.max(time, .zero)) : nil
  }

  func requireConnections() throws(ZeroMQError) {
    guard events.isSuperset(of: .connections) else {
      throw ZeroMQError(.invalidArgument, operation: "zmq_socket_monitor", subject: "without the events of connections")
    }
  }
}
