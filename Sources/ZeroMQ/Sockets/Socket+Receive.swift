extension Socket where Kind: ReceivingKind {
  /// Receives a message with all its frames.
  ///
  /// Blocks the current thread until a message arrives. If the call throws, no message was taken from the socket.
  ///
  /// The corresponding libzmq function is `zmq_msg_recv`.
  ///
  /// - Returns: The message, of any size.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `receiveTimeout` option expires.
  ///   - `.wrongState` if a REQ socket has sent no request, or a REP socket has not replied yet.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot receive.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func receive() throws -> Message {
    try handle.receive()
  }

  /// Receives a message if one has arrived.
  ///
  /// Does not wait. If the call throws, no message was taken from the socket.
  ///
  /// The corresponding libzmq function is `zmq_msg_recv`, with `ZMQ_DONTWAIT`.
  ///
  /// - Returns: The message with all its frames, or `nil` if none has arrived.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wrongState` if a REQ socket has sent no request, or a REP socket has not replied yet.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot receive.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @inlinable
  public func receiveIfReady() throws -> Message? {
    try handle.receive(.nonblocking)
  }

  /// Receives a message, waiting at most the given time.
  ///
  /// Blocks the current thread for at most `timeout`. If the call throws, no message was taken from the socket.
  ///
  /// The corresponding libzmq functions are `zmq_msg_recv` and `zmq_poll`.
  ///
  /// - Parameter timeout: The maximum time to wait; zero does not wait. Overrides the `receiveTimeout` option.
  /// - Returns: The message with all its frames, or `nil` if none arrived in time.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wrongState` if a REQ socket has sent no request, or a REP socket has not replied yet.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot receive.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func receive(timeout: Duration) throws -> Message? {
    try handle.receive(.timeout(timeout))
  }
}
