extension Socket where Kind: RequestingKind & SendingKind & ReceivingKind {
  /// Sends a request and receives the reply to it, if that comes in time; the socket can be used again in any case.
  ///
  /// Suspends the task for as long as the timeout says. Cancelling the task ends the wait with `CancellationError`. A reply that comes
  /// too late is dropped, and never taken for the reply to another request: for that, the socket's options `reqRelaxed` and
  /// `reqCorrelate` are set, which other REQ sockets have off, and the peer must return the whole envelope, as REP and every proxy do.
  /// A request whose reply did not come may have been received and acted on all the same. Of several tasks that make requests on one
  /// socket, as those of an actor may, each waits until those before it have their replies, or have given up.
  ///
  /// - Parameters:
  ///   - request: one or more frames; as a literal, a text or an array of frames.
  ///   - timeout: how long to wait until the request is sent and the reply there; `nil` is for ever.
  /// - Returns: the reply; `nil` if it did not come.
  /// - Throws: `CancellationError`; a ``ZeroMQError``: `.invalidArgument` for a message without frames; `.contextTerminated`;
  ///   `.notSocket` after ``close()``.
  public func request(_ request: consuming Message, timeout: Duration? = nil) async throws -> Message? {
    let deadline = timeout.map { Deadline(after: $0) }
    guard try await handle.beginRequest(until: deadline) else { return nil }
    defer { handle.endRequest() }
    try giveUpOnLastReply()
    guard let deadline else {
      try await send(request)
      return try await receive()
    }
    guard try await send(request, timeout: deadline.remaining) else { return nil }
    return try await receive(timeout: deadline.remaining)
  }

  /// Sends a request and receives the reply to it, if that comes in time; the socket can be used again in any case.
  ///
  /// Blocks for as long as the timeout says; otherwise as the asynchronous form.
  ///
  /// - Parameters:
  ///   - request: one or more frames; as a literal, a text or an array of frames.
  ///   - timeout: how long to wait until the request is sent and the reply there; `nil` is for ever.
  /// - Returns: the reply; `nil` if it did not come.
  /// - Throws: `.invalidArgument` for a message without frames; `.interrupted` where the context is configured so;
  ///   `.contextTerminated`; `.notSocket` after ``close()``.
  @available(*, noasync, message: "it blocks the thread; await the other form, but not at the top level of a file")
  public func request(_ request: consuming Message, timeout: Duration? = nil) throws(ZeroMQError) -> Message? {
    try giveUpOnLastReply()
    guard let timeout else {
      try send(request)
      return try receive()
    }
    let deadline = ContinuousClock.now + timeout
    guard try send(request, timeout: timeout) else { return nil }
    return try receive(timeout: deadline - .now)
  }

  /// Lets the socket do without the reply to its last request, and tell a late one from the one that it waits for.
  private func giveUpOnLastReply() throws(ZeroMQError) {
    guard unsafe !handle.memory.requestsAreRelaxed else { return }
    try set(.reqRelaxed, to: true)
    try set(.reqCorrelate, to: true)
    unsafe handle.memory.requestsAreRelaxed = true
  }
}

extension SocketHandle {
  /// Waits until nobody else waits for a reply, which would be taken for the caller's.
  ///
  /// - Returns: whether that was in time.
  fileprivate func beginRequest(until deadline: Deadline?) async throws -> Bool {
    try Task.checkCancellation()
    guard let suspension = try makeWaits().requesters.take(until: deadline) else { return true }
    return try await waitForTurn(suspension)
  }

  fileprivate func endRequest() {
    unsafe waits?.requesters.pass()
  }
}
