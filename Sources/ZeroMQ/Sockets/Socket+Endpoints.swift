internal import CZeroMQ

extension Socket {
  /// Accepts connections at an endpoint.
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
    try handle.bind(endpoint)
    handle.forgetUsedFileDescriptor()
    // libzmq: an inproc name has no limit of length, and nothing in it to resolve.
    if endpoint.hasPrefix("inproc://") { return endpoint }
    return try handle.getString(CZeroMQ.ZMQ_LAST_ENDPOINT, "ZMQ_LAST_ENDPOINT")
  }

  /// Connects to an endpoint, now or as soon as somebody is there; and again whenever the connection is lost.
  ///
  /// Returns at once, and promises nothing about who is there: a host that does not exist is not an error. The corresponding libzmq
  /// function is `zmq_connect`.
  ///
  /// - Parameter endpoint: where, such as `"tcp://127.0.0.1:5555"`, `"ipc:///tmp/feed"` or `"inproc://workers"`.
  /// - Throws: `.protocolNotSupported`, `.incompatibleProtocol`, `.nameTooLong` or `.invalidArgument`, each with the endpoint;
  ///   `.addressExists` if the option `connectRoutingID` names a peer that the socket already has; `.noIOThread`;
  ///   `.contextTerminated`; `.notSocket` after ``close()``.
  public func connect(_ endpoint: String) throws {
    try handle.refuseTakenRoutingID(for: endpoint)
    try handle.connect(endpoint)
    handle.rememberAssignedRoutingID()
  }

  /// Stops accepting connections at an endpoint.
  ///
  /// The corresponding libzmq function is `zmq_unbind`.
  ///
  /// - Parameter endpoint: what ``bind(_:)`` returned.
  /// - Throws: `.noSuchFileOrDirectory` if the socket is not bound there, also for a wildcard that was passed to ``bind(_:)``;
  ///   `.invalidArgument`; `.contextTerminated`; `.notSocket` after ``close()``.
  public func unbind(_ endpoint: String) throws {
    try handle.unbind(endpoint)
  }

  /// Ends the connection to an endpoint; messages waiting to be sent there are kept for as long as `linger` says.
  ///
  /// The corresponding libzmq function is `zmq_disconnect`.
  ///
  /// - Parameter endpoint: what was passed to ``connect(_:)``.
  /// - Throws: `.noSuchFileOrDirectory` if the socket is not connected there; `.invalidArgument`; `.contextTerminated`;
  ///   `.notSocket` after ``close()``.
  public func disconnect(_ endpoint: String) throws {
    try handle.disconnect(endpoint)
  }
}
