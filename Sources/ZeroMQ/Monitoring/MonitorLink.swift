internal import CZeroMQ
internal import Synchronization

/// What a monitored socket and its monitor have in common: how to stop the monitoring, from either side and once.
///
/// libzmq's own threads send the events, and wait until there is a reader. So the monitoring ends before either side goes: a reader
/// that closed first would block those threads, and with them every socket of the context.
final class MonitorLink: Sendable {
  /// The monitored socket, as a number; `nil` once it is no longer monitored or about to be closed.
  private let socket: Mutex<UInt?>

  init(to socket: UInt) {
    self.socket = Mutex(socket)
  }

  /// Ends the monitoring; the reader gets `.monitorStopped` as its last event.
  func stop() {
    socket.withLock { socket in
      guard let number = socket else { return }
      socket = nil
      // SAFETY: who closes the socket calls this first, so that it is open for as long as the lock is held with a number. libzmq:
      // the call may come from another thread than the socket's own; `monitor`, `stop_monitor` and whatever sends events take the
      // socket's `_monitor_sync`, and touch nothing else of it. It does not block, since the reader is there and has no high-water
      // mark. Its one error, ETERM, means that the socket has stopped the monitoring by itself.
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
