internal import CZeroMQ

extension SocketHandle {
  /// How a call that is not ready goes on.
  @usableFromInline
  enum WaitMode {
    /// It waits for as long as it takes, or as long as the socket's timeout option says.
    case blocking
    /// It does not wait.
    case nonblocking
    /// It waits for some time.
    case timeout(Duration)
    /// It belongs to a message that has been begun, and ends neither for a signal nor for want of time.
    ///
    /// libzmq: only the first frame of a message can find the socket not ready. If the peer has gone since, the rest of its message
    /// is dropped, but without `ZMQ_DONTWAIT` only; with it, the next frame would begin a message of its own (4.3.4; lb.cpp,
    /// `sendpipe`). A PAIR would wait, and send the rest to its next peer (pair.cpp, `xsend`).
    case continuing
  }

  /// The flags of a first attempt.
  @inline(__always)
  func flags(for event: Int32, _ mode: WaitMode) -> Int32 {
    switch mode {
    case .blocking: unsafe event == ZMQ_POLLIN ? receiveFlags : sendFlags
    case .continuing: type == .pair && event == ZMQ_POLLOUT ? ZMQ_DONTWAIT : 0
    case .nonblocking, .timeout: ZMQ_DONTWAIT
    }
  }

  /// Sends a frame after a first attempt has failed.
  ///
  /// - Returns: whether it was sent; `false` if the socket was not ready in time.
  @inline(never)
  func sendAgain(
    _ frame: UnsafeMutablePointer<zmq_msg_t>, _ more: Int32, _ mode: WaitMode
  ) throws(ZeroMQError) -> Bool {
    // SAFETY: callers lend the frame for the call; libzmq takes its bytes only if it succeeds.
    if case .continuing = mode, type == .pair, ZeroMQError.Code.last == .wouldBlock {
      // No peer is left to send the frame to.
      unsafe RawMessage.close(frame)
      unsafe RawMessage.makeEmpty(frame)
      return true
    }
    func sendOnce(_ flags: Int32) -> Int32 { unsafe RawMessage.send(frame, pointer, flags | more) }
    guard type == .stream, isOpen else { return try tryAgain("zmq_msg_send", ZMQ_POLLOUT, mode, sendOnce) != nil }
    // libzmq: STREAM takes frames in pairs whatever their flags say, so that another number shifts all that follow (4.3.4;
    // stream.cpp).
    guard unsafe (more != 0) != isInSentMessage else { throw notAPairOfFrames }
    if sendOnce(flags(for: ZMQ_POLLOUT, mode)) < 0 {
      guard try tryAgain("zmq_msg_send", ZMQ_POLLOUT, mode, sendOnce) != nil else { return false }
    }
    unsafe isInSentMessage = more != 0
    return true
  }

  /// The error of a STREAM's message that is not a routing ID and bytes.
  var notAPairOfFrames: ZeroMQError { ZeroMQError(.invalidArgument, operation: "zmq_msg_send", subject: "STREAM") }

  /// Receives a frame after a first attempt has failed.
  ///
  /// - Returns: its size; `nil` if there was none in time.
  @inline(never)
  func receiveAgain(into frame: UnsafeMutablePointer<zmq_msg_t>, _ mode: WaitMode) throws(ZeroMQError) -> Int32? {
    // SAFETY: callers lend the frame for the call.
    try tryAgain("zmq_msg_recv", ZMQ_POLLIN, mode) { unsafe RawMessage.receive(frame, pointer, $0) }
  }

  /// Repeats one of libzmq's calls, the first of which has just failed, until it succeeds, fails for good, or has waited long
  /// enough.
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
    var error = lastError(operation)
    let isReceiving = event == ZMQ_POLLIN
    let deadline: Deadline? =
      switch mode {
      case .blocking: unsafe (isReceiving ? tracked.receiveTimeout : tracked.sendTimeout).map { Deadline(after: $0) }
      case .timeout(let time): Deadline(after: time)
      case .nonblocking: .now
      case .continuing: nil
      }
    // Calls that do not wait, or must not stop halfway, are repeated after a signal whatever the context is configured for.
    let retriesSignals =
      switch mode {
      case .blocking, .timeout: context.configuration.interruption == .retry
      case .nonblocking, .continuing: true
      }
    var hasWaited = flags(for: event, mode) == 0
    if isReceiving, error.code == .wouldBlock, !hasWaited, let result = spin(mode, call) { return result }
    while true {
      switch error.code {
      case .interrupted where retriesSignals || isInMessage(event): break
      case .wouldBlock:
        // Without a deadline libzmq has waited itself, by a timeout that was set behind our back.
        if deadline == nil && hasWaited { throw error }
        if let deadline, deadline.hasPassed {
          if case .blocking = mode { throw error }
          return nil
        }
      default: throw error
      }
      do {
        return try attempt(operation, event, until: deadline, call)
      } catch let failure {
        error = failure
      }
      hasWaited = true
    }
  }

  /// Whether a message has been begun but not ended, frame by frame; a signal must not come in between.
  private func isInMessage(_ event: Int32) -> Bool {
    unsafe event == ZMQ_POLLIN ? (try? number(ZMQ_RCVMORE, "ZMQ_RCVMORE")) == 1 : isInSentMessage
  }

  /// Makes a call once more, which waits until a deadline at the latest, or not at all if that has passed.
  private func attempt(
    _ operation: String, _ event: Int32, until deadline: Deadline?, _ call: (_ flags: Int32) -> Int32
  ) throws(ZeroMQError) -> Int32 {
    let waits = deadline.map { !$0.hasPassed } ?? true
    // libzmq: to `zmq_poll` a ROUTER that must not drop is ready as soon as any peer is, and a PUB that must not drop always; only
    // the call itself waits for the peer that the message is for.
    let (option, name, usual) =
      unsafe event == ZMQ_POLLIN
      ? (ZMQ_RCVTIMEO, "ZMQ_RCVTIMEO", tracked.receiveTimeout) : (ZMQ_SNDTIMEO, "ZMQ_SNDTIMEO", tracked.sendTimeout)
    if waits, let deadline {
      let time = max(deadline.remaining, .milliseconds(1)).roundedUp(to: .milliseconds(1)) ?? .max
      try setNumber(option, name, to: time)
    }
    let result = call(waits ? 0 : ZMQ_DONTWAIT)
    let error = result < 0 ? lastError(operation) : nil
    if waits, deadline != nil { try? setNumber(option, name, to: usual?.roundedUp(to: .milliseconds(1)) ?? -1) }
    if let error { throw error }
    return result
  }

  /// Tries again for the socket's spin time.
  ///
  /// - Returns: what the call returned; `nil` if it did not succeed.
  private func spin(_ mode: WaitMode, _ call: (_ flags: Int32) -> Int32) -> Int32? {
    let time: Duration =
      switch mode {
      case .blocking: unsafe tracked.spinTime
      case .timeout(let limit): unsafe min(tracked.spinTime, limit)
      case .nonblocking, .continuing: .zero
      }
    guard time > .zero else { return nil }
    let end = Deadline(after: time)
    repeat {
      let result = call(ZMQ_DONTWAIT)
      if result >= 0 { return result }
      guard ZeroMQError.Code.last == .wouldBlock else { return nil }
    } while !end.hasPassed
    return nil
  }
}
