/// The inproc names that a context's sockets have bound, and those to which connections wait for a bind.
///
/// libzmq: `zmq_ctx_term` makes a socket for each connection that waits, and ends the process if it cannot. `zmq_bind` ends it for
/// a connection that has been closed if it conflates, or disconnected if it is a ROUTER's; and the socket of a connection that
/// waits is closed only after a bind (4.3.4; ctx.cpp). So a socket of ours binds each name before its last connection ends.
@safe
struct InprocNames {
  private struct Name {
    /// The socket that is bound, as an integer; 0 if none is.
    var binder: UInt = 0
    /// The sockets whose connections wait, once for each connection.
    var waiting: [UInt] = []
    /// A Boolean value that indicates whether connections wait that have ended.
    var hasEnded = false
    /// A Boolean value that indicates whether one of these may have messages that linger for a bind.
    var lingers = false
  }

  private var names: [String: Name] = [:]

  /// A PAIR that binds the names when the context ends, when it may be too late to create one.
  private var reserve: UnsafeMutableRawPointer?

  /// Notes that a socket has bound a name, so that no connection waits for it any more.
  mutating func bind(_ name: String, _ socket: UInt) {
    names[name] = Name(binder: socket)
  }

  /// Notes that a name has been unbound.
  mutating func unbind(_ name: String) {
    if names[name]?.binder != 0 { names[name] = nil }
  }

  /// Connects a socket to a name.
  ///
  /// - Parameters:
  ///   - conflates: whether the socket keeps the newest message only; libzmq then loses what it sends before a bind.
  ///   - connect: makes the connection.
  mutating func connect(
    _ name: String, _ socket: UInt, in context: Context, conflates: Bool, _ connect: () throws(ZeroMQError) -> Void
  ) throws(ZeroMQError) {
    let mustWait = names[name].map { $0.binder == 0 } ?? true
    if mustWait {
      if conflates { throw ZeroMQError(.connectionRefused, operation: "zmq_connect", subject: name) }
      if unsafe reserve == nil { unsafe reserve = try makeReserve(in: context) }
    }
    try connect()
    if mustWait { names[name, default: Name()].waiting.append(socket) }
  }

  /// Ends a socket's connections to a name.
  ///
  /// - Parameters:
  ///   - isRouter: whether libzmq would end the process if the connection still waited afterwards.
  ///   - lingers: whether messages wait for a bind.
  ///   - disconnect: ends the connections.
  mutating func disconnect(
    _ name: String, _ socket: UInt, in context: Context, isRouter: Bool, lingers: Bool,
    _ disconnect: () throws(ZeroMQError) -> Void
  ) throws(ZeroMQError) {
    guard let waiting = names[name]?.waiting, waiting.contains(socket) else { return try disconnect() }
    let isLast = waiting.allSatisfy { $0 == socket }
    if isRouter, !isLast { throw ZeroMQError(.operationInProgress, operation: "zmq_disconnect", subject: name) }
    let binder = isLast && (isRouter || !lingers) ? unsafe makeBinder(in: context) : nil
    if isRouter, unsafe binder == nil { throw ZeroMQError(.tooManyOpenFiles, operation: "zmq_disconnect", subject: name) }
    if let binder = unsafe binder { unsafe Self.bind(binder, [name]) }
    defer { if let binder = unsafe binder { unsafe Self.unbind(binder, [name]) } }
    try disconnect()
    end(name, socket, lingers)
    if unsafe binder != nil { names[name] = nil }
  }

  private mutating func end(_ name: String, _ socket: UInt, _ lingers: Bool) {
    guard var entry = names[name] else { return }
    entry.waiting.removeAll { $0 == socket }
    entry.hasEnded = true
    entry.lingers = entry.lingers || lingers
    names[name] = entry
  }

  /// Returns a Boolean value that indicates whether connections that have ended still wait for a name to be bound.
  func hasEndedConnections(to name: String) -> Bool { names[name]?.hasEnded ?? false }

  /// Ends what a socket has bound and connected, and closes it; its messages wait for a bind if it lingers.
  mutating func close(_ socket: UInt, in context: Context, lingers: Bool, _ close: () -> Void) {
    for (name, entry) in names {
      if entry.binder == socket {
        names[name] = nil
      } else if entry.waiting.contains(socket) {
        end(name, socket, lingers)
      }
    }
    let ended = names.filter { $0.value.hasEnded && !$0.value.lingers && $0.value.waiting.isEmpty }.map(\.key)
    // Without a socket to bind them the names are left for the next time.
    guard !ended.isEmpty, let binder = unsafe makeBinder(in: context) else { return close() }
    unsafe Self.bind(binder, ended)
    close()
    unsafe Self.unbind(binder, ended)
    for name in ended { names[name] = nil }
  }

  /// Lets no connection wait any more, since the context ends.
  mutating func end() {
    guard let binder = unsafe reserve else { return }
    unsafe Self.bind(binder, names.filter { $0.value.binder == 0 }.map(\.key))
    unsafe SocketHandle.close(binder)
    unsafe reserve = nil
    names = [:]
  }

  /// Creates the PAIR for the end of the context.
  ///
  /// libzmq: a PAIR that has a peer ends each further connection before its socket learns that it is there (4.3.4; pair.cpp). So it
  /// is its own peer, and a send that is blocked at the high-water mark does not find room when the context ends.
  private func makeReserve(in context: Context) throws(ZeroMQError) -> UnsafeMutableRawPointer {
    let made = unsafe try context.makeSocket(.pair)
    context.removeSocket()
    let name = "inproc://swift-zeromq.reserve.\(UInt(bitPattern: made))"
    unsafe SocketHandle.bind(made, to: name)
    unsafe SocketHandle.connect(made, to: name)
    return unsafe made
  }

  /// Creates a socket to bind names; takes the reserve if there is no room for one, and all other names are bound.
  private mutating func makeBinder(in context: Context) -> UnsafeMutableRawPointer? {
    if let made = unsafe try? context.makeSocket(.pair) {
      context.removeSocket()
      return unsafe made
    }
    guard names.values.count(where: { $0.binder == 0 }) == 1 else { return nil }
    defer { unsafe reserve = nil }
    return unsafe reserve
  }

  private static func bind(_ binder: UnsafeMutableRawPointer, _ names: [String]) {
    for name in names { unsafe SocketHandle.bind(binder, to: name) }
  }

  /// Frees the names for other sockets, which closing alone does some time later, and closes the socket.
  private static func unbind(_ binder: UnsafeMutableRawPointer, _ names: [String]) {
    for name in names { unsafe SocketHandle.unbind(binder, from: name) }
    unsafe SocketHandle.close(binder)
  }
}
