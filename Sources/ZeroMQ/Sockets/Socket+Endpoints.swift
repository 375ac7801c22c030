internal import CZeroMQ

extension Socket {
  /// Binds the socket to an endpoint, to accept connections there.
  ///
  /// Does not wait for connections. Binding to an ipc path takes it over from another socket that is bound to it, also of another
  /// process. So give each service a path of its own.
  ///
  /// The corresponding libzmq function is `zmq_bind`.
  ///
  /// - Parameter endpoint: The endpoint to bind to, such as `"tcp://*:5555"`, `"ipc:///tmp/feed"` or `"inproc://workers"`. For a
  ///   wildcard as the port (`"tcp://127.0.0.1:*"`) or the path (`"ipc://*"`), the system chooses one.
  /// - Returns: The endpoint as libzmq resolved it, for a peer's ``connect(_:)`` and for ``unbind(_:)``.
  /// - Throws: A ``ZeroMQError`` with one of these codes, and with the endpoint as its subject:
  ///   - `.addressInUse` if another socket is bound to the endpoint, or if an ipc path is that of a regular file.
  ///   - `.addressNotAvailable` if the address is not one of this machine's.
  ///   - `.noSuchDevice` if the address names no network interface of this machine.
  ///   - `.protocolNotSupported` if libzmq does not know the transport.
  ///   - `.incompatibleProtocol` if the socket type cannot use the transport.
  ///   - `.nameTooLong` if an ipc path is longer than the system allows.
  ///   - `.noSuchFileOrDirectory` if the directory of an ipc path does not exist.
  ///   - `.permissionDenied` if the process may not use the port or the path.
  ///   - `.invalidArgument` if the endpoint is malformed, or a number in it is out of range.
  ///   - `.operationInProgress` if an XPUB has a welcome message, and connections to the inproc name have ended before the bind.
  ///   - `.tooManyOpenFiles` if the process has no file descriptor left.
  ///   - `.notPermitted` in a child process made by `fork`, which must create its own context.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @discardableResult
  public func bind(_ endpoint: String) throws -> String {
    // libzmq: `zmq_bind` takes an inproc name of any length, and resolves nothing in it (4.3.4; socket_base.cpp).
    if endpoint.isInproc {
      try handle.withInprocNames("zmq_bind") { (names) throws(ZeroMQError) in try names.bind(handle, to: endpoint) }
      return endpoint
    }
    // libzmq: `zmq_bind` ends the process if it has no descriptor to look for a network interface (4.3.4; ip_resolver.cpp).
    try requireDescriptors(2, for: "zmq_bind", endpoint)
    try endpoint.refuseNumbersOutOfRange("zmq_bind")
    try endpoint.refuseRegularFile()
    try handle.bind(endpoint)
    handle.clearUsedFileDescriptor()
    return try handle.getString(CZeroMQ.ZMQ_LAST_ENDPOINT, "ZMQ_LAST_ENDPOINT")
  }

  /// Connects the socket to an endpoint, and again whenever the connection is lost.
  ///
  /// Does not wait for the connection. A host that does not exist, or a peer that has not bound yet, is not an error: libzmq tries
  /// again in the background.
  ///
  /// A connection to an inproc name that no socket has bound waits for a bind. While one waits, the context uses one more of its
  /// ``Context/Configuration/maximumSockets``. A socket with the option `conflate` cannot wait, since libzmq would lose its
  /// messages.
  ///
  /// Connecting twice to one endpoint creates no second connection of a SUB, DEALER, PUB or REQ. An XSUB then receives every
  /// message twice. One ``disconnect(_:)`` ends both connections.
  ///
  /// The corresponding libzmq function is `zmq_connect`.
  ///
  /// - Parameter endpoint: The endpoint to connect to, such as `"tcp://127.0.0.1:5555"`, `"ipc:///tmp/feed"` or
  ///   `"inproc://workers"`.
  /// - Throws: A ``ZeroMQError`` with one of these codes, and with the endpoint as its subject:
  ///   - `.connectionRefused` if the socket conflates and no socket has bound the inproc name.
  ///   - `.tooManyOpenFiles` if an inproc connection must wait, and the context has no socket left for that.
  ///   - `.protocolNotSupported` if libzmq does not know the transport.
  ///   - `.incompatibleProtocol` if the socket type cannot use the transport.
  ///   - `.nameTooLong` if an ipc path is longer than the system allows.
  ///   - `.invalidArgument` if the endpoint is malformed, or a number in it is out of range.
  ///   - `.addressExists` if the option `connectRoutingID` names a peer that the socket already has.
  ///   - `.wrongState` if the option `connectRoutingID` is set, and a message was sent without its last frame.
  ///   - `.noIOThread` if the context has no I/O thread.
  ///   - `.notPermitted` in a child process made by `fork`, which must create its own context.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func connect(_ endpoint: String) throws {
    try handle.refuseTakenRoutingID(for: endpoint)
    if endpoint.isInproc {
      try handle.withInprocNames("zmq_connect") { (names) throws(ZeroMQError) in try names.connect(handle, to: endpoint) }
    } else {
      try endpoint.refuseNumbersOutOfRange("zmq_connect")
      try handle.connect(endpoint)
    }
    handle.rememberAssignedRoutingID(for: endpoint)
    if handle.type == .req, !endpoint.isInproc { unsafe handle.tracked.requestEndpoints.append(endpoint) }
  }

  /// Stops accepting connections at an endpoint.
  ///
  /// The file of an ipc endpoint remains, unless the system chose its path.
  ///
  /// The corresponding libzmq function is `zmq_unbind`.
  ///
  /// - Parameter endpoint: The endpoint that ``bind(_:)`` returned, which has no wildcard.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.noSuchFileOrDirectory` if the socket is not bound to the endpoint.
  ///   - `.tooManyOpenFiles` if the process has no file descriptor left.
  ///   - `.invalidArgument` if the endpoint is malformed.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func unbind(_ endpoint: String) throws {
    if endpoint.hasPrefix("tcp://") { try requireDescriptors(2, for: "zmq_unbind", endpoint) }
    try handle.unbind(endpoint)
    if endpoint.isInproc { handle.context.inprocNames.withLock { $0.unbind(endpoint) } }
  }

  /// Ends the connections to an endpoint.
  ///
  /// Messages not yet sent there are kept for at most the time of the `linger` option. If that option is `nil`, they delay the
  /// termination of the context. The option takes effect only if it was set before this call.
  ///
  /// The corresponding libzmq function is `zmq_disconnect`.
  ///
  /// - Parameter endpoint: The endpoint that was passed to ``connect(_:)``.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.noSuchFileOrDirectory` if the socket is not connected to the endpoint.
  ///   - `.operationInProgress` if a ROUTER or REP and another socket wait for the same inproc name to be bound.
  ///   - `.tooManyOpenFiles` if the process has no file descriptor left, or the context no socket.
  ///   - `.invalidArgument` if the endpoint is malformed.
  ///   - `.notPermitted` in a child process made by `fork`, which must create its own context.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func disconnect(_ endpoint: String) throws {
    if endpoint.hasPrefix("tcp://") { try requireDescriptors(2, for: "zmq_disconnect", endpoint) }
    if endpoint.isInproc {
      try handle.withInprocNames("zmq_disconnect") { (names) throws(ZeroMQError) in try names.disconnect(handle, from: endpoint) }
    } else {
      try handle.disconnect(endpoint)
    }
    handle.releaseRoutingIDs(of: endpoint)
    unsafe handle.tracked.requestEndpoints.removeAll { $0 == endpoint }
  }
}
