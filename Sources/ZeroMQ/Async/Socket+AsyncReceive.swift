public import CZeroMQ

extension Socket where Kind: ReceivingKind {
  /// Receives a message with all its frames.
  ///
  /// Suspends the task until a message arrives. If the call throws, no message was taken from the socket.
  ///
  /// Several tasks can receive from one socket, as the tasks of an actor can. They are served in FIFO order, one message each.
  /// Cancelling a task ends its wait with `CancellationError`.
  ///
  /// The corresponding libzmq functions are `zmq_msg_recv`, and `poll` on `ZMQ_FD`.
  ///
  /// - Returns: The message, of any size.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `receiveTimeout` option expires.
  ///   - `.wrongState` if a REQ socket has sent no request, or a REP socket has not replied yet.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot receive.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @inlinable
  public func receive() async throws -> Message {
    var isTried = false
    if handle.canTryImmediately {
      if let message = handle.receiveNonblocking() { return message }
      isTried = true
    }
    return try await handle.receiveSlow(isTried: isTried)
  }

  /// Receives a message, waiting at most the given time.
  ///
  /// Suspends the task for at most `timeout`. If the call throws, no message was taken from the socket.
  ///
  /// Several tasks can receive from one socket, as the tasks of an actor can. They are served in FIFO order, one message each.
  /// Cancelling a task ends its wait with `CancellationError`.
  ///
  /// The corresponding libzmq functions are `zmq_msg_recv`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameter timeout: The maximum time to wait; zero does not wait. Overrides the `receiveTimeout` option.
  /// - Returns: The message with all its frames, or `nil` if none arrived in time.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.wrongState` if a REQ socket has sent no request, or a REP socket has not replied yet.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot receive.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @inlinable
  public func receive(timeout: Duration) async throws -> Message? {
    var isTried = false
    if handle.canTryImmediately {
      if let message = handle.receiveNonblocking() { return message }
      isTried = true
    }
    return try await handle.receiveSlow(timeout, isTried: isTried)
  }

  /// Receives one frame, replacing the contents of the given one.
  ///
  /// Suspends the task until a frame arrives. If ``UniqueFrame/hasMore`` is `true` afterwards, the rest of the message has arrived
  /// as well. Only the first frame of a message can wait, and only that wait can be cancelled.
  ///
  /// Until the last frame is received, the task must not wait for anything else. Otherwise another task can receive a frame of the
  /// message.
  ///
  /// The corresponding libzmq functions are `zmq_msg_recv`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameter frame: The frame to receive into; empty if the call throws.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `receiveTimeout` option expires.
  ///   - `.wrongState` if a REQ socket has sent no request, a REP socket has not replied yet, or a task has made requests over a
  ///     DEALER.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot receive.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @inlinable
  public func receive(into frame: inout UniqueFrame) async throws {
    var isTried = false
    if handle.canTryImmediately {
      if unsafe frame.receive(from: handle.openSocket, ZMQ_DONTWAIT) {
        unsafe handle.isInReceivedMessage = frame.hasMore
        return
      }
      isTried = true
    }
    try await receiveSlow(into: &frame, isTried: isTried)
  }

  @usableFromInline
  func receiveSlow(into frame: inout UniqueFrame, isTried: Bool) async throws {
    do {
      if unsafe handle.requests != nil { throw ZeroMQError(.wrongState, operation: "receive(into:)") }
      _ = try await handle.perform(
        ZMQ_POLLIN, "zmq_msg_recv", .blocking, isInMessage: unsafe handle.isInReceivedMessage, isTried: isTried
      ) { () throws(ZeroMQError) in try handle.receiveIfReady(into: &frame) }
    } catch {
      // libzmq: XPUB and STREAM leave the message as it was, all others empty it.
      frame = UniqueFrame()
      throw error
    }
  }
}

extension SocketHandle {
  @inline(__always)
  func receiveMessage(_ mode: WaitMode, isTried: Bool = false) async throws -> Message? {
    if let table = unsafe requests { return try await receiveUnclaimed(from: table, mode) }
    var message: Message?
    _ = try await perform(ZMQ_POLLIN, "zmq_msg_recv", mode, isTried: isTried) { () throws(ZeroMQError) in
      try receiveIfReady(&message)
    }
    return message
  }

  /// Receives a message if one is ready; not inlined, so that its variables take no room in the waiting task.
  @inline(never)
  private func receiveIfReady(_ message: inout Message?) throws(ZeroMQError) -> Bool {
    message = try receive(.nonblocking)
    return message != nil
  }

  @usableFromInline
  func receiveSlow(_ timeout: Duration, isTried: Bool) async throws -> Message? {
    try await receiveMessage(.timeout(timeout), isTried: isTried)
  }

  @usableFromInline
  func receiveSlow(isTried: Bool) async throws -> Message {
    guard let message = try await receiveMessage(.blocking, isTried: isTried) else {
      preconditionFailure("it throws if it is late")
    }
    return message
  }
}
