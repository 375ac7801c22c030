/// The state that a monitored socket, its monitor, and their context share.
///
/// It ensures that the events are stopped once, and that their reader is closed once. libzmq's own threads send the events, and
/// wait until there is a reader. So the reader is closed only after the last event, or in a context that is shut down, in which no
/// event waits.
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

  /// Stops the events; the reader receives `.monitorStopped` as the last one.
  func stop() {
    if creator.isOther { return }
    state.withLock { state in
      if state.socket == 0 { return }
      // The socket is open until `socketCloses` returns, which waits for this lock. The call does not block, since the reader is
      // connected and has no high-water mark.
      SocketHandle.stopEvents(of: state.socket)
      state.socket = 0
    }
  }

  /// Hands the end of the events over to libzmq, which sends the last event when it closes the socket.
  func socketCloses() {
    state.withLock { state in
      state.isAwaitingEnd = state.socket != 0
      state.socket = 0
    }
  }

  /// Records that the last event has been received.
  func noteEnd() {
    state.withLock { $0.isAwaitingEnd = false }
  }

  /// A Boolean value that indicates whether the reading socket is open.
  var isReaderOpen: Bool { state.withLock { $0.reader != 0 } }

  /// Closes the reading socket for the owner of the monitor.
  ///
  /// If events are still to come, the context closes it later.
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

  /// Returns the reader for a context that is shut down, which closes it.
  ///
  /// While a call of the owner uses the reader, the owner closes it after the call.
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
  /// The readers without a monitor that wait for the last event of a closed socket.
  private var abandoned: [UInt] = []
  private var hasEnded = false

  mutating func add(_ link: MonitorLink) {
    removeFinished()
    links[ObjectIdentifier(link)] = link
  }

  mutating func remove(_ link: MonitorLink, _ reader: UInt, isAwaitingEnd: Bool) {
    links[ObjectIdentifier(link)] = nil
    guard reader != 0 else { return }
    if isAwaitingEnd && !hasEnded { abandoned.append(reader) } else { SocketHandle.close(reader) }
    removeFinished()
  }

  /// Closes all readers that no call uses, in a context that is shut down.
  ///
  /// The others are closed after the call.
  mutating func end() {
    hasEnded = true
    for reader in abandoned + links.values.map({ $0.takeReader() }) { SocketHandle.close(reader) }
    abandoned = []
    links = [:]
  }

  /// Closes the abandoned readers that have received their last event.
  private mutating func removeFinished() {
    abandoned.removeAll { reader in
      guard SocketHandle.hasEventsEnded(of: reader) else { return false }
      SocketHandle.close(reader)
      return true
    }
  }
}
