internal import CZeroMQ

extension SocketHandle {
  func bindInproc(_ name: String) throws(ZeroMQError) {
    try context.refuseInChild("zmq_bind")
    unsafe tracked.usesInproc = true
    // libzmq: a server that asks a socket of another type ends the process (4.3.4; session_base.cpp).
    if name == ZAP.endpoint, type != .router, type != .rep {
      throw ZeroMQError(.incompatibleProtocol, operation: "zmq_bind", subject: name)
    }
    try context.inprocNames.withLock { (names) throws(ZeroMQError) in
      // libzmq: a welcome message that cannot be written to a connection that has ended does so, too (4.3.4; xpub.cpp).
      if unsafe tracked.hasWelcomeMessage && names.hasEndedConnections(to: name) {
        throw ZeroMQError(.operationInProgress, operation: "zmq_bind", subject: name)
      }
      try bind(name)
      names.bind(name, unsafe UInt(bitPattern: openSocket))
    }
  }

  func connectInproc(_ name: String) throws(ZeroMQError) {
    try context.refuseInChild("zmq_connect")
    unsafe tracked.usesInproc = true
    let conflates = conflatingTypes.contains(type) ? try number(ZMQ_CONFLATE, "ZMQ_CONFLATE") != 0 : false
    try context.inprocNames.withLock { (names) throws(ZeroMQError) in
      let socket = unsafe UInt(bitPattern: openSocket)
      try names.connect(name, socket, in: context, conflates: conflates) { () throws(ZeroMQError) in try connect(name) }
    }
  }

  func disconnectInproc(_ name: String) throws(ZeroMQError) {
    try context.refuseInChild("zmq_disconnect")
    try context.inprocNames.withLock { (names) throws(ZeroMQError) in
      let (socket, isRouter) = (unsafe UInt(bitPattern: openSocket), type == .router || type == .rep)
      try names.disconnect(name, socket, in: context, isRouter: isRouter, lingers: lingers) { () throws(ZeroMQError) in
        try disconnect(name)
      }
    }
  }

  /// A Boolean value that indicates whether messages of the socket may wait to be sent after it is closed.
  var lingers: Bool {
    guard type != .pull, type != .sub else { return false }
    return (try? number(ZMQ_LINGER, "ZMQ_LINGER")) ?? 0 != 0
  }

  /// The types for which libzmq heeds the option CONFLATE.
  private var conflatingTypes: [SocketType] { [.dealer, .push, .pull, .pub, .sub] }
}
