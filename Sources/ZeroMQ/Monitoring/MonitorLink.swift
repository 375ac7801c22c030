internal import CZeroMQ
internal import Synchronization

/// What a monitored socket and its monitor have in common: how to stop the monitoring, from either side and once.
///
/// libzmq's own threads send the events, and wait until there is a reader. So the monitoring ends before either side goes: a reader
/// that closed first would block those threads, and with them every socket of the context.
final class MonitorLink: Sendable {
  /// The monitored socket, as a number; 0 once it is no longer monitored or about to be closed.
  private let socket: Atomic<UInt>

  /// Lets whoever comes second wait until the first has stopped it.
  private let stopping = Mutex(())

  init(to socket: UInt) {
    self.socket = Atomic(socket)
  }

  /// Ends the monitoring; the reader gets `.monitorStopped` as its last event.
  func stop() {
    stopping.withLock { _ in
      let number = socket.exchange(0, ordering: .acquiringAndReleasing)
      if number == 0 { return }
      // SAFETY: who closes the socket calls this first, and so waits until this is over: the socket is open. libzmq: the call may come
      // from another thread than the socket's own; `monitor`, `stop_monitor` and whatever sends events take the socket's
      // `_monitor_sync`, and touch nothing else of it. It does not block, since the reader is there and has no high-water mark. Its
      // one error, ETERM, means that the socket has stopped the monitoring by itself.
      unsafe zmq_socket_monitor(UnsafeMutableRawPointer(bitPattern: number), nil, 0)
    }
  }
}

extension SocketHandle {
  /// Ends the reporting of events.
  func stopMonitor() {
    unsafe monitorLink?.stop()
    unsafe monitorLink = nil
  }
}
