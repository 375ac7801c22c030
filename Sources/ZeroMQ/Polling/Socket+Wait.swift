extension Socket {
  /// Waits until the socket is ready, without receiving or sending a message.
  ///
  /// Blocks the current thread for at most `timeout`. To wait for several sockets at once, use ``Poller``.
  ///
  /// The corresponding libzmq function is `zmq_poll`.
  ///
  /// - Parameters:
  ///   - events: The events to wait for; one of them is enough.
  ///   - timeout: The maximum time to wait; `nil` waits indefinitely, and zero does not wait.
  /// - Returns: The events that are ready; empty if none was in time.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func wait(for events: PollEvents, timeout: Duration? = nil) throws -> PollEvents {
    var poller = Poller()
    poller.add(self, for: events)
    var ready = try poller.wait(timeout: timeout)
    return ready.next()?.events ?? []
  }
}
