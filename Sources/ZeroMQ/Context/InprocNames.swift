/// The inproc names that a context's sockets have bound, and the names to which connections wait for a bind.
///
/// libzmq: `zmq_ctx_term` creates a socket for each connection that waits, and ends the process if it cannot. `zmq_bind` ends the
/// process for a waiting connection of a conflating socket that was closed, or of a ROUTER that was disconnected. A closed socket
/// with such a connection is released only after a bind (4.3.4; ctx.cpp).
///
/// So the library binds a socket of its own to each name before the last connection to the name ends.
struct InprocNames {
  private struct Name {
    /// The address of the socket that is bound to the name; 0 for none.
    var binder: UInt = 0
    /// The addresses of the sockets whose connections wait, once for each connection.
    var waiting: [UInt] = []
    /// A Boolean value that indicates whether ended connections still wait for a bind.
    var hasEnded = false
    /// A Boolean value that indicates whether an ended connection may have messages that linger for a bind.
    var lingers = false
  }

  private var names: [String: Name] = [:]

  /// The address of a PAIR that is bound to the names when the context is shut down, when libzmq may be unable to create a socket;
  /// 0 for none.
  private var reserve: UInt = 0

  /// Binds a socket to a name, so that no further connection to it waits.
  mutating func bind(_ socket: SocketHandle, to name: String) throws(ZeroMQError) {
    // libzmq: a server ends the process if its authenticator's socket has another type (4.3.4; session_base.cpp).
    if name == ZAP.endpoint, socket.type != .router, socket.type != .rep {
      throw ZeroMQError(.incompatibleProtocol, operation: "zmq_bind", subject: name)
    }
    // libzmq: an XPUB ends the process if it cannot write its welcome message to a connection that has ended (4.3.4; xpub.cpp).
    if unsafe socket.tracked.hasWelcomeMessage, names[name]?.hasEnded ?? false {
      throw ZeroMQError(.operationInProgress, operation: "zmq_bind", subject: name)
    }
    try socket.bind(name)
    names[name] = Name(binder: socket.address)
  }

  /// Notes that a name has been unbound.
  mutating func unbind(_ name: String) {
    if names[name]?.binder != 0 { names[name] = nil }
  }

  /// Connects a socket to a name; the connection waits if no socket is bound to the name.
  mutating func connect(_ socket: SocketHandle, to name: String) throws(ZeroMQError) {
    let mustWait = names[name].map { $0.binder == 0 } ?? true
    if mustWait {
      // libzmq: a conflating socket loses the messages that it sends before a bind (4.3.4; ctx.cpp).
      if try socket.conflates() { throw ZeroMQError(.connectionRefused, operation: "zmq_connect", subject: name) }
      if reserve == 0 { reserve = try makeReserve(in: socket.context) }
    }
    try socket.connect(name)
    if mustWait { names[name, default: Name()].waiting.append(socket.address) }
  }

  /// Ends a socket's connections to a name.
  mutating func disconnect(_ socket: SocketHandle, from name: String) throws(ZeroMQError) {
    guard let waiting = names[name]?.waiting, waiting.contains(socket.address) else { return try socket.disconnect(name) }
    let (isLast, isRouter) = (waiting.allSatisfy { $0 == socket.address }, socket.type == .router || socket.type == .rep)
    if isRouter, !isLast { throw ZeroMQError(.operationInProgress, operation: "zmq_disconnect", subject: name) }
    let lingers = socket.lingers
    let binder = isLast && (isRouter || !lingers) ? makeBinder(in: socket.context) : 0
    if isRouter, binder == 0 { throw ZeroMQError(.tooManyOpenFiles, operation: "zmq_disconnect", subject: name) }
    if binder != 0 { SocketHandle.bind(binder, to: [name]) }
    defer { if binder != 0 { SocketHandle.unbindAndClose(binder, from: [name]) } }
    try socket.disconnect(name)
    end(name, socket.address, lingers)
    if binder != 0 { names[name] = nil }
  }

  /// Notes that a socket's connections to a name have ended.
  private mutating func end(_ name: String, _ socket: UInt, _ lingers: Bool) {
    names[name]?.waiting.removeAll { $0 == socket }
    names[name]?.hasEnded = true
    if lingers { names[name]?.lingers = true }
  }

  /// Closes a socket, which ends its bindings and connections.
  ///
  /// - Parameters:
  ///   - socket: The address of the socket.
  ///   - context: The context.
  ///   - lingers: A Boolean value that indicates whether the socket's messages wait for a bind.
  mutating func close(_ socket: UInt, in context: Context, lingers: Bool) {
    for (name, entry) in names {
      if entry.binder == socket {
        names[name] = nil
      } else if entry.waiting.contains(socket) {
        end(name, socket, lingers)
      }
    }
    let ended = names.filter { $0.value.hasEnded && !$0.value.lingers && $0.value.waiting.isEmpty }.map(\.key)
    let binder = ended.isEmpty ? 0 : makeBinder(in: context)
    // If there is no socket to bind to the names, the next call binds it.
    guard binder != 0 else { return SocketHandle.close(socket) }
    SocketHandle.bind(binder, to: ended)
    SocketHandle.close(socket)
    SocketHandle.unbindAndClose(binder, from: ended)
    for name in ended { names[name] = nil }
  }

  /// Binds all names to which connections wait, since the context is shut down.
  mutating func end() {
    if reserve == 0 { return }
    SocketHandle.bind(reserve, to: names.filter { $0.value.binder == 0 }.map(\.key))
    SocketHandle.close(reserve)
    reserve = 0
    names = [:]
  }

  /// Returns a new PAIR for the shutdown of the context.
  ///
  /// libzmq: a PAIR that has a peer ends each further connection before the connecting socket notices it (4.3.4; pair.cpp). So the
  /// PAIR is its own peer, and a send that is blocked at the high-water mark does not find room when the context is shut down.
  private func makeReserve(in context: Context) throws(ZeroMQError) -> UInt {
    let made = try context.makeSocket(.pair)
    let name = "inproc://swift-zeromq.reserve.\(made)"
    SocketHandle.bind(made, to: [name])
    SocketHandle.connect(made, to: name)
    return made
  }

  /// Returns the address of a socket to bind to names, which the caller closes; 0 if there is none.
  ///
  /// If the context has no socket left, returns the reserve, provided that only one name is unbound.
  private mutating func makeBinder(in context: Context) -> UInt {
    if let made = try? context.makeSocket(.pair) { return made }
    guard names.values.count(where: { $0.binder == 0 }) == 1 else { return 0 }
    defer { reserve = 0 }
    return reserve
  }
}
