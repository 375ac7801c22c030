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
      if handle.sendAtOnce(&message) { return }
      isTried = true
    }
    try await handle.sendLater(message, isTried: isTried)
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

  /// Sends the UTF-8 bytes of a text as a message of one frame; libzmq adds no terminating zero.
  ///
  /// Waits, throws and may be cancelled as `send(_:)` with a ``Message``.
  ///
  /// - Parameter text: the text; the empty one is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public func send(_ text: some StringProtocol) async throws {
    try await send(text.utf8)
  }

  /// Sends the UTF-8 bytes of a text as a message of one frame, if the socket can send it in time.
  ///
  /// - Parameters:
  ///   - text: the text; the empty one is allowed.
  ///   - timeout: how long to wait, whatever the option `sendTimeout` says.
  /// - Returns: whether it was sent.
  /// - Throws: as `send(_:timeout:)` with a ``Message``.
  /// - Complexity: O(*n*) in the number of bytes.
  public func send(_ text: some StringProtocol, timeout: Duration) async throws -> Bool {
    try await send(Message(text), timeout: timeout)
  }

  /// Sends a collection's bytes as a message of one frame.
  ///
  /// Waits, throws and may be cancelled as `send(_:)` with a ``Message``.
  ///
  /// - Parameter bytes: the bytes, such as an array or a `Data`; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public func send(_ bytes: some Collection<UInt8>) async throws {
    var isTried = false
    if handle.canTryImmediately {
      // SAFETY: the bytes are lent for the call, which copies them; a closed socket is answered with ENOTSOCK.
      if unsafe bytes.withBytes({ unsafe handle.sendOnce($0, ZMQ_DONTWAIT) }) { return }
      isTried = true
    }
    try await handle.sendLater(Message(copying: bytes), isTried: isTried)
  }

  /// Sends a collection's bytes as a message of one frame, if the socket can send it in time.
  ///
  /// - Parameters:
  ///   - bytes: the bytes, such as an array or a `Data`; none is allowed.
  ///   - timeout: how long to wait, whatever the option `sendTimeout` says.
  /// - Returns: whether it was sent.
  /// - Throws: as `send(_:timeout:)` with a ``Message``.
  /// - Complexity: O(*n*) in the number of bytes.
  public func send(_ bytes: some Collection<UInt8>, timeout: Duration) async throws -> Bool {
    try await send(Message(copying: bytes), timeout: timeout)
  }

  /// Sends bytes as a message of one frame.
  ///
  /// Waits, throws and may be cancelled as `send(_:)` with a ``Message``. The corresponding libzmq function is `zmq_send`.
  ///
  /// - Parameter bytes: the bytes; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public func send(_ bytes: RawSpan) async throws {
    var isTried = false
    if handle.canTryImmediately {
      // SAFETY: as above.
      if unsafe bytes.withUnsafeBytes({ unsafe handle.sendOnce($0, ZMQ_DONTWAIT) }) { return }
      isTried = true
    }
    try await handle.sendLater(Message(Frame(copying: bytes)), isTried: isTried)
  }

  /// Sends bytes as a message of one frame.
  ///
  /// Waits, throws and may be cancelled as `send(_:)` with a ``Message``. The corresponding libzmq function is `zmq_send`.
  ///
  /// - Parameter bytes: the bytes; none is allowed.
  /// - Complexity: O(*n*) in the number of bytes.
  @inlinable
  public func send(_ bytes: Span<UInt8>) async throws {
    try await unsafe send(bytes.bytes)
  }

  /// Sends a frame as a message, without copying its bytes unless they are few.
  ///
  /// Waits, throws and may be cancelled as `send(_:)` with a ``Message``.
  ///
  /// - Parameter frame: the frame.
  public func send(_ frame: Frame) async throws {
    try await send(Message(frame))
  }

  /// Sends a frame as a message, without copying its bytes unless they are few, if the socket can send it in time.
  ///
  /// - Parameters:
  ///   - frame: the frame.
  ///   - timeout: how long to wait, whatever the option `sendTimeout` says.
  /// - Returns: whether it was sent.
  /// - Throws: as `send(_:timeout:)` with a ``Message``.
  public func send(_ frame: Frame, timeout: Duration) async throws -> Bool {
    try await send(Message(frame), timeout: timeout)
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
      if unsafe frame.send(to: handle.openSocket, ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0)) {
        unsafe handle.isInSentMessage = more
        return
      }
      isTried = true
    }
    try await sendLater(&frame, more: more, isTried: isTried)
  }

  @usableFromInline
  func sendLater(_ frame: inout UniqueFrame, more: Bool, isTried: Bool) async throws {
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
  func sendLater(_ message: consuming Message, isTried: Bool) async throws {
    _ = try await sendMessage(message, .blocking, isTried: isTried)
  }

  /// Sends a message, if that needs no waiting.
  ///
  /// - Returns: whether it was sent; if it was not, it remains.
  @usableFromInline
  func sendAtOnce(_ message: inout Message) -> Bool {
    do { return try send(&message, .nonblocking) } catch { return false }
  }
}
