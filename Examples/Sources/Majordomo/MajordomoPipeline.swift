public import ZeroMQ

/// A client of Majordomo services (MDP/0.1) that sends any number of requests before it receives a reply: the Guide's mdcliapi2.
///
/// It does not ask again: a request whose worker or broker dies has no reply. Replies of different workers come in any order, and
/// the protocol does not tell to which request one belongs; where that matters, put a number into the body.
///
/// A client belongs to one task or thread, as its socket does.
public final class MajordomoPipeline {
  private let socket: DealerSocket
  private let trace: ((String) -> Void)?

  /// Creates a client and connects it, whether or not a broker is there.
  ///
  /// - Parameters:
  ///   - context: The context for the client's socket.
  ///   - broker: The endpoint of the broker.
  ///   - trace: A function that is called with a line for each message.
  public init(in context: Context, broker: String, trace: ((String) -> Void)? = nil) throws {
    self.trace = trace
    socket = try context.socket(.dealer)
    try socket.set(.linger, to: .zero)
    // The broker's ROUTER drops what a full client cannot take: replies must find room here while the client still sends.
    try socket.set(.receiveHighWaterMark, to: 0)
    try socket.connect(broker)
  }

  /// Sends a request to a service; blocks while the broker does not keep up.
  public func send(_ body: Message, to service: Frame) throws {
    // A DEALER has to put the empty frame there that a REQ adds by itself.
    let request: Message = ["", MDP.client, service] + body
    trace?("I: send request: \(request)")
    try socket.send(request)
  }

  /// Returns the next reply of any service; blocks for at most `timeout`.
  ///
  /// - Returns: The service and the frames of its reply; `nil` if none came in time.
  /// - Throws: ``MDP/Violation`` for a message that is no reply; a `ZeroMQError`, such as `.contextTerminated`.
  public func receive(timeout: Duration) throws -> (service: Frame, body: Message)? {
    guard let reply = try socket.receive(timeout: timeout) else { return nil }
    trace?("I: received reply: \(reply)")
    guard reply.count >= 4, reply[0].isEmpty, reply[1] == MDP.client else { throw MDP.Violation(message: reply) }
    return (reply[2], Message(reply[3...]))
  }
}
