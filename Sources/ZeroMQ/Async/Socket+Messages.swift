extension Socket where Kind: ReceivingKind {
  /// The messages of a socket, as they come.
  ///
  /// The sequence ends when the socket is closed or its context is shut down. Cancelling the task ends the loop with
  /// `CancellationError`; no message is lost.
  ///
  /// ```swift
  /// for try await request in server.messages { try await server.send("World") }
  /// ```
  public var messages: Messages { Messages(socket: self) }

  /// The messages of a socket, as they come; belongs to the socket's task.
  public struct Messages: AsyncSequence, AsyncIteratorProtocol {
    @usableFromInline
    let socket: Socket

    /// The sequence itself: messages that one loop has received are not there for another.
    public func makeAsyncIterator() -> Self { self }

    /// Receives the next message.
    ///
    /// - Returns: the message; `nil` when the socket is closed or its context shut down.
    /// - Throws: as `receive()`.
    @inlinable
    public mutating func next() async throws -> Message? {
      try await next(isolation: #isolation)
    }

    /// Receives the next message, in the isolation of the caller; what a `for` loop calls.
    @inlinable
    @inline(__always)
    public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Message? {
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
