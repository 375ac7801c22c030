public import CZeroMQ

extension Socket where Kind: ReceivingKind {
  /// Receives a message, whole.
  ///
  /// Suspends the task while there is none. Cancelling the task ends the wait with `CancellationError`, and no message is lost. Of
  /// several tasks that wait for messages of one socket, as those of an actor may, each gets one in its turn.
  ///
  /// The corresponding libzmq functions are `zmq_msg_recv`, and `poll` on `ZMQ_FD`.
  ///
  /// - Returns: all frames of the message, of any size.
  /// - Throws: `CancellationError`; a ``ZeroMQError``: `.wouldBlock` when the option `receiveTimeout` has passed; `.wrongState` out
  ///   of turn; `.contextTerminated`; `.notSocket` after ``close()``.
  @inlinable
  public func receive() async throws -> Message {
    var isTried = false
    if handle.canTryImmediately {
      if let message = handle.receiveNonblocking() { return message }
      isTried = true
    }
    return try await handle.receiveSlow(isTried: isTried)
  }

  /// Receives a message, if one comes in time.
  ///
  /// Suspends the task for as long as the timeout says, and may be cancelled as `receive()`.
  ///
  /// - Parameter timeout: how long to wait, whatever the option `receiveTimeout` says.
  /// - Returns: all frames of the message; `nil` if none came.
  /// - Throws: `CancellationError`; a ``ZeroMQError``: `.wrongState` out of turn; `.contextTerminated`; `.notSocket` after
  ///   ``close()``.
  @inlinable
  public func receive(timeout: Duration) async throws -> Message? {
    var isTried = false
    if handle.canTryImmediately {
      if let message = handle.receiveNonblocking() { return message }
      isTried = true
    }
    return try await handle.receiveSlow(timeout, isTried: isTried)
  }

  /// Receives one frame, in place of what the given one held.
  ///
  /// Suspends the task while there is none, and may be cancelled as `receive()`, but only before the first frame of a message. To
  /// receive the rest, the task must not wait for anything else, or another one may get it.
  ///
  /// The corresponding libzmq functions are `zmq_msg_recv`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameter frame: the frame to receive into.
  /// - Throws: as `receive()`; then the frame is empty.
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
      message = try receive(.nonblocking)
      return message != nil
    }
    return message
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
