extension Context {
  /// Shuts the context down, waits until its sockets are closed and their messages sent or dropped, and releases it.
  ///
  /// Suspends the task until every socket of the context is closed, so close those of the calling task first. Then it suspends for
  /// at most the longest `linger` time of the sockets with unsent messages, which by default is unlimited. Cancelling the task
  /// does not end the wait.
  ///
  /// A peer that accepts a connection and never speaks delays the call even if there is nothing to send. The delay is at most the
  /// option `handshakeInterval` (30 seconds by default), or the socket's `linger` if that is finite. Monitors do not delay the
  /// call: those that no call uses are closed.
  ///
  /// The corresponding libzmq function is `zmq_ctx_term`.
  ///
  /// - Throws: A ``ZeroMQError`` with the code `.noMemory` if the system has no thread left to wait on.
  public func terminate() async throws {
    let hasStarted = await unsafe withUnsafeContinuation { (continuation: UnsafeContinuation<Bool, Never>) in
      let hasStarted = runDetached {
        while true {
          // A signal can interrupt the call; it is repeated, since the signal is not meant for this thread.
          if (try? self.terminateBlocking()) != nil { break }
        }
        unsafe continuation.resume(returning: true)
      }
      if !hasStarted { unsafe continuation.resume(returning: false) }
    }
    guard hasStarted else { throw ZeroMQError(.noMemory, operation: "pthread_create") }
  }

  private func terminateBlocking() throws {
    try terminate()
  }
}
