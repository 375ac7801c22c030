internal import CZeroMQ
internal import Synchronization

extension SocketHandle {
  /// The number of the next monitor of this process, for its endpoint.
  private static let nextMonitor = Atomic<UInt64>(0)

  /// Begins to report events, and makes who reads them.
  func startMonitor(_ events: MonitorEvents) throws(ZeroMQError) -> sending Monitor {
    reclaim()
    let number = Self.nextMonitor.add(1, ordering: .relaxed).oldValue
    let endpoint = "inproc://swift-zeromq.monitor.\(number)"
    guard let socket = unsafe pointer.map({ UInt(bitPattern: $0) }) else {
      throw ZeroMQError(.notSocket, operation: "zmq_socket_monitor")
    }
    let reader = try SocketHandle(in: context, type: .pair)
    // libzmq: without a limit on this side there is none on the other, so that the thread that sends the events never waits.
    guard reader.setNumber(ZMQ_RCVHWM, 0) else { throw .last("zmq_setsockopt", "ZMQ_RCVHWM") }
    stopMonitor()
    let mask = events.union(.monitorStopped).rawValue
    // SAFETY: the socket is open, and used by this thread; libzmq copies the endpoint.
    guard unsafe zmq_socket_monitor(pointer, endpoint, mask) == 0 else { throw .last("zmq_socket_monitor") }
    // libzmq: an event that comes before this waits for it. The other order would hang a termination that begins in between, for a
    // connection to an endpoint that is not bound yet.
    guard unsafe zmq_connect(reader.pointer, endpoint) == 0 else {
      // It fails only in a context that is shut down, where no event waits for a reader any more.
      let error = ZeroMQError.last("zmq_connect", endpoint)
      unsafe zmq_socket_monitor(pointer, nil, 0)
      throw error
    }
    let link = MonitorLink(to: socket)
    unsafe monitorLink = link
    return Monitor(reader, link, events, of: type)
  }
}
