/// Receives the events of a socket's connections.
///
/// ```swift
/// let monitor = try socket.monitor()
/// try socket.connect("tcp://127.0.0.1:5555")
/// while let event = try monitor.receive(timeout: .seconds(1)) {
///   print(event)
/// }
/// ```
///
/// A monitor belongs to one task or thread at a time, which can differ from that of its socket. It keeps neither the socket nor its
/// endpoints open. Connections over inproc have no events.
///
/// A monitor stops in each of these cases, in any order and without waiting:
/// - Its last reference is released, or ``stop()`` or ``close()`` is called.
/// - ``Socket/stopMonitor()`` is called on the socket.
/// - The socket is closed.
/// - The context is shut down, and no call uses the monitor. So no monitor delays the end of its context.
///
/// Events are kept until they are received, without a limit, so close a monitor that you do not read. While the process is out of
/// file descriptors, libzmq reports `.acceptFailed` again and again, and the unread events grow. Raise the limit of descriptors.
///
/// The corresponding libzmq function is `zmq_socket_monitor`.
public final class Monitor: CustomStringConvertible {
  /// The events that the monitor reports.
  public let events: MonitorEvents

  /// The number of connections that are up, by the events received so far.
  ///
  /// It counts the connections whose handshake succeeded, less those lost since. It requires the events `connections`.
  ///
  /// - A connection that this side closes, for example with `disconnect(_:)`, is still counted.
  /// - A connection of a STREAM, which has no handshake, is counted immediately.
  /// - A connection to a peer that speaks ZMTP 2 or older is never counted.
  /// - If libzmq does not report which of several new connections was lost, one that was up is subtracted. So the count never
  ///   includes a connection that does not exist.
  public var connectionCount: Int { tally.count }

  /// The receiving PAIR socket.
  let reader: SocketHandle

  let link: MonitorLink
  private var tally: ConnectionTally
  private(set) var hasEnded = false

  /// The meaning of the last event for the connections.
  private(set) var change: ConnectionTally.Change?

  init(_ reader: SocketHandle, _ link: MonitorLink, _ events: MonitorEvents, of type: SocketType) {
    self.reader = reader
    self.link = link
    self.events = events.union(.monitorStopped)
    tally = ConnectionTally(isWithoutHandshakes: type == .stream)
  }

  deinit {
    // Stops the events before the reader is closed. A poller can still retain the reader.
    link.stop()
  }

  /// A Boolean value that indicates whether the monitor is closed.
  public var isClosed: Bool { !link.isReaderOpen }

  /// Stops reporting events.
  ///
  /// Events that were reported before can still be received; the last one is `.monitorStopped`. The call does not block, even if
  /// the socket is in use.
  ///
  /// The corresponding libzmq function is `zmq_socket_monitor`, without an endpoint.
  public func stop() {
    link.stop()
  }

  /// Stops reporting events, and drops those not yet received.
  ///
  /// Closing again has no effect.
  public func close() {
    link.stop()
    reader.close()
  }

  /// Receives the next event.
  ///
  /// Blocks the current thread until an event arrives.
  ///
  /// - Returns: The event.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the monitor is closed, or `.monitorStopped` was received.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func receive() throws -> MonitorEvent {
    guard let event = try receive(.blocking) else { preconditionFailure("a blocking receive returned without an event") }
    return event
  }

  /// Receives the next event, without waiting.
  ///
  /// - Returns: The event, or `nil` if none has arrived.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the monitor is closed, or `.monitorStopped` was received.
  public func receiveIfReady() throws -> MonitorEvent? {
    try receive(.nonblocking)
  }

  /// Receives the next event, waiting at most the given time.
  ///
  /// Blocks the current thread for at most `timeout`.
  ///
  /// - Parameter timeout: The maximum time to wait; zero does not wait.
  /// - Returns: The event, or `nil` if none arrived in time.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the monitor is closed, or `.monitorStopped` was received.
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

  /// Keeps the reader open for a call.
  ///
  /// It throws if no event can arrive any more.
  func beginUse() throws(ZeroMQError) {
    if hasEnded { throw ZeroMQError(.notSocket, operation: "zmq_msg_recv", subject: "monitor") }
    try link.beginUse()
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

  /// The state of the monitor and the number of connections that are up.
  ///
  /// For example: `"monitor (open, 2 connections)"`.
  public var description: String {
    "monitor (\(isClosed ? "closed" : "open"), \(connectionCount) \(connectionCount == 1 ? "connection" : "connections"))"
  }
}

@available(
  *, unavailable, message: "a monitor cannot be shared between tasks or threads; create it where it is used, or transfer it"
)
extension Monitor: Sendable {}
