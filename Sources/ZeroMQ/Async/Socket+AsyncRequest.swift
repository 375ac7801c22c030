extension Socket where Kind: RequestingKind & SendingKind & ReceivingKind {
  /// Sends a request and receives the reply to it.
  ///
  /// Suspends the task until the reply arrives. Several tasks may make requests on one socket, as the tasks of an actor may.
  /// - DEALER sends all requests at once, in turn to each of its peers, and each task gets the reply to its own request.
  /// - REQ makes one request after the other.
  ///
  /// Cancelling the task ends the wait with `CancellationError`. After an error the socket can be used again, also for another request.
  ///
  /// The envelope holds a number, so a late reply is dropped and never returned for another request. The peer must return the whole
  /// envelope, as REP, every proxy, and a ROUTER that keeps it do. For that, REQ sets its options `reqRelaxed` and `reqCorrelate`.
  /// A peer may have acted on a request whose reply did not arrive.
  ///
  /// A message that replies to no request of a DEALER is kept for `receive()` and ``messages``, up to 1,000 messages; further ones
  /// are dropped. Receiving frame by frame throws `.wrongState`, and its blocking overload takes replies as well.
  ///
  /// - Parameter request: The request of one or more frames.
  /// - Returns: The reply.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the option `sendTimeout` or `receiveTimeout` expires.
  ///   - `.invalidArgument` if the request has no frames.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func request(_ request: consuming Message) async throws -> Message {
    if handle.type == .dealer {
      guard let reply = try await handle.multiplex(request, timeout: nil) else { throw handle.noReply }
      return reply
    }
    _ = try await handle.beginRequest(until: .never)
    defer { handle.endRequest() }
    try giveUpOnLastReply()
    try await send(request)
    return handle.noteReply(try await receive())
  }

  /// Sends a request and receives the reply to it, waiting at most the given time.
  ///
  /// Suspends the task for at most `timeout`. Several tasks may make requests on one socket, as the tasks of an actor may.
  /// - DEALER sends all requests at once, in turn to each of its peers, and each task gets the reply to its own request.
  /// - REQ makes one request after the other.
  ///
  /// Cancelling the task ends the wait with `CancellationError`. After an error, or without a reply, the socket can be used again, also
  /// for another request.
  ///
  /// The envelope holds a number, so a late reply is dropped and never returned for another request. The peer must return the whole
  /// envelope, as REP, every proxy, and a ROUTER that keeps it do. For that, REQ sets its options `reqRelaxed` and `reqCorrelate`.
  /// A peer may have acted on a request whose reply did not arrive.
  ///
  /// A message that replies to no request of a DEALER is kept for `receive()` and ``messages``, up to 1,000 messages; further ones
  /// are dropped. Receiving frame by frame throws `.wrongState`, and its blocking overload takes replies as well.
  ///
  /// - Parameters:
  ///   - request: The request of one or more frames.
  ///   - timeout: The maximum time to wait until the reply arrives; overrides the options `sendTimeout` and `receiveTimeout`.
  /// - Returns: The reply, or `nil` if none arrived in time.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if the request has no frames.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func request(_ request: consuming Message, timeout: Duration) async throws -> Message? {
    if handle.type == .dealer { return try await handle.multiplex(request, timeout: timeout) }
    let deadline = Deadline(after: timeout)
    guard try await handle.beginRequest(until: deadline) else { return nil }
    defer { handle.endRequest() }
    try giveUpOnLastReply()
    guard try await send(request, timeout: deadline.remaining) else { return nil }
    return try await receive(timeout: deadline.remaining).map(handle.noteReply)
  }

  /// Sends a request of one or more parts, each of any type, and receives the reply to it.
  ///
  /// ```swift
  /// let reply = try await client.request("get", key)
  /// ```
  ///
  /// Suspends the task until the reply arrives. After an error the socket can be used again.
  ///
  /// The envelope holds a number, so a late reply is dropped and never returned for another request. The peer must return the whole
  /// envelope, as REP, every proxy, and a ROUTER that keeps it do. For that, REQ sets its options `reqRelaxed` and `reqCorrelate`.
  /// A peer may have acted on a request whose reply did not arrive.
  ///
  /// - Parameters:
  ///   - first: The first part: text, bytes, a frame, or a whole message.
  ///   - rest: The parts that follow.
  /// - Returns: The reply.
  /// - Throws: `CancellationError` if the task is cancelled; a ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the time that the `sendTimeout` or the `receiveTimeout` option allows has passed.
  ///   - `.invalidArgument` if no part has a frame.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func request<First: MessagePart, each Rest: MessagePart>(
    _ first: First, _ rest: repeat each Rest
  ) async throws -> Message {
    try await request(Message(parts: first, repeat each rest))
  }

  /// Sends a request of one or more parts, each of any type, and receives the reply to it, if the reply arrives in time.
  ///
  /// ```swift
  /// let reply = try await client.request("get", key, timeout: .seconds(1))
  /// ```
  ///
  /// Suspends the task for at most `timeout`. After an error the socket can be used again.
  ///
  /// The envelope holds a number, so a late reply is dropped and never returned for another request. The peer must return the whole
  /// envelope, as REP, every proxy, and a ROUTER that keeps it do. For that, REQ sets its options `reqRelaxed` and `reqCorrelate`.
  /// A peer may have acted on a request whose reply did not arrive.
  ///
  /// - Parameters:
  ///   - parts: The parts: text, bytes, frames, or whole messages.
  ///   - timeout: The maximum time until the request is sent and the reply is there.
  /// - Returns: The reply, or `nil` if it did not arrive in time.
  /// - Throws: `CancellationError` if the task is cancelled; a ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if no part has a frame.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func request<each Part: MessagePart>(_ parts: repeat each Part, timeout: Duration) async throws -> Message? {
    try await request(Message(parts: repeat each parts), timeout: timeout)
  }
}

extension SocketHandle {
  /// Waits until no other task waits for a reply, which would be mistaken for the caller's.
  ///
  /// - Returns: `true` if the caller can make its request; `false` if the deadline has passed.
  fileprivate func beginRequest(until deadline: Deadline) async throws -> Bool {
    try Task.checkCancellation()
    guard let waiter = unsafe try makeWaiters().requesters.acquire(until: deadline) else { return true }
    return try await waitForLock(waiter)
  }

  fileprivate func endRequest() {
    unsafe waiters?.requesters.release()
  }
}
