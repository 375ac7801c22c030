extension Socket where Kind: RequestingKind & SendingKind & ReceivingKind {
  /// Sends a request and receives the reply to it; the socket can be used again in any case.
  ///
  /// Blocks meanwhile; otherwise as the asynchronous form.
  ///
  /// - Parameter request: one or more frames; as a literal, a text or an array of frames.
  /// - Returns: the reply.
  /// - Throws: `.wouldBlock` when one of the socket's timeouts has passed; `.invalidArgument` for a message without frames;
  ///   `.interrupted` where the context is configured so; `.contextTerminated`; `.notSocket` after ``close()``.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func request(_ request: consuming Message) throws -> Message {
    try giveUpOnLastReply()
    try send(request)
    return try receive()
  }

  /// Sends a request and receives the reply to it, if that comes in time; the socket can be used again in any case.
  ///
  /// Blocks for as long as the timeout says; otherwise as the asynchronous form.
  ///
  /// - Parameters:
  ///   - request: one or more frames; as a literal, a text or an array of frames.
  ///   - timeout: how long to wait until the request is sent and the reply there.
  /// - Returns: the reply; `nil` if it did not come.
  /// - Throws: as `request(_:)`, without `.wouldBlock`.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func request(_ request: consuming Message, timeout: Duration) throws -> Message? {
    let deadline = Deadline(after: timeout)
    try giveUpOnLastReply()
    guard try send(request, timeout: deadline.remaining) else { return nil }
    return try receive(timeout: deadline.remaining)
  }

  /// Lets the socket do without the reply to its last request, and tell a late one from the one that it waits for.
  func giveUpOnLastReply() throws {
    guard unsafe !handle.tracked.requestsAreRelaxed else { return }
    try set(.reqRelaxed, to: true)
    try set(.reqCorrelate, to: true)
    unsafe handle.tracked.requestsAreRelaxed = true
  }
}
