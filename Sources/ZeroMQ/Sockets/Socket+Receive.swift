extension Socket where Kind: ReceivingKind {
  /// Receives a message, whole.
  ///
  /// Blocks while there is none. The corresponding libzmq function is `zmq_msg_recv`.
  ///
  /// - Returns: all frames of the message, of any size.
  /// - Throws: `.wouldBlock` when the option `receiveTimeout` has passed; `.wrongState` out of turn; `.interrupted` where the context
  ///   is configured so; `.contextTerminated`; `.notSocket` after ``close()``.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func receive() throws -> Message {
    try handle.receive()
  }

  /// Receives a message, if one is there.
  ///
  /// The corresponding libzmq function is `zmq_msg_recv`, with `ZMQ_DONTWAIT`.
  ///
  /// - Returns: all frames of the message; `nil` if there is none.
  /// - Throws: `.wrongState` out of turn; `.contextTerminated`; `.notSocket` after ``close()``.
  @inlinable
  public func receiveIfReady() throws -> Message? {
    try handle.receive(.nonblocking)
  }

  /// Receives a message, if one comes in time.
  ///
  /// Blocks for as long as the timeout says. The corresponding libzmq functions are `zmq_msg_recv` and `zmq_poll`.
  ///
  /// - Parameter timeout: how long to wait, whatever the option `receiveTimeout` says.
  /// - Returns: all frames of the message; `nil` if none came.
  /// - Throws: `.wrongState` out of turn; `.interrupted` where the context is configured so; `.contextTerminated`; `.notSocket`
  ///   after ``close()``.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func receive(timeout: Duration) throws -> Message? {
    try handle.receive(.timeout(timeout))
  }
}
