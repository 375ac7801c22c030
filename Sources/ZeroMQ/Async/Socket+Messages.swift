extension Socket where Kind: ReceivingKind {
  /// The messages of the socket, in order of arrival.
  ///
  /// The sequence ends when the socket is closed or its context is shut down. Cancelling the task ends the loop with
  /// `CancellationError`; no message is lost.
  ///
  /// ```swift
  /// for try await request in server.messages { try await server.send("World") }
  /// ```
  public var messages: Messages { Messages(socket: self) }

  /// An asynchronous sequence of a socket's messages, in order of arrival.
  ///
  /// Use it only in the task that uses the socket.
  public struct Messages: AsyncSequence, AsyncIteratorProtocol {
    @usableFromInline
    let socket: Socket

    /// Returns the sequence itself, as an iterator.
    ///
    /// Each message goes to one loop: a second loop continues after the messages that the first has received.
    public func makeAsyncIterator() -> Self { self }

    /// Receives the next message.
    ///
    /// Suspends the task until a message arrives.
    ///
    /// - Returns: The message, or `nil` if the socket is closed or its context was shut down.
    /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
    ///   - `.wouldBlock` if the `receiveTimeout` option expires.
    ///   - `.wrongState` if a REQ socket has sent no request, or a REP socket has not replied yet.
    ///   - `.notSupported` if the type of an ``AnySocket`` cannot receive.
    @inlinable
    public mutating func next() async throws -> Message? {
      try await next(isolation: #isolation)
    }

    /// Receives the next message, in the isolation of the caller.
    ///
    /// Suspends the task until a message arrives. A `for` loop calls this function.
    ///
    /// - Parameter actor: The actor that the caller is isolated to.
    /// - Returns: The message, or `nil` if the socket is closed or its context was shut down.
    /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
    ///   - `.wouldBlock` if the `receiveTimeout` option expires.
    ///   - `.wrongState` if a REQ socket has sent no request, or a REP socket has not replied yet.
    ///   - `.notSupported` if the type of an ``AnySocket`` cannot receive.
    @inlinable
    @inline(__always)
    nonisolated(nonsending) public mutating func next(isolation actor: (any Actor)?) async throws -> Message? {
      var isTried = false
      if socket.handle.canTryImmediately {
        if let message = socket.handle.receiveNonblocking() { return message }
        isTried = true
      }
      return try await socket.handle.nextMessage(isTried: isTried)
    }
  }
}

extension SocketHandle {
  /// Receives the next message of a sequence, which ends when the socket is closed or its context is shut down.
  @usableFromInline
  func nextMessage(isTried: Bool) async throws -> Message? {
    do {
      return try await receiveSlow(isTried: isTried)
    } catch let error as ZeroMQError {
      guard error.code == .contextTerminated || !isOpen else { throw error }
      return nil
    }
  }
}
