internal import CZeroMQ

extension SocketHandle {
  /// How a call that is not ready goes on.
  @usableFromInline
  enum WaitMode {
    /// As long as it takes, or as long as the socket's timeout option says.
    case blocking
    /// Not at all.
    case nonblocking
    /// For some time.
    case timeout(Duration)
  }

  /// The flags of an attempt.
  @inline(__always)
  func flags(for event: Int32, _ mode: WaitMode) -> Int32 {
    if case .blocking = mode { unsafe event == ZMQ_POLLIN ? receiveFlags : sendFlags } else { ZMQ_DONTWAIT }
  }

  /// Sends a frame after a first attempt has failed.
  ///
  /// - Returns: whether it was sent; `false` if the socket was not ready in time.
  @inline(never)
  func sendAgain(
    _ frame: UnsafeMutablePointer<zmq_msg_t>, _ more: Int32, _ mode: WaitMode
  ) throws(ZeroMQError) -> Bool {
    // SAFETY: callers lend the frame for the call; libzmq takes its bytes only if it succeeds.
    try tryAgain("zmq_msg_send", ZMQ_POLLOUT, mode) { unsafe zmq_msg_send(frame, pointer, $0 | more) } != nil
  }

  /// Receives a frame after a first attempt has failed.
  ///
  /// - Returns: its size; `nil` if there was none in time.
  @inline(never)
  func receiveAgain(into frame: UnsafeMutablePointer<zmq_msg_t>, _ mode: WaitMode) throws(ZeroMQError) -> Int32? {
    // SAFETY: callers lend the frame for the call.
    try tryAgain("zmq_msg_recv", ZMQ_POLLIN, mode) { unsafe zmq_msg_recv(frame, pointer, $0) }
  }

  /// Repeats one of libzmq's calls, the first of which has just failed, until it succeeds, fails for good, or has waited long enough.
  ///
  /// - Parameters:
  ///   - operation: the function, for errors.
  ///   - event: `ZMQ_POLLIN` or `ZMQ_POLLOUT`, what the call waits for.
  ///   - mode: how long to wait.
  ///   - call: makes the call with these flags; 0 or more is success.
  /// - Returns: what the call returned; `nil` if the socket was not ready in time.
  func tryAgain(
    _ operation: String, _ event: Int32, _ mode: WaitMode, _ call: (_ flags: Int32) -> Int32
  ) throws(ZeroMQError) -> Int32? {
    // What tasks meet before every wait.
    if case .nonblocking = mode, ZeroMQError.Code.last == .wouldBlock { return nil }
    var error = ZeroMQError.last(operation)
    if error.code == .notSocket, reclaim() {
      let result = call(flags(for: event, mode))
      if result >= 0 { return result }
      error = .last(operation)
    }
    let deadline: ContinuousClock.Instant? =
      switch mode {
      case .blocking:
        unsafe (event == ZMQ_POLLIN ? tracked.receiveTimeout : tracked.sendTimeout).map { ContinuousClock.now + $0 }
      case .nonblocking: nil
      case .timeout(let time): .now + time
      }
    var hasWaited = flags(for: event, mode) == 0
    if event == ZMQ_POLLIN, error.code == .wouldBlock, !hasWaited, let result = spin(mode, call) { return result }
    while true {
      switch error.code {
      case .interrupted where context.configuration.interruption == .retry: break
      case .wouldBlock:
        if case .nonblocking = mode { return nil }
        // Without a deadline libzmq has waited itself, by a timeout that was set behind our back.
        if deadline == nil && hasWaited { throw error }
        if let deadline, ContinuousClock.now >= deadline {
          if case .blocking = mode { throw error }
          return nil
        }
      default: throw error
      }
      switch result(of: call, operation, event, mode, deadline) {
      case .success(let result): return result
      case .failure(let failure): error = failure
      }
      hasWaited = true
    }
  }

  /// Tries again for the socket's spin time.
  ///
  /// - Returns: what the call returned; `nil` if it did not succeed.
  private func spin(_ mode: WaitMode, _ call: (_ flags: Int32) -> Int32) -> Int32? {
    let time: Duration =
      switch mode {
      case .blocking: unsafe tracked.spinTime
      case .nonblocking: .zero
      case .timeout(let limit): unsafe min(tracked.spinTime, limit)
      }
    guard time > .zero else { return nil }
    let end = ContinuousClock.now + time
    repeat {
      let result = call(ZMQ_DONTWAIT)
      if result >= 0 { return result }
      guard ZeroMQError.Code.last == .wouldBlock else { return nil }
    } while ContinuousClock.now < end
    return nil
  }

  /// Makes a call that blocks, until a deadline at the latest; or not at all, if its mode is `.nonblocking`.
  private func result(
    of call: (_ flags: Int32) -> Int32, _ operation: String, _ event: Int32, _ mode: WaitMode,
    _ deadline: ContinuousClock.Instant?
  ) -> Result<Int32, ZeroMQError> {
    // libzmq: to `zmq_poll` a ROUTER that must not drop is ready as soon as any peer is, and a PUB that must not drop always; only
    // the call itself waits for the peer that the message is for.
    let (option, usual) = unsafe event == ZMQ_POLLIN ? (ZMQ_RCVTIMEO, tracked.receiveTimeout) : (ZMQ_SNDTIMEO, tracked.sendTimeout)
    if let deadline {
      let time = max(deadline - .now, .milliseconds(1)).roundedUp(to: .milliseconds(1)) ?? .max
      guard setNumber(option, time) else { return .failure(.last(operation)) }
    }
    let result = if case .nonblocking = mode { call(ZMQ_DONTWAIT) } else { call(0) }
    let outcome: Result<Int32, ZeroMQError> = result < 0 ? .failure(.last(operation)) : .success(result)
    if deadline != nil { _ = setNumber(option, usual?.roundedUp(to: .milliseconds(1)) ?? -1) }
    return outcome
  }
}
