extension Socket where Kind: RequestingKind & SendingKind & ReceivingKind {
  /// Sends a request and receives the reply to it; the socket can be used again in any case.
  ///
  /// Suspends the task meanwhile. Cancelling the task ends the wait with `CancellationError`; a reply that comes later is dropped, and
  /// never taken for the reply to another request. For that, the socket's options `reqRelaxed` and `reqCorrelate` are set, which other
  /// REQ sockets have off, and the peer must return the whole envelope, as REP and every proxy do. A request whose reply did not come
  /// may have been received and acted on all the same. Of several tasks that make requests on one socket, as those of an actor may,
  /// each waits until those before it have their replies, or have given up.
  ///
  /// - Parameter request: one or more frames; as a literal, a text or an array of frames.
  /// - Returns: the reply.
  /// - Throws: `CancellationError`; a ``ZeroMQError``: `.wouldBlock` when one of the socket's timeouts has passed; `.invalidArgument`
  ///   for a message without frames; `.contextTerminated`; `.notSocket` after ``close()``.
  public func request(_ request: consuming Message) async throws -> Message {
    _ = try await handle.beginRequest(until: .never)
    defer { handle.endRequest() }
    try giveUpOnLastReply()
    try await send(request)
    return try await receive()
  }

  /// Sends a request and receives the reply to it, if that comes in time; the socket can be used again in any case.
  ///
  /// Suspends the task for as long as the timeout says; otherwise as `request(_:)`.
  ///
  /// - Parameters:
  ///   - request: one or more frames; as a literal, a text or an array of frames.
  ///   - timeout: how long to wait until the request is sent and the reply there.
  /// - Returns: the reply; `nil` if it did not come.
  /// - Throws: as `request(_:)`, without `.wouldBlock`.
  public func request(_ request: consuming Message, timeout: Duration) async throws -> Message? {
    let deadline = Deadline(after: timeout)
    guard try await handle.beginRequest(until: deadline) else { return nil }
    defer { handle.endRequest() }
    try giveUpOnLastReply()
    guard try await send(request, timeout: deadline.remaining) else { return nil }
    return try await receive(timeout: deadline.remaining)
  }
}

extension SocketHandle {
  /// Waits until nobody else waits for a reply, which would be taken for the caller's.
  ///
  /// - Returns: whether that was in time.
  fileprivate func beginRequest(until deadline: Deadline) async throws -> Bool {
    try Task.checkCancellation()
    guard let waiter = unsafe try makeWaiters().requesters.acquire(until: deadline) else { return true }
    return try await waitForLock(waiter)
  }

  fileprivate func endRequest() {
    unsafe waiters?.requesters.release()
  }
}
