/// What a monitored socket, its monitor, and their context share: who may stop the events, and who closes their reader.
///
/// libzmq's own threads send the events, and wait until there is a reader. So the reader is closed only after the last event, or in a
/// context that is shut down, where no event waits.
final class MonitorLink: Sendable {
  private struct State {
    /// The monitored socket, as an integer; 0 once its events are stopped or it is closed.
    var socket: UInt
    /// The reading socket, as an integer; 0 once it is closed, or the context closes it.
    var reader: UInt
    /// A Boolean value that indicates whether the monitored socket was closed, and the last event is still to come.
    var isAwaitingEnd = false
    /// The number of calls of the monitor's owner that use the reader.
    var uses = 0
    /// A Boolean value that indicates whether the context ends.
    var isEnding = false
  }

  private let creator = Creator()
  private let state: Lock<State>

  init(to socket: UInt, reader: UInt) {
    state = Lock(State(socket: socket, reader: reader))
  }

  /// Ends the monitoring; the reader gets `.monitorStopped` as its last event.
  func stop() {
    if creator.isOther { return }
    state.withLock { state in
      guard let socket = unsafe UnsafeMutableRawPointer(bitPattern: state.socket) else { return }
      state.socket = 0
      // SAFETY: the pointer is the socket's. Closing the socket calls `socketCloses` first, and so waits until this is over: the
      // socket is open. The call does not block, since the reader is there and has no high-water mark.
      unsafe SocketHandle.stopEvents(of: socket)
    }
  }

  /// Leaves it to libzmq to stop the events after the last ones of a socket that is being closed.
  func socketCloses() {
    state.withLock { state in
      if state.socket != 0 { state.isAwaitingEnd = true }
      state.socket = 0
    }
  }

  /// Notes that the last event has been received.
  func noteEnd() {
    state.withLock { $0.isAwaitingEnd = false }
  }

  /// A Boolean value that indicates whether the reading socket is open.
  var isReaderOpen: Bool { state.withLock { $0.reader != 0 } }

  /// Closes the reading socket, or leaves it to the context if events are still to come; for the monitor's owner.
  func closeReader(in context: Context) {
    let (reader, isAwaitingEnd) = state.withLock { state in
      defer { state.reader = 0 }
      return (state.reader, state.isAwaitingEnd && !state.isEnding)
    }
    context.monitorReaders.withLock { $0.remove(self, reader, isAwaitingEnd: isAwaitingEnd) }
  }

  // MARK: Uses of the reader, between which the end of the context may close it

  func beginUse() throws(ZeroMQError) {
    let isGone = state.withLock { state in
      state.uses += 1
      return state.isEnding && state.reader == 0
    }
    if isGone { throw ZeroMQError(.contextTerminated, operation: "zmq_msg_recv", subject: "monitor") }
  }

  func endUse(in context: Context) {
    let mustClose = state.withLock { state in
      state.uses -= 1
      return state.isEnding && state.uses == 0 && state.reader != 0
    }
    if mustClose { closeReader(in: context) }
  }

  /// Closes the reader for a context that is shut down, or lets its owner do so after the call that uses it.
  ///
  /// - Returns: The reader to be closed; 0 if there is none.
  func takeReader() -> UInt {
    state.withLock { state in
      state.isEnding = true
      guard state.uses == 0 else { return 0 }
      defer { state.reader = 0 }
      return state.reader
    }
  }
}

/// The readers of a context's monitors.
struct MonitorReaders {
  private var links: [ObjectIdentifier: MonitorLink] = [:]
  /// Readers without a monitor that wait for the last event of a socket that is being closed.
  private var abandoned: [UInt] = []
  private var hasEnded = false

  mutating func add(_ link: MonitorLink) {
    sweep()
    links[ObjectIdentifier(link)] = link
  }

  mutating func remove(_ link: MonitorLink, _ reader: UInt, isAwaitingEnd: Bool) {
    links[ObjectIdentifier(link)] = nil
    guard reader != 0 else { return }
    if isAwaitingEnd && !hasEnded { abandoned.append(reader) } else { Self.close(reader) }
    sweep()
  }

  /// Closes all readers that no call uses, in a context that is shut down; the others are closed after the call.
  mutating func end() {
    hasEnded = true
    for reader in abandoned + links.values.map({ $0.takeReader() }) { Self.close(reader) }
    abandoned = []
    links = [:]
  }

  /// Closes the abandoned readers that have received their last event.
  private mutating func sweep() {
    abandoned.removeAll { reader in
      guard let socket = unsafe UnsafeMutableRawPointer(bitPattern: reader) else { return true }
      // SAFETY: the pointer is to an open socket that this object owns.
      guard unsafe SocketHandle.hasEventsEnded(of: socket) else { return false }
      Self.close(reader)
      return true
    }
  }

  private static func close(_ reader: UInt) {
    // SAFETY: the pointer is to an open socket that the caller owns and does not use any more.
    if let socket = unsafe UnsafeMutableRawPointer(bitPattern: reader) { unsafe SocketHandle.close(socket) }
  }
}

extension SocketHandle {
  /// Ends the reporting of events.
  func stopMonitor() {
    unsafe monitorLink?.stop()
    unsafe monitorLink = nil
  }
}
