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
      do {
        return try await socket.receive()
      } catch let error as ZeroMQError {
        guard error.code == .contextTerminated || socket.isClosed else { throw error }
        return nil
      }
    }

    /// Receives the next message, in the isolation of the caller; what a `for` loop calls.
    @inlinable
    public mutating func next(isolation actor: isolated (any Actor)?) async throws -> Message? {
      try await next()
    }
  }
}
