public import ZeroMQ

/// A worker for a Majordomo service (MDP/0.1): the Guide's mdwrkapi.
///
/// It exchanges heartbeats with the broker while it waits for requests, and connects anew when the broker asks for that or has gone
/// silent. A request that was received and not replied to when the worker dies is lost; the client asks again.
///
/// ```swift
/// let worker = try MajordomoWorker(in: context, broker: "tcp://127.0.0.1:5555", service: "echo")
/// while true {
///   let request = try worker.receive()
///   try worker.reply(request.body, to: request)
/// }
/// ```
///
/// A worker belongs to one task or thread, as its socket does.
public final class MajordomoWorker {
  /// A request, which keeps the way back to its client.
  public struct Request: Sendable {
    /// The frames of the request.
    public let body: Message
    fileprivate let envelope: Message
  }

  private let context: Context
  private let broker: String
  private let service: Frame
  private let interval: Duration
  private let reconnectDelay: Duration
  private let liveness: Int
  private let trace: ((String) -> Void)?
  private var socket: DealerSocket
  private var nextHeartbeat = ContinuousClock.now

  /// Creates a worker and registers it, as soon as a broker is there.
  ///
  /// - Parameters:
  ///   - context: The context for the worker's sockets.
  ///   - broker: The endpoint of the broker.
  ///   - service: The service's name.
  ///   - heartbeat: The time between two heartbeats.
  ///   - liveness: The number of such times after which a silent broker counts as dead.
  ///   - reconnectDelay: The time to wait before connecting again to a dead broker.
  ///   - trace: A function that is called with a line for each message.
  public init(
    in context: Context, broker: String, service: Frame, heartbeat: Duration = .milliseconds(2500), liveness: Int = 3,
    reconnectDelay: Duration = .milliseconds(2500), trace: ((String) -> Void)? = nil
  ) throws {
    self.context = context
    self.broker = broker
    self.service = service
    interval = heartbeat
    self.liveness = liveness
    self.reconnectDelay = reconnectDelay
    self.trace = trace
    socket = try context.socket(.dealer)
    try connect()
  }

  /// Returns the next request; blocks until there is one.
  ///
  /// - Throws: A `ZeroMQError`, such as `.contextTerminated`.
  @available(*, noasync, message: "blocks the current thread; call the async overload with 'try await'")
  public func receive() throws -> Request {
    var silentIntervals = 0
    while true {
      if let message = try socket.receive(timeout: interval) {
        silentIntervals = 0
        if let request = try handle(message) { return request }
      } else {
        silentIntervals += 1
      }
      if silentIntervals == liveness {
        trace?("W: disconnected from broker, retrying...")
        // A broker that speaks after all is not given up.
        if try socket.wait(for: .readable, timeout: reconnectDelay).isEmpty { try reconnect() }
        silentIntervals = 0
      }
      if let heartbeat = heartbeatIfDue() { try socket.send(heartbeat) }
    }
  }

  /// Returns the next request; suspends the task until there is one.
  ///
  /// - Throws: `CancellationError`; a `ZeroMQError`, such as `.contextTerminated`.
  public func receive() async throws -> Request {
    var silentIntervals = 0
    while true {
      if let message = try await socket.receive(timeout: interval) {
        silentIntervals = 0
        if let request = try handle(message) { return request }
      } else {
        silentIntervals += 1
      }
      if silentIntervals == liveness {
        trace?("W: disconnected from broker, retrying...")
        if try await socket.wait(for: .readable, timeout: reconnectDelay).isEmpty { try reconnect() }
        silentIntervals = 0
      }
      if let heartbeat = heartbeatIfDue() { try await socket.send(heartbeat) }
    }
  }

  /// Sends the reply to a request; blocks while the broker does not keep up.
  @available(*, noasync, message: "blocks the current thread; call the async overload with 'try await'")
  public func reply(_ body: Message, to request: Request) throws {
    try socket.send(message(.reply, request.envelope + body))
  }

  /// Sends the reply to a request; suspends the task while the broker does not keep up.
  public func reply(_ body: Message, to request: Request) async throws {
    try await socket.send(message(.reply, request.envelope + body))
  }

  /// The request in a message, if it has one; connects anew if the broker asks for that.
  private func handle(_ message: Message) throws -> Request? {
    trace?("I: received message from broker: \(message)")
    guard message.count >= 3, message[0].isEmpty, message[1] == MDP.worker else {
      trace?("E: invalid message: \(message)")
      return nil
    }
    switch MDP.Command(message[2]) {
    case .request where message.count >= 5 && message[4].isEmpty:
      return Request(body: Message(message[5...]), envelope: Message(message[3...4]))
    case .heartbeat: break
    case .disconnect: try reconnect()
    default: trace?("E: invalid message: \(message)")
    }
    return nil
  }

  private func reconnect() throws {
    socket.close()
    socket = try context.socket(.dealer)
    try connect()
  }

  private func connect() throws {
    trace?("I: connecting to broker at \(broker)...")
    try socket.set(.linger, to: .zero)
    try socket.connect(broker)
    _ = try socket.sendIfReady(message(.ready, [service]))  // A new connection has room for it.
    nextHeartbeat = .now + interval
  }

  private func heartbeatIfDue() -> Message? {
    guard nextHeartbeat <= .now else { return nil }
    nextHeartbeat = .now + interval
    return message(.heartbeat, [])
  }

  private func message(_ command: MDP.Command, _ rest: Message) -> Message {
    let message: Message = ["", MDP.worker, command.frame] + rest
    trace?("I: sending \(command) to broker: \(message)")
    return message
  }
}
