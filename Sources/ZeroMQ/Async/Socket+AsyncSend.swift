public import CZeroMQ

extension Socket where Kind: SendingKind {
  /// Sends a message, whole or not at all.
  ///
  /// Suspends the task until the socket can accept the message. At the high-water mark, some socket types wait and others drop;
  /// see <doc:Backpressure>. If the call throws, nothing was sent.
  ///
  /// Several tasks can send on one socket, as the tasks of an actor can. They send in FIFO order: a task that waits delays the
  /// tasks behind it. Cancelling a task ends its wait with `CancellationError`.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameter message: The message of one or more frames; as a literal, a string or an array of frames.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the message has no frames, or a STREAM's message has not exactly two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @inlinable
  public func send(_ message: consuming Message) async throws {
    var isTried = false
    if handle.canTryImmediately {
      if handle.sendNonblocking(&message) { return }
      isTried = true
    }
    try await handle.sendSlow(message, isTried: isTried)
  }

  /// Sends a message, waiting at most the given time.
  ///
  /// Suspends the task for at most `timeout`. If the call returns `false` or throws, nothing was sent.
  ///
  /// Several tasks can send on one socket, as the tasks of an actor can. They send in FIFO order: a task that waits delays the
  /// tasks behind it. Cancelling a task ends its wait with `CancellationError`.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameters:
  ///   - message: The message of one or more frames; as a literal, a string or an array of frames.
  ///   - timeout: The maximum time to wait; zero does not wait. Overrides the `sendTimeout` option.
  /// - Returns: `true` if the message was sent; `false` if the socket could not accept it in time.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the message has no frames, or a STREAM's message has not exactly two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func send(_ message: consuming Message, timeout: Duration) async throws -> Bool {
    try await handle.sendMessage(message, .timeout(timeout))
  }

  /// Sends a message of one part: a string, bytes, or a frame.
  ///
  /// Suspends the task until the socket can accept the message. At the high-water mark, some socket types wait and others drop;
  /// see <doc:Backpressure>. If the call throws, nothing was sent.
  ///
  /// Several tasks can send on one socket, as the tasks of an actor can. They send in FIFO order: a task that waits delays the
  /// tasks behind it. Cancelling a task ends its wait with `CancellationError`.
  ///
  /// The corresponding libzmq functions are `zmq_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameter part: The part, such as a `String`, a `[UInt8]` or a `RawSpan`; it may be empty.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the part has no frames, or the socket is a STREAM, whose messages have two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes; those of a large frame are shared, not copied.
  @inlinable
  public func send<Part: MessagePart & ~Copyable & ~Escapable>(_ part: borrowing Part) async throws {
    var isTried = false
    if Part._isOneFrame && handle.canTryImmediately {
      var attempt = DirectSend(ZMQ_DONTWAIT)
      attempt.expect(Part.self)
      attempt.send(part, to: handle)
      if attempt.isPossible { return }
      isTried = true
    }
    try await handle.sendSlow(Message(part), isTried: isTried)
  }

  /// Sends a message of several parts, each of any type: strings, bytes, frames, or whole messages.
  ///
  /// ```swift
  /// try await router.send(client, "", text)
  /// ```
  ///
  /// Suspends the task until the socket can accept the message. At the high-water mark, some socket types wait and others drop;
  /// see <doc:Backpressure>. If the call throws, nothing was sent.
  ///
  /// Several tasks can send on one socket, as the tasks of an actor can. They send in FIFO order: a task that waits delays the
  /// tasks behind it. Cancelling a task ends its wait with `CancellationError`.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameters:
  ///   - first: The first part.
  ///   - second: The second part.
  ///   - rest: The parts that follow.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if no part has a frame, or a STREAM's message has not exactly two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes; those of large frames are shared, not copied.
  @inlinable
  public func send<First: MessagePart, Second: MessagePart, each Rest: MessagePart>(
    _ first: First, _ second: Second, _ rest: repeat each Rest
  ) async throws {
    try await send(Message(first, second, repeat each rest))
  }

  /// Sends a message of one or more parts, each of any type, waiting at most the given time.
  ///
  /// ```swift
  /// let isSent = try await router.send(client, "", text, timeout: .seconds(1))
  /// ```
  ///
  /// Suspends the task for at most `timeout`. If the call returns `false` or throws, nothing was sent.
  ///
  /// Several tasks can send on one socket, as the tasks of an actor can. They send in FIFO order: a task that waits delays the
  /// tasks behind it. Cancelling a task ends its wait with `CancellationError`.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameters:
  ///   - parts: The parts: strings, bytes, frames, or whole messages.
  ///   - timeout: The maximum time to wait; zero does not wait. Overrides the `sendTimeout` option.
  /// - Returns: `true` if the message was sent; `false` if the socket could not accept it in time.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if no part has a frame, or a STREAM's message has not exactly two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes; those of large frames are shared, not copied.
  @inlinable
  public func send<each Part: MessagePart>(_ parts: repeat each Part, timeout: Duration) async throws -> Bool {
    try await send(Message(parts: repeat each parts), timeout: timeout)
  }

  /// Sends a collection's bytes as a message of one frame.
  ///
  /// Suspends the task until the socket can accept the message. At the high-water mark, some socket types wait and others drop;
  /// see <doc:Backpressure>. If the call throws, nothing was sent.
  ///
  /// Several tasks can send on one socket, as the tasks of an actor can. They send in FIFO order: a task that waits delays the
  /// tasks behind it. Cancelling a task ends its wait with `CancellationError`.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameter bytes: The bytes; the collection may be empty.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the socket is a STREAM, whose messages have two frames.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes.
  @_disfavoredOverload
  @inlinable
  public func send(_ bytes: some Collection<UInt8>) async throws {
    try await send(Message(copying: bytes))
  }

  /// Sends a collection's bytes as a message of one frame, waiting at most the given time.
  ///
  /// Suspends the task for at most `timeout`. If the call returns `false` or throws, nothing was sent.
  ///
  /// Several tasks can send on one socket, as the tasks of an actor can. They send in FIFO order: a task that waits delays the
  /// tasks behind it. Cancelling a task ends its wait with `CancellationError`.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameters:
  ///   - bytes: The bytes; the collection may be empty.
  ///   - timeout: The maximum time to wait; zero does not wait. Overrides the `sendTimeout` option.
  /// - Returns: `true` if the message was sent; `false` if the socket could not accept it in time.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the socket is a STREAM, whose messages have two frames.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes.
  @_disfavoredOverload
  @inlinable
  public func send(_ bytes: some Collection<UInt8>, timeout: Duration) async throws -> Bool {
    try await send(Message(copying: bytes), timeout: timeout)
  }

  /// Sends a frame, consuming it.
  ///
  /// Suspends the task until the socket can accept the frame. At the high-water mark, some socket types wait and others drop; see
  /// <doc:Backpressure>. Only the first frame of a message can wait, and only that wait can be cancelled.
  ///
  /// Until the last frame is sent, the task must not wait for anything else. Otherwise a frame of another task can come in
  /// between.
  ///
  /// The frame is gone even if the call throws. To keep it in that case, pass it `inout`, as in `send(&frame, more: false)`.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameters:
  ///   - frame: The frame.
  ///   - more: A Boolean value that indicates whether further frames of the same message follow. If `true`, the message continues.
  ///     If `false`, the frame completes it.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the frame is neither the first nor the last of a STREAM's pair.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @inlinable
  public func send(_ frame: consuming UniqueFrame, more: Bool) async throws {
    try await send(&frame, more: more)
  }

  /// Sends a frame's bytes and leaves the frame empty, to be used again.
  ///
  /// Suspends the task until the socket can accept the frame. At the high-water mark, some socket types wait and others drop; see
  /// <doc:Backpressure>. Only the first frame of a message can wait, and only that wait can be cancelled.
  ///
  /// Until the last frame is sent, the task must not wait for anything else. Otherwise a frame of another task can come in
  /// between.
  ///
  /// If the call throws, nothing was sent and the frame is unchanged.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameters:
  ///   - frame: The frame.
  ///   - more: A Boolean value that indicates whether further frames of the same message follow. If `true`, the message continues.
  ///     If `false`, the frame completes it.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the frame is neither the first nor the last of a STREAM's pair.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @inlinable
  public func send(_ frame: inout UniqueFrame, more: Bool) async throws {
    var isTried = false
    if handle.canTryImmediately {
      if unsafe frame.send(to: handle.sendingSocket, ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0)) {
        unsafe handle.isInSentMessage = more
        return
      }
      isTried = true
    }
    try await sendSlow(&frame, more: more, isTried: isTried)
  }

  @usableFromInline
  func sendSlow(_ frame: inout UniqueFrame, more: Bool, isTried: Bool) async throws {
    _ = try await handle.perform(
      ZMQ_POLLOUT, "zmq_msg_send", .blocking, isInMessage: unsafe handle.isInSentMessage, isTried: isTried
    ) { () throws(ZeroMQError) in try handle.sendIfReady(&frame, more: more) }
  }
}

extension SocketHandle {
  func sendMessage(_ message: consuming Message, _ mode: WaitMode, isTried: Bool = false) async throws -> Bool {
    try await perform(ZMQ_POLLOUT, "zmq_msg_send", mode, isTried: isTried) { () throws(ZeroMQError) in
      try send(&message, .nonblocking)
    }
  }

  @usableFromInline
  func sendSlow(_ message: consuming Message, isTried: Bool) async throws {
    _ = try await sendMessage(message, .blocking, isTried: isTried)
  }

  /// Sends a message if that needs no waiting.
  ///
  /// - Returns: `true` if the message was sent; if `false`, `message` is unchanged.
  @usableFromInline
  func sendNonblocking(_ message: inout Message) -> Bool {
    do { return try send(&message, .nonblocking) } catch { return false }
  }
}
