/// Receives what happens to the connections of a socket, as events.
///
/// ```swift
/// let monitor = try socket.monitor()
/// try socket.connect("tcp://127.0.0.1:5555")
/// while let event = try monitor.receive(timeout: .seconds(1)) {
///   print(event)
/// }
/// ```
///
/// A monitor belongs to one task or thread at a time, which need not be that of its socket; it keeps neither that socket nor its
/// endpoints open. It stops when it is dropped, when ``stop()`` or ``close()`` is called on it or
/// ``Socket/stopMonitor()`` on the socket, and when the socket is closed: in any order, and without waiting for one another. Events
/// are kept until they are received, however many there are, so one that nobody reads for long should be closed.
///
/// While the process is out of file descriptors, libzmq reports `.acceptFailed` again and again, and the unread events grow; raise
/// the limit. The end of the context closes a monitor that no call uses; no monitor holds it up.
///
/// Connections over inproc have no events at all.
///
/// The corresponding libzmq function is `zmq_socket_monitor`.
public final class Monitor {
  /// Which events are reported.
  public let events: MonitorEvents

  /// How many connections are up, by the events received so far: those whose handshake was done, less those lost since.
  ///
  /// A connection that this side ended, as `disconnect` does, counts on. Those of a STREAM, which has no handshake, count at once;
  /// those with peers that speak ZMTP 2 or older never do. If a connection is lost while others are in their handshakes, libzmq may
  /// leave open which of them it was; then it counts as one that was up, so that none is counted that is not there. Needs the events
  /// `connections`.
  public var connectionCount: Int { tally.count }

  /// The end of the PAIR that receives.
  let reader: SocketHandle

  let link: MonitorLink
  private var tally: ConnectionTally
  private(set) var hasEnded = false

  /// What the event received last means for the connections.
  private(set) var change: ConnectionTally.Change?

  init(_ reader: SocketHandle, _ link: MonitorLink, _ events: MonitorEvents, of type: SocketType) {
    self.reader = reader
    self.link = link
    self.events = events.union(.monitorStopped)
    tally = ConnectionTally(withoutHandshakes: type == .stream)
  }

  deinit {
    // The reader, which a poller may still hold, goes only after this.
    link.stop()
  }

  /// Whether the monitor has been closed.
  public var isClosed: Bool { !link.isReaderOpen }

  /// Stops to report; events not yet received still can be, the last of which is `.monitorStopped`.
  ///
  /// Does not block, whatever the socket's owner is doing. The corresponding libzmq function is `zmq_socket_monitor`, without an
  /// endpoint.
  public func stop() {
    link.stop()
  }

  /// Stops to report, and drops the events not yet received; closing again does nothing.
  public func close() {
    link.stop()
    reader.close()
  }

  /// Receives the next event.
  ///
  /// Blocks while there is none.
  ///
  /// - Returns: the event.
  /// - Throws: `.notSocket` after `.monitorStopped`, the last event, and after ``close()``; `.interrupted` where the context is
  ///   configured so; `.contextTerminated`.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func receive() throws -> MonitorEvent {
    try beginUse()
    defer { link.endUse(in: reader.context) }
    return try decode(try reader.receive())
  }

  /// Receives the next event, if one is there.
  ///
  /// - Returns: the event; `nil` if there is none.
  /// - Throws: `.notSocket` after `.monitorStopped`, the last event, and after ``close()``; `.contextTerminated`.
  public func receiveIfReady() throws -> MonitorEvent? {
    try receive(.nonblocking)
  }

  /// Receives the next event, if one comes in time.
  ///
  /// Blocks for as long as the timeout says.
  ///
  /// - Parameter timeout: how long to wait.
  /// - Returns: the event; `nil` if none came.
  /// - Throws: `.notSocket` after `.monitorStopped`, the last event, and after ``close()``; `.interrupted` where the context is
  ///   configured so; `.contextTerminated`.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func receive(timeout: Duration) throws -> MonitorEvent? {
    try receive(.timeout(timeout))
  }

  private func receive(_ mode: SocketHandle.WaitMode) throws(ZeroMQError) -> MonitorEvent? {
    try beginUse()
    defer { link.endUse(in: reader.context) }
    guard let message = try reader.receive(mode) else { return nil }
    return try decode(message)
  }

  /// Keeps the reader open for a call, unless no event can come any more.
  func beginUse() throws(ZeroMQError) {
    if hasEnded { throw ZeroMQError(.notSocket, operation: "zmq_msg_recv", subject: "monitor") }
    do { try link.beginUse() } catch {
      link.endUse(in: reader.context)
      throw error
    }
  }

  func decode(_ message: Message) throws(ZeroMQError) -> MonitorEvent {
    guard let event = MonitorEvent(message) else {
      throw ZeroMQError(.protocolError, operation: "zmq_msg_recv", subject: "monitor event")
    }
    change = tally.record(event.kind)
    if event.kind == .monitorStopped {
      hasEnded = true
      link.noteEnd()
      close()
    }
    return event
  }
}

@available(*, unavailable, message: "a monitor is used by one task or thread at a time; give it away")
extension Monitor: Sendable {}

extension Monitor: CustomStringConvertible {
  /// Whether the monitor is open, and the number of connections that are up, such as `"monitor (open, 2 connections)"`.
  public var description: String {
    "monitor (\(isClosed ? "closed" : "open"), \(connectionCount) \(connectionCount == 1 ? "connection" : "connections"))"
  }
}
