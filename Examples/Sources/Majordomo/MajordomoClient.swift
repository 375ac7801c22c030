public import ZeroMQ

/// A client of Majordomo services (MDP/0.1), which asks again when no reply comes: the Guide's mdcliapi.
///
/// Each further try has a new socket: the protocol numbers no requests, and on the old socket a late reply could be taken for that to
/// a later request. A service may receive a request several times, so that it must be idempotent.
///
/// A client belongs to one task or thread, as its socket does.
public final class MajordomoClient {
  private let context: Context
  private let broker: String
  private let timeout: Duration
  private let tries: Int
  private let trace: ((String) -> Void)?
  private var socket: ReqSocket

  /// Creates a client and connects it, whether or not a broker is there.
  ///
  /// - Parameters:
  ///   - context: The context for the client's sockets.
  ///   - broker: The endpoint of the broker.
  ///   - timeout: The maximum time to wait for a reply in each try.
  ///   - tries: The number of times to send a request.
  ///   - trace: A function that is called with a line for each message.
  public init(
    in context: Context, broker: String, timeout: Duration = .milliseconds(2500), tries: Int = 3, trace: ((String) -> Void)? = nil
  ) throws {
    self.context = context
    self.broker = broker
    self.timeout = timeout
    self.tries = tries
    self.trace = trace
    socket = try Self.connect(to: broker, in: context)
  }

  /// Sends a request to a service and returns the reply; blocks for at most the timeout in each try.
  ///
  /// - Returns: The frames of the reply; `nil` if none came in any try.
  /// - Throws: ``MDP/Violation`` for a reply that is not one of this service; a `ZeroMQError`, such as `.contextTerminated`.
  @available(*, noasync, message: "blocks the current thread; call the async overload with 'try await'")
  public func request(_ service: Frame, _ body: Message) throws -> Message? {
    let request: Message = [MDP.client, service] + body
    for _ in 0..<tries {
      trace?("I: send request: \(request)")
      try socket.send(request)
      if let reply = try socket.receive(timeout: timeout) { return try contents(of: reply, from: service) }
      try reconnect()
    }
    return nil
  }

  /// Sends a request to a service and returns the reply; suspends the task for at most the timeout in each try.
  ///
  /// - Returns: The frames of the reply; `nil` if none came in any try.
  /// - Throws: `CancellationError`; ``MDP/Violation`` for a reply that is not one of this service; a `ZeroMQError`, such as
  ///   `.contextTerminated`.
  public func request(_ service: Frame, _ body: Message) async throws -> Message? {
    let request: Message = [MDP.client, service] + body
    for _ in 0..<tries {
      trace?("I: send request: \(request)")
      try await socket.send(request)
      if let reply = try await socket.receive(timeout: timeout) { return try contents(of: reply, from: service) }
      try reconnect()
    }
    return nil
  }

  private func contents(of reply: Message, from service: Frame) throws -> Message {
    trace?("I: received reply: \(reply)")
    guard reply.count >= 3, reply[0] == MDP.client, reply[1] == service else { throw MDP.Violation(message: reply) }
    return Message(reply[2...])
  }

  private func reconnect() throws {
    trace?("W: no reply, reconnecting to broker at \(broker)")
    socket.close()
    socket = try Self.connect(to: broker, in: context)
  }

  private static func connect(to broker: String, in context: Context) throws -> ReqSocket {
    let socket = try context.socket(.req)
    try socket.set(.linger, to: .zero)
    try socket.connect(broker)
    return socket
  }
}
