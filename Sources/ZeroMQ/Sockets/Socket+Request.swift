extension Socket where Kind: RequestingKind & SendingKind & ReceivingKind {
  /// Sends a request and receives the reply to it.
  ///
  /// Blocks the current thread for at most the options `sendTimeout` and `receiveTimeout`. After an error the socket can be used
  /// again, also for another request.
  ///
  /// The envelope holds a number, so a late reply is dropped and never returned for another request. The peer must return the whole
  /// envelope, as REP, every proxy, and a ROUTER that keeps it do. For that, REQ sets its options `reqRelaxed` and `reqCorrelate`.
  /// A peer may have acted on a request whose reply did not arrive.
  ///
  /// - Parameter request: The request of one or more frames.
  /// - Returns: The reply.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the option `sendTimeout` or `receiveTimeout` expires.
  ///   - `.invalidArgument` if the request has no frames.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func request(_ request: consuming Message) throws -> Message {
    if handle.type == .dealer {
      guard let reply = try handle.multiplexBlocking(request, timeout: nil) else { throw handle.noReply }
      return reply
    }
    try giveUpOnLastReply()
    try send(request)
    return try receive()
  }

  /// Sends a request and receives the reply to it, waiting at most the given time.
  ///
  /// Blocks the current thread for at most `timeout`. After an error, or without a reply, the socket can be used again, also for
  /// another request.
  ///
  /// The envelope holds a number, so a late reply is dropped and never returned for another request. The peer must return the whole
  /// envelope, as REP, every proxy, and a ROUTER that keeps it do. For that, REQ sets its options `reqRelaxed` and `reqCorrelate`.
  /// A peer may have acted on a request whose reply did not arrive.
  ///
  /// - Parameters:
  ///   - request: The request of one or more frames.
  ///   - timeout: The maximum time to wait until the reply arrives; overrides the options `sendTimeout` and `receiveTimeout`.
  /// - Returns: The reply, or `nil` if none arrived in time.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if the request has no frames.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func request(_ request: consuming Message, timeout: Duration) throws -> Message? {
    if handle.type == .dealer { return try handle.multiplexBlocking(request, timeout: timeout) }
    let deadline = Deadline(after: timeout)
    try giveUpOnLastReply()
    guard try send(request, timeout: deadline.remaining) else { return nil }
    return try receive(timeout: deadline.remaining)
  }

  /// Lets a REQ do without the reply to its last request, and tell a late one from the one that it waits for.
  func giveUpOnLastReply() throws {
    guard unsafe !handle.tracked.requestsAreRelaxed else { return }
    let socket = AnySocket(self)
    try socket.set(.reqRelaxed, to: true)
    try socket.set(.reqCorrelate, to: true)
    unsafe handle.tracked.requestsAreRelaxed = true
  }
}
