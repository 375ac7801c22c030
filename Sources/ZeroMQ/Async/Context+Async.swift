extension Context {
  /// Shuts down, waits until all sockets are closed and their messages sent or given up, and releases everything.
  ///
  /// Suspends the task meanwhile: until every socket of the context has been closed by who owns it, so close those of the calling
  /// task first; and then for as long as sockets with unsent messages linger, which by default is for ever. Cancelling the task does
  /// not end this. The corresponding libzmq function is `zmq_ctx_term`.
  ///
  /// Even with nothing to send, this takes up to the option `handshakeInterval` (30 seconds by default) if a peer accepts a connection
  /// and never speaks, unless the socket's `linger` is finite. Monitors do not hold this up: those that no call uses are closed.
  ///
  /// - Throws: `.noMemory` when the system has no thread left to wait on.
  public func terminate() async throws {
    let hasStarted = await unsafe withUnsafeContinuation { (continuation: UnsafeContinuation<Bool, Never>) in
      let hasStarted = runDetached {
        while true {
          // A signal, which a context may be configured to be ended by, is not for this thread.
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
