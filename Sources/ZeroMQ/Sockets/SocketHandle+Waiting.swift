internal import CZeroMQ

extension SocketHandle {
  /// How a call that is not ready goes on.
  enum Patience {
    /// As long as it takes, or as long as the socket's timeout option says.
    case blocking
    /// Not at all.
    case none
    /// Until a moment has come.
    case until(ContinuousClock.Instant)
  }

  /// Repeats one of libzmq's calls until it succeeds, fails, or has waited long enough.
  ///
  /// - Parameters:
  ///   - operation: the function, for errors.
  ///   - event: `ZMQ_POLLIN` or `ZMQ_POLLOUT`, what the call waits for.
  ///   - patience: how long to wait.
  ///   - call: makes the call with these flags; 0 or more is success.
  /// - Returns: whether it succeeded; `false` if it was not ready in time.
  @inline(__always)
  func attempt(
    _ operation: String, _ event: Int32, _ patience: Patience, _ call: (_ flags: Int32) -> Int32
  ) throws(ZeroMQError) -> Bool {
    let flags =
      if case .blocking = patience { unsafe event == ZMQ_POLLIN ? receiveFlags : sendFlags } else { ZMQ_DONTWAIT }
    if call(flags) >= 0 { return true }
    return try attemptAgain(operation, event, patience, flags, call)
  }

  /// What `attempt` does after a first failure; out of its way.
  @inline(never)
  func attemptAgain(
    _ operation: String, _ event: Int32, _ patience: Patience, _ flags: Int32, _ call: (_ flags: Int32) -> Int32
  ) throws(ZeroMQError) -> Bool {
    var error = ZeroMQError.last(operation)
    let deadline: ContinuousClock.Instant? =
      switch patience {
      case .blocking:
        unsafe (event == ZMQ_POLLIN ? memory.receiveTimeout : memory.sendTimeout).map { ContinuousClock.now + $0 }
      case .none: nil
      case .until(let deadline): deadline
      }
    while true {
      switch error.code {
      case .interrupted:
        if context.configuration.interruption == .throw { throw error }
      case .wouldBlock:
        if case .none = patience { return false }
        // Without a deadline libzmq has waited itself, by a timeout that was set behind our back.
        guard let deadline else { throw error }
        guard ContinuousClock.now < deadline else {
          if case .blocking = patience { throw error }
          return false
        }
        guard let failure = try callBlocking(operation, event, deadline, call) else { return true }
        error = failure
        continue
      default:
        throw error
      }
      if call(flags) >= 0 { return true }
      error = ZeroMQError.last(operation)
    }
  }

  /// Makes a call that blocks until a deadline at the latest.
  ///
  /// libzmq: to `zmq_poll` a ROUTER that must not drop is ready as soon as any peer is, and a PUB that must not drop always; only
  /// the call itself waits for the peer that the message is for.
  ///
  /// - Returns: the error; `nil` for success.
  private func callBlocking(
    _ operation: String, _ event: Int32, _ deadline: ContinuousClock.Instant, _ call: (_ flags: Int32) -> Int32
  ) throws(ZeroMQError) -> ZeroMQError? {
    let (option, usual) = unsafe event == ZMQ_POLLIN ? (ZMQ_RCVTIMEO, memory.receiveTimeout) : (ZMQ_SNDTIMEO, memory.sendTimeout)
    let time = max(deadline - .now, .milliseconds(1))
    guard setTimeout(option, time.roundedUp(to: .milliseconds(1)) ?? .max) else { throw ZeroMQError.last(operation) }
    let failure = call(0) < 0 ? ZeroMQError.last(operation) : nil
    _ = setTimeout(option, usual?.roundedUp(to: .milliseconds(1)) ?? -1)
    return failure
  }

  private func setTimeout(_ option: Int32, _ milliseconds: Int32) -> Bool {
    // SAFETY: libzmq copies the number; a closed socket is answered with ENOTSOCK.
    unsafe withUnsafeBytes(of: milliseconds) { unsafe zmq_setsockopt(pointer, option, $0.baseAddress, $0.count) == 0 }
  }
}
