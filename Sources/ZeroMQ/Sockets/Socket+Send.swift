extension Socket where Kind: SendingKind {
  /// Sends a message, whole or not at all.
  ///
  /// Blocks the current thread until the socket can accept the message. At the high-water mark, some socket types block and others
  /// drop; see <doc:Backpressure>. If the call throws, nothing was sent.
  ///
  /// The corresponding libzmq function is `zmq_msg_send`.
  ///
  /// - Parameter message: The message of one or more frames; as a literal, a string or an array of frames.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the message has no frames, or a STREAM's message has not exactly two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ message: consuming Message) throws {
    try handle.send(consume message)
  }

  /// Sends a message if the socket can accept it without waiting.
  ///
  /// If the call returns `false` or throws, nothing was sent.
  ///
  /// The corresponding libzmq function is `zmq_msg_send`, with `ZMQ_DONTWAIT`.
  ///
  /// - Parameter message: The message of one or more frames; as a literal, a string or an array of frames.
  /// - Returns: `true` if the message was sent; `false` if the socket has no peer to send to, or all are at the high-water mark.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the message has no frames, or a STREAM's message has not exactly two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @inlinable
  public func sendIfReady(_ message: consuming Message) throws -> Bool {
    try handle.sendIfReady(consume message)
  }

  /// Sends a message, waiting at most the given time.
  ///
  /// Blocks the current thread for at most `timeout`. If the call returns `false` or throws, nothing was sent.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send` and `zmq_poll`.
  ///
  /// - Parameters:
  ///   - message: The message of one or more frames; as a literal, a string or an array of frames.
  ///   - timeout: The maximum time to wait; zero does not wait. Overrides the `sendTimeout` option.
  /// - Returns: `true` if the message was sent; `false` if the socket could not accept it in time.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the message has no frames, or a STREAM's message has not exactly two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ message: consuming Message, timeout: Duration) throws -> Bool {
    try handle.send(consume message, .timeout(timeout))
  }
}
