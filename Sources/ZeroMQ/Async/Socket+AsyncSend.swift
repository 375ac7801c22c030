public import CZeroMQ

extension Socket where Kind: SendingKind {
  /// Sends a message, whole or not at all.
  ///
  /// Suspends the task while the socket cannot send: which types wait and which drop at the high-water mark is part of their pattern.
  /// Cancelling the task ends the wait with `CancellationError`; then nothing was sent. Several tasks that send on one socket, as
  /// those of an actor may, do so in their turn: one that waits holds up those after it.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameter message: one or more frames; as a literal, a text or an array of frames.
  /// - Throws: `CancellationError`; a ``ZeroMQError``: `.wouldBlock` when the option `sendTimeout` has passed; `.hostUnreachable`
  ///   from a ROUTER that must not drop; `.wrongState` out of turn; `.invalidArgument` for a message without frames;
  ///   `.contextTerminated`; `.notSocket` after ``close()``. Nothing was sent then.
  @inlinable
  public func send(_ message: consuming Message) async throws {
    var isTried = false
    if handle.canTryImmediately {
      if handle.sendNonblocking(&message) { return }
      isTried = true
    }
    try await handle.sendSlow(message, isTried: isTried)
  }

  /// Sends a message, if the socket can send it in time.
  ///
  /// Suspends the task for as long as the timeout says, and may be cancelled as `send(_:)`.
  ///
  /// - Parameters:
  ///   - message: one or more frames; as a literal, a text or an array of frames.
  ///   - timeout: how long to wait, whatever the option `sendTimeout` says.
  /// - Returns: whether it was sent.
  /// - Throws: as `send(_:)`, without `.wouldBlock`.
  public func send(_ message: consuming Message, timeout: Duration) async throws -> Bool {
    try await handle.sendMessage(message, .timeout(timeout))
  }

  /// Sends a message of one part: text, bytes, or a frame.
  ///
  /// Suspends the task while the socket cannot send; which socket types wait and which drop at the high-water mark is part of their
  /// pattern. If the call throws, nothing was sent. Of several tasks that send on one socket, each waits for those before it.
  ///
  /// The corresponding libzmq functions are `zmq_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameter part: The part, such as a `String`, a `[UInt8]` or a `RawSpan`; it may be empty.
  /// - Throws: `CancellationError` if the task is cancelled; a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the time that the `sendTimeout` option allows has passed.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the part has no frames.
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

  /// Sends a message of several parts, each of any type: text, bytes, frames, or whole messages.
  ///
  /// ```swift
  /// try await router.send(client, "", text)
  /// ```
  ///
  /// Suspends the task while the socket cannot send; which socket types wait and which drop at the high-water mark is part of their
  /// pattern. The peer receives the whole message or nothing. Of several tasks that send on one socket, each waits for those before it.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameters:
  ///   - first: The first part.
  ///   - second: The second part.
  ///   - rest: The parts that follow.
  /// - Throws: `CancellationError` if the task is cancelled; a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the time that the `sendTimeout` option allows has passed.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if no part has a frame.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes; those of large frames are shared, not copied.
  @inlinable
  public func send<First: MessagePart, Second: MessagePart, each Rest: MessagePart>(
    _ first: First, _ second: Second, _ rest: repeat each Rest
  ) async throws {
    try await send(Message(first, second, repeat each rest))
  }

  /// Sends a message of one or more parts, each of any type, if the socket can send it in time.
  ///
  /// ```swift
  /// let isSent = try await router.send(client, "", text, timeout: .seconds(1))
  /// ```
  ///
  /// Suspends the task for at most `timeout`. The peer receives the whole message or nothing.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameters:
  ///   - parts: The parts: text, bytes, frames, or whole messages.
  ///   - timeout: The maximum time to wait; zero does not wait. Overrides the `sendTimeout` option.
  /// - Returns: `true` if the message was sent.
  /// - Throws: `CancellationError` if the task is cancelled; a ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if no part has a frame.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes; those of large frames are shared, not copied.
  @inlinable
  public func send<each Part: MessagePart>(_ parts: repeat each Part, timeout: Duration) async throws -> Bool {
    try await send(Message(parts: repeat each parts), timeout: timeout)
  }

  /// Sends a collection's bytes as a message of one frame.
  ///
  /// Suspends the task while the socket cannot send; which socket types wait and which drop at the high-water mark is part of their
  /// pattern. If the call throws, nothing was sent. Of several tasks that send on one socket, each waits for those before it.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameter bytes: The bytes; there may be none.
  /// - Throws: `CancellationError` if the task is cancelled; a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the time that the `sendTimeout` option allows has passed.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes.
  @_disfavoredOverload
  @inlinable
  public func send(_ bytes: some Collection<UInt8>) async throws {
    try await send(Message(copying: bytes))
  }

  /// Sends a collection's bytes as a message of one frame, if the socket can send it in time.
  ///
  /// Suspends the task for at most `timeout`.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameters:
  ///   - bytes: The bytes; there may be none.
  ///   - timeout: The maximum time to wait; zero does not wait. Overrides the `sendTimeout` option.
  /// - Returns: `true` if the message was sent.
  /// - Throws: `CancellationError` if the task is cancelled; a ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes.
  @_disfavoredOverload
  @inlinable
  public func send(_ bytes: some Collection<UInt8>, timeout: Duration) async throws -> Bool {
    try await send(Message(copying: bytes), timeout: timeout)
  }

  /// Sends a frame as it is, and with it the message that it ends; the frame is used up.
  ///
  /// Waits, throws and may be cancelled as `send(&frame, more:)`, which keeps the frame if it could not be sent.
  ///
  /// - Parameters:
  ///   - frame: the frame.
  ///   - more: whether further frames of the same message follow.
  @inlinable
  public func send(_ frame: consuming UniqueFrame, more: Bool) async throws {
    try await send(&frame, more: more)
  }

  /// Sends a frame as it is, and with it the message that it ends; afterwards the frame is empty and can be used again.
  ///
  /// Suspends the task while the socket cannot send, and may be cancelled as `send(_:)`, but only before the first frame of a
  /// message. Until the last frame is sent, the task must not wait for anything else, or another one's message may come in between.
  /// If it throws, the frame is as it was. The corresponding libzmq functions are `zmq_msg_send`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameters:
  ///   - frame: the frame.
  ///   - more: whether further frames of the same message follow.
  /// - Throws: as `send(_:)` with a ``Message``.
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

  /// Sends a message, if that needs no waiting.
  ///
  /// - Returns: whether it was sent; if it was not, it remains.
  @usableFromInline
  func sendNonblocking(_ message: inout Message) -> Bool {
    do { return try send(&message, .nonblocking) } catch { return false }
  }
}
