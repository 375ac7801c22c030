internal import CZeroMQ
internal import Synchronization

extension Socket {
  /// Starts to report the events of the socket's connections.
  ///
  /// Start the monitor before the socket is bound or connected, to receive all events. A socket has at most one monitor: starting
  /// another stops the previous one, which receives `.monitorStopped`.
  ///
  /// The monitor can be transferred to another task or thread than the socket's. Both can be closed or released in any order, or at
  /// the same time. Connections over inproc have no events.
  ///
  /// The corresponding libzmq function is `zmq_socket_monitor`.
  ///
  /// - Parameter events: The events to report; `.monitorStopped` is always reported.
  /// - Returns: The monitor, which receives the events.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.tooManyOpenFiles` if the context has no socket left; a monitor needs two.
  ///   - `.invalidArgument` if this libzmq does not have one of the events.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func monitor(_ events: MonitorEvents = .all) throws -> sending Monitor {
    let number = nextMonitor.add(1, ordering: .relaxed).oldValue
    let endpoint = "inproc://swift-zeromq.monitor.\(number)"
    guard handle.isOpen else {
      throw handle.context.explain(ZeroMQError(.notSocket, operation: "zmq_socket_monitor"))
    }
    let reader = try SocketHandle(in: handle.context, type: .pair)
    // libzmq: over inproc, no limit on this side means no limit at all, so the thread that sends the events never waits (4.3.4;
    // ctx.cpp).
    try reader.setNumber(ZMQ_RCVHWM, "ZMQ_RCVHWM", to: 0)
    stopMonitor()
    try handle.startEvents(events.union(.monitorStopped).rawValue, to: endpoint, reader: reader.address)
    let link = MonitorLink(to: handle.address, reader: reader.address)
    unsafe handle.monitorLink = link
    unsafe reader.readerLink = link
    handle.context.monitorReaders.withLock { $0.add(link) }
    return Monitor(reader, link, events, of: handle.type)
  }

  /// Stops the socket's monitor, which receives `.monitorStopped` as its last event.
  ///
  /// Without a monitor, the call has no effect. Closing the socket also stops the monitor.
  ///
  /// The corresponding libzmq function is `zmq_socket_monitor`, without an endpoint.
  public func stopMonitor() {
    unsafe handle.monitorLink?.stop()
    unsafe handle.monitorLink = nil
  }
}

/// The number of this process's next monitor, which its endpoint contains.
private let nextMonitor = Atomic<UInt64>(0)
