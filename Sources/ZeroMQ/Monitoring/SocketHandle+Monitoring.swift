internal import CZeroMQ
internal import Synchronization

extension SocketHandle {
  /// The number of the next monitor of this process, for its endpoint.
  private static let nextMonitor = Atomic<UInt64>(0)

  /// Begins to report events, and makes who reads them.
  func startMonitor(_ events: MonitorEvents) throws(ZeroMQError) -> sending Monitor {
    let number = Self.nextMonitor.add(1, ordering: .relaxed).oldValue
    let endpoint = "inproc://swift-zeromq.monitor.\(number)"
    guard let socket = unsafe pointer.map({ UInt(bitPattern: $0) }) else {
      throw context.explain(ZeroMQError(.notSocket, operation: "zmq_socket_monitor"))
    }
    let reader = try SocketHandle(in: context, type: .pair)
    // libzmq: without a limit on this side there is none on the other, so that the thread that sends the events never waits.
    try reader.setNumber(ZMQ_RCVHWM, "ZMQ_RCVHWM", to: 0)
    stopMonitor()
    try startEvents(events.union(.monitorStopped).rawValue, to: endpoint, reader: unsafe UInt(bitPattern: reader.pointer))
    let link = MonitorLink(to: socket, reader: unsafe UInt(bitPattern: reader.openSocket))
    unsafe monitorLink = link
    unsafe reader.readerLink = link
    context.monitorReaders.withLock { $0.add(link) }
    return Monitor(reader, link, events, of: type)
  }
}
