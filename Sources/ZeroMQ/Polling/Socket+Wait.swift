extension Socket {
  /// Waits until the socket is ready, whether a message is then received or sent or not.
  ///
  /// Blocks for as long as the timeout says. To wait for several sockets at once there is ``Poller``. The corresponding libzmq
  /// function is `zmq_poll`.
  ///
  /// - Parameters:
  ///   - events: what to wait for; any of them is enough.
  ///   - timeout: how long to wait; `nil` is for ever.
  /// - Returns: what the socket is ready for; empty when the time has passed.
  /// - Throws: `.contextTerminated`; `.notSocket` after ``close()``; `.interrupted` where the context is configured so.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func wait(for events: PollEvents, timeout: Duration? = nil) throws -> PollEvents {
    var poller = Poller()
    poller.add(self, for: events)
    var ready = try poller.wait(timeout: timeout)
    return ready.next()?.events ?? []
  }
}
