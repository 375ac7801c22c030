public import ZeroMQ

/// One of a pair of servers, of which only one serves at a time, as a reactor: the Guide's bstar.
///
/// ```swift
/// let star = try BinaryStar(.primary, in: context, publishingAt: "tcp://*:5003", peer: "tcp://127.0.0.1:5004")
/// star.serve(router) { try router.send(router.receive()) }
/// try star.run()
/// ```
///
/// The pair survives the loss of one server; requests that the lost one had, and all that it knew, are lost with it. Clients must try
/// both servers in turn, and ask again. A server belongs to one task or thread, as its sockets do.
public final class BinaryStar {
  /// The loop, to which an application may add sockets and timers of its own.
  public let reactor = Reactor()

  /// The server's state.
  public private(set) var state: BinaryStarState

  /// A function that is called after each change of the state.
  public var onChange: ((BinaryStarState.State) throws -> Void)?

  private let publisher: PubSocket
  private let subscriber: SubSocket

  /// Creates a server, which does nothing before ``run()``.
  ///
  /// - Parameters:
  ///   - role: The server's part.
  ///   - context: The context for its sockets.
  ///   - endpoint: The endpoint at which it publishes its state.
  ///   - peer: The endpoint at which its peer does.
  ///   - heartbeat: The time between two such messages.
  public init(
    _ role: BinaryStarState.Role, in context: Context, publishingAt endpoint: String, peer: String,
    heartbeat: Duration = .seconds(1)
  ) throws {
    state = BinaryStarState(role, heartbeat: heartbeat)
    publisher = try context.socket(.pub)
    try publisher.bind(endpoint)
    subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "")
    try subscriber.connect(peer)

    reactor.schedule(after: heartbeat, repeating: true) { [unowned self] _ in
      try publisher.send("\(state.state.rawValue)")
    }
    reactor.add(subscriber) { [unowned self] _ in
      guard let peer = Int("\(try subscriber.receive())").flatMap(BinaryStarState.State.init) else { return }
      if try state.receive(peer) { try onChange?(state.state) }
    }
  }

  /// Serves clients while the server is the active one; drops their messages while it is not.
  ///
  /// - Parameters:
  ///   - socket: The clients' socket, whose messages are the votes for this server.
  ///   - handler: A function that receives a message of the socket and acts on it.
  public func serve(_ socket: Socket<some ReceivingKind>, by handler: @escaping () throws -> Void) {
    reactor.add(socket) { [unowned self] _ in
      let previous = state.state
      let mayServe = state.mayServe()
      if state.state != previous { try onChange?(state.state) }
      if mayServe { try handler() } else { _ = try socket.receive() }
    }
  }

  /// Runs the reactor.
  ///
  /// - Throws: ``BinaryStarState/Fault`` if both servers are active or passive; an error of a handler; a `ZeroMQError`, such as
  ///   `.contextTerminated`.
  public func run() throws {
    try reactor.run()
  }
}
