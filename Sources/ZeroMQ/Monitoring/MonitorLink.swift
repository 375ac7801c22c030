internal import Synchronization

/// What a monitored socket and its monitor have in common: how to stop the monitoring, from either side and once.
///
/// libzmq's own threads send the events, and wait until there is a reader. So the monitoring ends before either side goes: a reader
/// that closed first would block those threads, and with them every socket of the context.
final class MonitorLink: Sendable {
  /// The monitored socket, as a number; 0 once it is no longer monitored or about to be closed.
  private let socket: Atomic<UInt>

  private let creator = Creator()

  /// Lets whoever comes second wait until the first has stopped it.
  private let stopping = Mutex(())

  init(to socket: UInt) {
    self.socket = Atomic(socket)
  }

  /// Ends the monitoring; the reader gets `.monitorStopped` as its last event.
  func stop() {
    if creator.isOther { return }
    stopping.withLock { _ in
      let number = socket.exchange(0, ordering: .acquiringAndReleasing)
      if number == 0 { return }
      // SAFETY: the pointer is the socket's. Closing the socket calls this first, and so waits until this is over: the socket is open.
      // It does not block, since the reader is there and has no high-water mark.
      unsafe SocketHandle.stopEvents(of: UnsafeMutableRawPointer(bitPattern: number))
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
