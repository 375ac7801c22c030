extension Socket {
  /// Starts to report what happens to the socket's connections, from now on.
  ///
  /// Monitor a socket before it is bound or connected, so that no event is missed. A socket has one monitor at a time: the one before
  /// is stopped, and receives `.monitorStopped`. The monitor may be given to another task or thread than the socket's, and either may
  /// be closed or dropped first, or at once. Connections over inproc have no events.
  ///
  /// The corresponding libzmq function is `zmq_socket_monitor`.
  ///
  /// - Parameter events: which events to report; `.monitorStopped` always is.
  /// - Returns: what receives the events.
  /// - Throws: `.tooManyOpenFiles`, since a monitor counts as two of its context's sockets; `.invalidArgument` for events that this
  ///   libzmq does not have; `.contextTerminated`; `.notSocket` after ``close()``.
  public func monitor(_ events: MonitorEvents = .all) throws -> sending Monitor {
    try handle.startMonitor(events)
  }

  /// Stops the socket's monitor, which receives `.monitorStopped` as its last event; without one, does nothing.
  ///
  /// Closing the socket does so by itself. The corresponding libzmq function is `zmq_socket_monitor`, without an endpoint.
  public func stopMonitor() {
    handle.stopMonitor()
  }
}
