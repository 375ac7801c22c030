extension Monitor {
  /// Waits until the next connection is up and its handshake is done, or has failed.
  ///
  /// Blocks the current thread for at most `timeout`. The call receives events up to and including the one that decides.
  ///
  /// An attempt to connect that libzmq repeats, because no peer listens yet, is not a failure. libzmq also repeats most failed
  /// handshakes, so you can wait again. The endpoint identifies the connection.
  ///
  /// A STREAM has no handshake: its connections are up immediately. Connections over inproc have no events, so for a socket with
  /// only these, the call always waits until the time is over.
  ///
  /// ```swift
  /// switch try monitor.waitForConnection(timeout: .seconds(5)) {
  /// case .established(let endpoint): print("connected with \(endpoint)")
  /// case .failed(let event): print("refused: \(event)")
  /// case .timedOut(let last): print("nobody there: \(last)")
  /// }
  /// ```
  ///
  /// - Parameter timeout: The maximum time to wait.
  /// - Returns: The result of the wait.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if the monitor does not report `connections`.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the monitor is closed, or `.monitorStopped` was received.
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

  /// Waits until a number of connections are up at once.
  ///
  /// Blocks the current thread for at most `timeout`. The call counts connections as ``connectionCount`` does, including those that
  /// are already up. It never counts connections over inproc.
  ///
  /// For a PUB, this is the closest that libzmq offers to waiting for subscribers. The subscriptions follow the handshake, but can
  /// reach the PUB a moment later. A message that is sent before does not reach that subscriber. To miss none, use an XPUB and
  /// ``Socket/waitForSubscribers(_:timeout:onMessage:)-9oar1``.
  ///
  /// - Parameters:
  ///   - count: The number of connections.
  ///   - timeout: The maximum time to wait.
  /// - Returns: `true` if the connections are up; `false` if the time is over, or the monitor was stopped.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if the monitor does not report `connections`.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the monitor is closed, or `.monitorStopped` was received.
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

  /// Receives the next event before a deadline.
  ///
  /// After the deadline, it receives at most one pending event.
  private func receive(until deadline: ContinuousClock.Instant, after last: MonitorEvent?) throws -> MonitorEvent? {
    let time = deadline - .now
    return last == nil || time > .zero ? try receive(timeout: Swift.max(time, .zero)) : nil
  }

  func requireConnections() throws(ZeroMQError) {
    guard events.isSuperset(of: .connections) else {
      throw ZeroMQError(.invalidArgument, operation: "zmq_socket_monitor", subject: "without the events of connections")
    }
  }
}
