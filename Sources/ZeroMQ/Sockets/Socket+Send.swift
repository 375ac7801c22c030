extension Socket where Kind: SendingKind {
  /// Sends a message, whole or not at all.
  ///
  /// Blocks while the socket cannot send: which types wait and which drop at the high-water mark is part of their pattern. The
  /// corresponding libzmq function is `zmq_msg_send`.
  ///
  /// - Parameter message: one or more frames; as a literal, a text or an array of frames.
  /// - Throws: `.wouldBlock` when the option `sendTimeout` has passed; `.hostUnreachable` from a ROUTER that must not drop;
  ///   `.wrongState` out of turn; `.invalidArgument` for a message without frames; `.interrupted` where the context is configured
  ///   so; `.contextTerminated`; `.notSocket` after ``close()``. Nothing was sent then.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ message: consuming Message) throws {
    try handle.send(consume message)
  }

  /// Sends a message, if that needs no waiting.
  ///
  /// The corresponding libzmq function is `zmq_msg_send`, with `ZMQ_DONTWAIT`.
  ///
  /// - Parameter message: one or more frames; as a literal, a text or an array of frames.
  /// - Returns: whether it was sent; `false` means that the socket has no peer to send to, or all are at the high-water mark.
  /// - Throws: `.hostUnreachable` from a ROUTER that must not drop; `.wrongState` out of turn; `.invalidArgument` for a message
  ///   without frames; `.contextTerminated`; `.notSocket` after ``close()``.
  @inlinable
  public func sendIfReady(_ message: consuming Message) throws -> Bool {
    try handle.sendIfReady(consume message)
  }

  /// Sends a message, if the socket can send it in time.
  ///
  /// Blocks for as long as the timeout says. The corresponding libzmq functions are `zmq_msg_send` and `zmq_poll`.
  ///
  /// - Parameters:
  ///   - message: one or more frames; as a literal, a text or an array of frames.
  ///   - timeout: how long to wait, whatever the option `sendTimeout` says.
  /// - Returns: whether it was sent.
  /// - Throws: `.hostUnreachable` from a ROUTER that must not drop; `.wrongState` out of turn; `.invalidArgument` for a message
  ///   without frames; `.interrupted` where the context is configured so; `.contextTerminated`; `.notSocket` after ``close()``.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ message: consuming Message, timeout: Duration) throws -> Bool {
    try handle.send(consume message, .timeout(timeout))
  }
}
