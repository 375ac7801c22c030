extension Monitor {
  /// Waits until a connection is up with its handshake done, or has failed.
  ///
  /// Receives events up to and including the one that decides. An attempt that libzmq will repeat, because nobody is there yet, is
  /// no failure. libzmq also repeats after most failed handshakes, so one may wait again. A STREAM has no handshake: there a
  /// connection is up at once.
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
  /// - Throws: `.invalidArgument` if the monitor does not report `handshakes`; `.notSocket` after `.monitorStopped` and
  ///   ``close()``; `.interrupted` where the context is configured so; `.contextTerminated`.
  public func waitForConnection(timeout: Duration) throws(ZeroMQError) -> ConnectionOutcome {
    try require(isOfStream ? [.connected, .accepted] : .handshakes)
    let deadline = ContinuousClock.now + timeout
    var last: MonitorEvent?
    while let event = try receive(timeout: max(deadline - .now, .zero)) {
      switch event.kind {
      case .handshakeSucceeded: return .established(endpoint: event.endpoint)
      case .connected where isOfStream, .accepted where isOfStream: return .established(endpoint: event.endpoint)
      case .acceptFailed, .monitorStopped: return .failed(event)
      case let kind where kind.isHandshakeFailure && !isOfStream: return .failed(event)
      default: break
      }
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
  /// use an XPUB and ``Socket/waitForSubscribers(_:timeout:onMessage:)``.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - timeout: how long to wait.
  /// - Returns: whether so many are up; `false` when the time has passed, or the monitor was stopped.
  /// - Throws: `.invalidArgument` if the monitor does not report the events that ``connectionCount`` needs; `.notSocket` after
  ///   `.monitorStopped` and ``close()``; `.interrupted` where the context is configured so; `.contextTerminated`.
  public func waitForConnections(_ count: Int, timeout: Duration) throws(ZeroMQError) -> Bool {
    try require(isOfStream ? [.connected, .accepted, .disconnected] : .handshakes.union(.disconnected))
    let deadline = ContinuousClock.now + timeout
    while connectionCount < count {
      guard let event = try receive(timeout: max(deadline - .now, .zero)), event.kind != .monitorStopped else { return false }
    }
    return true
  }

  private func require(_ needed: MonitorEvents) throws(ZeroMQError) {
    guard events.isSuperset(of: needed) else {
      throw ZeroMQError(.invalidArgument, operation: "zmq_socket_monitor", subject: "events not monitored that the wait needs")
    }
  }
}
