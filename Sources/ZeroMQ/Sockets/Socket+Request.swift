internal import CZeroMQ

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
    return handle.noteReply(try receive())
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
    return try receive(timeout: deadline.remaining).map(handle.noteReply)
  }

  /// Sends a request of one or more parts, each of any type, and receives the reply to it.
  ///
  /// ```swift
  /// let reply = try client.request("get", key)
  /// ```
  ///
  /// Blocks the current thread for at most the options `sendTimeout` and `receiveTimeout`. After an error the socket can be used
  /// again, also for another request.
  ///
  /// The envelope holds a number, so a late reply is dropped and never returned for another request. The peer must return the whole
  /// envelope, as REP, every proxy, and a ROUTER that keeps it do. For that, REQ sets its options `reqRelaxed` and `reqCorrelate`.
  /// A peer may have acted on a request whose reply did not arrive.
  ///
  /// - Parameters:
  ///   - first: The first part: a string, bytes, a frame, or a whole message.
  ///   - rest: The parts that follow.
  /// - Returns: The reply.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the option `sendTimeout` or `receiveTimeout` expires.
  ///   - `.invalidArgument` if no part has a frame.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func request<First: MessagePart, each Rest: MessagePart>(_ first: First, _ rest: repeat each Rest) throws -> Message {
    try request(Message(parts: first, repeat each rest))
  }

  /// Sends a request of one or more parts, each of any type, and receives the reply to it, waiting at most the given time.
  ///
  /// ```swift
  /// let reply = try client.request("get", key, timeout: .seconds(1))
  /// ```
  ///
  /// Blocks the current thread for at most `timeout`. After an error, or without a reply, the socket can be used again, also for
  /// another request.
  ///
  /// The envelope holds a number, so a late reply is dropped and never returned for another request. The peer must return the whole
  /// envelope, as REP, every proxy, and a ROUTER that keeps it do. For that, REQ sets its options `reqRelaxed` and `reqCorrelate`.
  /// A peer may have acted on a request whose reply did not arrive.
  ///
  /// - Parameters:
  ///   - parts: The parts: strings, bytes, frames, or whole messages.
  ///   - timeout: The maximum time to wait until the reply arrives; overrides the options `sendTimeout` and `receiveTimeout`.
  /// - Returns: The reply, or `nil` if none arrived in time.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if no part has a frame.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func request<each Part: MessagePart>(_ parts: repeat each Part, timeout: Duration) throws -> Message? {
    try request(Message(parts: repeat each parts), timeout: timeout)
  }

  /// A list of parts is not itself a part: `request` takes the parts one by one.
  @available(*, unavailable, message: "write the parts without brackets: request(\"get\", key)")
  public func request(_ parts: [any MessagePart], timeout: Duration = .zero) throws -> Message? { nil }

  /// Prepares a REQ for a new request whose reply it can distinguish from a late reply to the last one.
  func giveUpOnLastReply() throws {
    try handle.reconnectWithoutPeer()
    guard unsafe !handle.tracked.requestsAreRelaxed else { return }
    try AnySocket(self).set(.reqRelaxed, to: true)
    try AnySocket(self).set(.reqCorrelate, to: true)
    unsafe handle.tracked.requestsAreRelaxed = true
  }
}

extension SocketHandle {
  /// Reconnects a REQ if the reply to its last request is missing and it has no peer left.
  ///
  /// libzmq: a REQ closes a connection that delivers a reply without delimiter, and never makes it again (4.3.4; req.cpp,
  /// session_base.cpp).
  func reconnectWithoutPeer() throws(ZeroMQError) {
    defer { unsafe tracked.isReplyMissing = true }
    guard unsafe tracked.isReplyMissing, try number(ZMQ_EVENTS, "ZMQ_EVENTS") & ZMQ_POLLOUT == 0 else { return }
    for endpoint in unsafe tracked.requestEndpoints {
      try? disconnect(endpoint)
      try connect(endpoint)
    }
  }

  /// Notes that a REQ's reply has arrived, and returns it.
  func noteReply(_ reply: Message) -> Message {
    unsafe tracked.isReplyMissing = false
    return reply
  }
}
