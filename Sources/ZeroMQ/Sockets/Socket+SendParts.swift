extension Socket where Kind: SendingKind {
  /// Sends a message of one part: a string, bytes, or a frame.
  ///
  /// Blocks the current thread until the socket can accept the message. At the high-water mark, some socket types block and others
  /// drop; see <doc:Backpressure>. If the call throws, nothing was sent.
  ///
  /// The corresponding libzmq functions are `zmq_send` and, in errors, `zmq_msg_send`.
  ///
  /// - Parameter part: The part, such as a `String`, a `[UInt8]` or a `RawSpan`; it may be empty.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the part has no frames, or the socket is a STREAM, whose messages have two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes; those of a large frame are shared, not copied.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send<Part: MessagePart & ~Copyable & ~Escapable>(_ part: borrowing Part) throws {
    var attempt = unsafe DirectSend(handle.sendFlags)
    attempt.expect(Part.self)
    attempt.send(part, to: handle)
    if !attempt.isPossible { try handle.send(Message(part), after: attempt) }
  }

  /// Sends a message of several parts, each of any type: strings, bytes, frames, or whole messages.
  ///
  /// ```swift
  /// try router.send(client, "", text)
  /// ```
  ///
  /// Blocks the current thread until the socket can accept the message. At the high-water mark, some socket types block and others
  /// drop; see <doc:Backpressure>. If the call throws, nothing was sent.
  ///
  /// The corresponding libzmq functions are `zmq_send` and, in errors, `zmq_msg_send`; with `ZMQ_SNDMORE` for each frame but the
  /// last.
  ///
  /// - Parameters:
  ///   - first: The first part.
  ///   - second: The second part.
  ///   - rest: The parts that follow.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if no part has a frame, or a STREAM's message has not exactly two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes; those of large frames are shared, not copied.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send<First: MessagePart, Second: MessagePart, each Rest: MessagePart>(
    _ first: First, _ second: Second, _ rest: repeat each Rest
  ) throws {
    var attempt = unsafe DirectSend(handle.sendFlags)
    attempt.expect(First.self)
    attempt.expect(Second.self)
    repeat attempt.expect((each Rest).self)
    attempt.send(first, to: handle)
    attempt.send(second, to: handle)
    repeat attempt.send(each rest, to: handle)
    if !attempt.isPossible { try handle.send(Message(first, second, repeat each rest), after: attempt) }
  }

  /// Sends a message of one or more parts, each of any type, waiting at most the given time.
  ///
  /// ```swift
  /// let isSent = try router.send(client, "", text, timeout: .seconds(1))
  /// ```
  ///
  /// Blocks the current thread for at most `timeout`. If the call returns `false` or throws, nothing was sent.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send` and `zmq_poll`.
  ///
  /// - Parameters:
  ///   - parts: The parts: strings, bytes, frames, or whole messages.
  ///   - timeout: The maximum time to wait; zero does not wait. Overrides the `sendTimeout` option.
  /// - Returns: `true` if the message was sent; `false` if the socket could not accept it in time.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if no part has a frame, or a STREAM's message has not exactly two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes; those of large frames are shared, not copied.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send<each Part: MessagePart>(_ parts: repeat each Part, timeout: Duration) throws -> Bool {
    try send(Message(parts: repeat each parts), timeout: timeout)
  }

  /// Sends a message of one or more parts, each of any type, if the socket can accept it without waiting.
  ///
  /// If the call returns `false` or throws, nothing was sent.
  ///
  /// The corresponding libzmq function is `zmq_msg_send`, with `ZMQ_DONTWAIT`.
  ///
  /// - Parameters:
  ///   - first: The first part: a string, bytes, a frame, or a whole message.
  ///   - rest: The parts that follow.
  /// - Returns: `true` if the message was sent; `false` if the socket has no peer to send to, or all are at the high-water mark.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if no part has a frame, or a STREAM's message has not exactly two.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes; those of large frames are shared, not copied.
  @inlinable
  public func sendIfReady<First: MessagePart, each Rest: MessagePart>(_ first: First, _ rest: repeat each Rest) throws -> Bool {
    try sendIfReady(Message(parts: first, repeat each rest))
  }

  /// An array is a part only if its elements are bytes.
  ///
  /// Without this overload, the compiler's message (6.3) does not name the cause.
  @available(*, unavailable, message: "an array is a part only as '[UInt8]'; append other elements to a 'Message', one by one")
  public func send<First: MessagePart, Element>(_ first: First, _ second: [Element]) throws {}

  /// A list of parts is not itself a part: `send` takes the parts one by one.
  @available(*, unavailable, message: "write the parts without brackets: send(client, \"\", text)")
  public func send(_ parts: [any MessagePart], timeout: Duration = .zero) throws {}

  /// A list of parts is not itself a part: `send` takes the parts one by one.
  @available(*, unavailable, message: "write the parts without brackets: sendIfReady(client, \"\", text)")
  public func sendIfReady(_ parts: [any MessagePart]) throws -> Bool { false }
}

// Collections of bytes that do not conform to `MessagePart`, such as another package's buffer or a lazy map.

extension Socket where Kind: SendingKind {
  /// Sends a collection's bytes as a message of one frame.
  ///
  /// Blocks the current thread until the socket can accept the message. At the high-water mark, some socket types block and others
  /// drop; see <doc:Backpressure>. If the call throws, nothing was sent.
  ///
  /// The corresponding libzmq functions are `zmq_send` and, in errors, `zmq_msg_send`.
  ///
  /// - Parameter bytes: The bytes; may be empty.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the socket is a STREAM, whose messages have two frames.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @_disfavoredOverload
  @inlinable
  public func send(_ bytes: some Collection<UInt8>) throws {
    // SAFETY: the pointer points to the bytes, owned by the collection, valid until the closure returns; used only during the call.
    try unsafe bytes.withBytes { bytes in Result { try send(unsafe RawSpan(_unsafeBytes: bytes)) } }.get()
  }

  /// Sends a collection's bytes as a message of one frame, waiting at most the given time.
  ///
  /// Blocks the current thread for at most `timeout`. If the call returns `false` or throws, nothing was sent.
  ///
  /// The corresponding libzmq functions are `zmq_msg_send` and `zmq_poll`.
  ///
  /// - Parameters:
  ///   - bytes: The bytes; may be empty.
  ///   - timeout: The maximum time to wait; zero does not wait. Overrides the `sendTimeout` option.
  /// - Returns: `true` if the message was sent; `false` if the socket could not accept it in time.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the socket is a STREAM, whose messages have two frames.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @_disfavoredOverload
  @inlinable
  public func send(_ bytes: some Collection<UInt8>, timeout: Duration) throws -> Bool {
    try send(Message(copying: bytes), timeout: timeout)
  }

  /// Sends a collection's bytes as a message of one frame, if the socket can accept it without waiting.
  ///
  /// If the call returns `false` or throws, nothing was sent.
  ///
  /// The corresponding libzmq function is `zmq_msg_send`, with `ZMQ_DONTWAIT`.
  ///
  /// - Parameter bytes: The bytes; may be empty.
  /// - Returns: `true` if the message was sent; `false` if the socket has no peer to send to, or all are at the high-water mark.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the socket is a STREAM, whose messages have two frames.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  /// - Complexity: O(*n*) in the number of bytes.
  @_disfavoredOverload
  @inlinable
  public func sendIfReady(_ bytes: some Collection<UInt8>) throws -> Bool {
    try sendIfReady(Message(copying: bytes))
  }
}
