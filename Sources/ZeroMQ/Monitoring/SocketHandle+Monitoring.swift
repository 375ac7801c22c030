internal import CZeroMQ
internal import Synchronization

extension SocketHandle {
  /// The number of this process's next monitor, which its endpoint contains.
  private static let nextMonitor = Atomic<UInt64>(0)

  /// Starts to report events, and returns their receiver.
  func startMonitor(_ events: MonitorEvents) throws(ZeroMQError) -> sending Monitor {
    let number = Self.nextMonitor.add(1, ordering: .relaxed).oldValue
    let endpoint = "inproc://swift-zeromq.monitor.\(number)"
    guard isOpen else {
      throw context.explain(ZeroMQError(.notSocket, operation: "zmq_socket_monitor"))
    }
    let reader = try SocketHandle(in: context, type: .pair)
    // libzmq: over inproc, no limit on this side means no limit at all, so the thread that sends the events never waits (4.3.4;
    // ctx.cpp).
    try reader.setNumber(ZMQ_RCVHWM, "ZMQ_RCVHWM", to: 0)
    stopMonitor()
    try startEvents(events.union(.monitorStopped).rawValue, to: endpoint, reader: reader.address)
    let link = MonitorLink(to: address, reader: reader.address)
    unsafe monitorLink = link
    unsafe reader.readerLink = link
    context.monitorReaders.withLock { $0.add(link) }
    return Monitor(reader, link, events, of: type)
  }
}
