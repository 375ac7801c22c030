internal import CZeroMQ

extension Socket {
  /// Accepts connections at an endpoint.
  ///
  /// Binding an ipc path deletes the file that is there, and takes the endpoint over from a process that is bound to it. So keep
  /// ipc files in a directory of their own.
  ///
  /// The corresponding libzmq function is `zmq_bind`.
  ///
  /// - Parameter endpoint: where, such as `"tcp://*:5555"`, `"ipc:///tmp/feed"` or `"inproc://workers"`; with a wildcard for the
  ///   port (`"tcp://127.0.0.1:*"`) or path (`"ipc://*"`) the system chooses one.
  /// - Returns: the endpoint as libzmq resolved it, to connect to and to ``unbind(_:)``.
  /// - Throws: `.addressInUse`, `.addressNotAvailable`, `.noSuchDevice`, `.protocolNotSupported`, `.incompatibleProtocol`,
  ///   `.nameTooLong`, `.noSuchFileOrDirectory`, `.permissionDenied` or `.invalidArgument`, each with the endpoint;
  ///   `.contextTerminated`; `.notSocket` after ``close()``.
  @discardableResult
  public func bind(_ endpoint: String) throws -> String {
    // libzmq: an inproc name has no limit of length, and nothing in it to resolve.
    if endpoint.isInproc {
      try handle.bindInproc(endpoint)
      return endpoint
    }
    // libzmq: looking for a network interface ends the process if there is no descriptor for it (4.3.4; ip_resolver.cpp).
    try Descriptors.require(2, for: "zmq_bind", endpoint)
    try endpoint.refuseNumbersOutOfRange("zmq_bind")
    try handle.bind(endpoint)
    handle.forgetUsedFileDescriptor()
    return try handle.getString(CZeroMQ.ZMQ_LAST_ENDPOINT, "ZMQ_LAST_ENDPOINT")
  }

  /// Connects to an endpoint, now or as soon as somebody is there; and again whenever the connection is lost.
  ///
  /// Returns at once, and promises nothing about who is there: a host that does not exist is not an error. The corresponding libzmq
  /// function is `zmq_connect`.
  ///
  /// A connection to an inproc name that no socket has bound waits for a bind, and while one waits, the context uses one more of its
  /// ``Context/Configuration/maximumSockets``. A socket with the option `conflate` cannot wait, since libzmq would lose its messages.
  ///
  /// Connecting twice to one endpoint makes no second connection of a SUB, DEALER, PUB or REQ. An XSUB then receives every message
  /// twice. One ``disconnect(_:)`` ends both connections.
  ///
  /// - Parameter endpoint: where, such as `"tcp://127.0.0.1:5555"`, `"ipc:///tmp/feed"` or `"inproc://workers"`.
  /// - Throws: `.connectionRefused` if the socket conflates and no socket has bound the inproc name; `.tooManyOpenFiles` if the
  ///   connection must wait and the context has no socket left for that; `.protocolNotSupported`, `.incompatibleProtocol`,
  ///   `.nameTooLong` or `.invalidArgument`, each with the endpoint;
  ///   `.addressExists` if the option `connectRoutingID` names a peer that the socket already has; `.noIOThread`;
  ///   `.contextTerminated`; `.notSocket` after ``close()``.
  public func connect(_ endpoint: String) throws {
    try handle.refuseTakenRoutingID(for: endpoint)
    if endpoint.isInproc {
      try handle.connectInproc(endpoint)
    } else {
      try endpoint.refuseNumbersOutOfRange("zmq_connect")
      try handle.connect(endpoint)
    }
    handle.rememberAssignedRoutingID(for: endpoint)
    if handle.type == .req, !endpoint.isInproc { unsafe handle.tracked.requestEndpoints.append(endpoint) }
  }

  /// Stops accepting connections at an endpoint.
  ///
  /// The file of an ipc endpoint remains, except for a wildcard's.
  ///
  /// The corresponding libzmq function is `zmq_unbind`.
  ///
  /// - Parameter endpoint: what ``bind(_:)`` returned.
  /// - Throws: `.noSuchFileOrDirectory` if the socket is not bound there, also for a wildcard that was passed to ``bind(_:)``;
  ///   `.invalidArgument`; `.contextTerminated`; `.notSocket` after ``close()``.
  public func unbind(_ endpoint: String) throws {
    if endpoint.hasPrefix("tcp://") { try Descriptors.require(2, for: "zmq_unbind", endpoint) }
    try handle.unbind(endpoint)
    if endpoint.isInproc { handle.context.inprocNames.withLock { $0.unbind(endpoint) } }
  }

  /// Ends the connection to an endpoint; messages waiting to be sent there are kept for as long as `linger` says.
  ///
  /// Messages for the endpoint still hold up the end of the context if `linger` is `nil`; that option acts only if it is set
  /// before.
  ///
  /// The corresponding libzmq function is `zmq_disconnect`.
  ///
  /// - Parameter endpoint: what was passed to ``connect(_:)``.
  /// - Throws: `.noSuchFileOrDirectory` if the socket is not connected there; `.operationInProgress` if a ROUTER or REP and another
  ///   socket wait for the same inproc name to be bound; `.tooManyOpenFiles`; `.invalidArgument`; `.contextTerminated`;
  ///   `.notSocket` after ``close()``.
  public func disconnect(_ endpoint: String) throws {
    if endpoint.hasPrefix("tcp://") { try Descriptors.require(2, for: "zmq_disconnect", endpoint) }
    if endpoint.isInproc { try handle.disconnectInproc(endpoint) } else { try handle.disconnect(endpoint) }
    handle.releaseRoutingIDs(of: endpoint)
    unsafe handle.tracked.requestEndpoints.removeAll { $0 == endpoint }
  }
}
