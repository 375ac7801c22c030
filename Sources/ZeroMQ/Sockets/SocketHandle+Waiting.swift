internal import CZeroMQ

extension SocketHandle {
  /// The behavior of a call if the socket is not ready.
  @usableFromInline
  enum WaitMode {
    /// Waits for at most the socket's timeout option.
    case blocking
    /// Does not wait.
    case nonblocking
    /// Waits for at most the given time.
    case timeout(Duration)
    /// Continues a message, and ends neither for a signal nor at a timeout.
    ///
    /// libzmq: only the first frame of a message can find the socket not ready. If the peer has disconnected since, sending without
    /// `ZMQ_DONTWAIT` drops the rest of its message. With that flag, the next frame would start a new message (4.3.4; lb.cpp,
    /// `sendpipe`). A PAIR would wait, and send the rest to its next peer (pair.cpp, `xsend`).
    case continuing
  }

  /// Returns the flags of a first attempt.
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
  /// - Returns: `true` if the frame was sent; `false` if the socket was not ready in time.
  @inline(never)
  func retrySend(_ frame: UnsafeMutablePointer<zmq_msg_t>, _ more: Int32, _ mode: WaitMode) throws(ZeroMQError) -> Bool {
    // SAFETY: the pointer points to the frame, owned by the caller, valid during the call; used only on this thread.
    if case .continuing = mode, type == .pair, ZeroMQError.Code.last == .wouldBlock {
      // A PAIR has no peer left, so the frame is dropped.
      unsafe RawMessage.close(frame)
      unsafe RawMessage.makeEmpty(frame)
      return true
    }
    func sendOnce(_ flags: Int32) -> Int32 { unsafe RawMessage.send(frame, pointer, flags | more) }
    guard type == .stream, isOpen else { return try retry("zmq_msg_send", ZMQ_POLLOUT, mode, sendOnce) != nil }
    // libzmq: STREAM takes frames in pairs and ignores their flags, so a message of another size would shift all that follow
    // (4.3.4; stream.cpp).
    guard unsafe (more != 0) != isInSentMessage else { throw notAPairOfFrames }
    // libzmq: a client that has disconnected is unreachable only after the end behind its last message has been read. Reading the
    // events reads it; sending waits for it (4.3.4; stream.cpp, pipe.cpp).
    if more != 0 { processCommands() }
    if sendOnce(flags(for: ZMQ_POLLOUT, mode)) < 0 {
      guard try retry("zmq_msg_send", ZMQ_POLLOUT, mode, sendOnce) != nil else { return false }
    }
    unsafe isInSentMessage = more != 0
    return true
  }

  /// The error of a STREAM's message that does not consist of a routing ID and bytes.
  var notAPairOfFrames: ZeroMQError { ZeroMQError(.invalidArgument, operation: "zmq_msg_send", subject: "STREAM") }

  /// Receives a frame after a first attempt has failed.
  ///
  /// - Returns: The size of the frame, or `nil` if none arrived in time.
  @inline(never)
  func retryReceive(into frame: UnsafeMutablePointer<zmq_msg_t>, _ mode: WaitMode) throws(ZeroMQError) -> Int32? {
    // SAFETY: the pointer points to the frame, owned by the caller, valid during the call; used only on this thread.
    try retry("zmq_msg_recv", ZMQ_POLLIN, mode) { unsafe RawMessage.receive(frame, pointer, $0) }
  }

  /// Repeats a call of libzmq, the first attempt of which has just failed, until it succeeds, fails, or its time has passed.
  ///
  /// - Parameters:
  ///   - operation: The function, for errors.
  ///   - event: The event to wait for: `ZMQ_POLLIN` or `ZMQ_POLLOUT`.
  ///   - mode: The behavior if the socket is not ready.
  ///   - call: Makes the call with these flags; a result of 0 or more is success.
  /// - Returns: The result of the call, or `nil` if the socket was not ready in time.
  func retry(
    _ operation: String, _ event: Int32, _ mode: WaitMode, _ call: (_ flags: Int32) -> Int32
  ) throws(ZeroMQError) -> Int32? {
    // The common case of a task's call, before the task waits.
    if case .nonblocking = mode, ZeroMQError.Code.last == .wouldBlock { return nil }
    var error = lastError(operation)
    let isReceiving = event == ZMQ_POLLIN
    // A call that does not wait, or continues a message, is repeated after a signal, also with `interruption: .throw`.
    let retriesBlocking = context.configuration.interruption == .retry
    let (deadline, retriesSignals): (Deadline?, Bool) =
      switch mode {
      case .blocking:
        unsafe ((isReceiving ? tracked.receiveTimeout : tracked.sendTimeout).map { Deadline(after: $0) }, retriesBlocking)
      case .timeout(let time): (Deadline(after: time), retriesBlocking)
      case .nonblocking: (.now, true)
      case .continuing: (nil, true)
      }
    var hasWaited = flags(for: event, mode) == 0
    if isReceiving, error.code == .wouldBlock, !hasWaited, let result = spin(mode, call) { return result }
    while true {
      switch error.code {
      case .interrupted where retriesSignals || isInMessage(event): break
      case .wouldBlock:
        // Without a deadline, libzmq itself has waited, for a timeout that was set as a raw option.
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

  /// Returns a Boolean value that indicates whether a message is incomplete, so that a signal must not end the call.
  private func isInMessage(_ event: Int32) -> Bool {
    unsafe event == ZMQ_POLLIN ? (try? number(ZMQ_RCVMORE, "ZMQ_RCVMORE")) == 1 : isInSentMessage
  }

  /// Repeats a call, which waits until the deadline at most, or does not wait if the deadline has passed.
  private func attempt(
    _ operation: String, _ event: Int32, until deadline: Deadline?, _ call: (_ flags: Int32) -> Int32
  ) throws(ZeroMQError) -> Int32 {
    let waits = deadline.map { !$0.hasPassed } ?? true
    // libzmq: `zmq_poll` reports a ROUTER with `ZMQ_ROUTER_MANDATORY` as ready if any peer is, and a PUB with `ZMQ_XPUB_NODROP`
    // always. Only the call itself waits for the peer of the message (4.3.4; router.cpp, xpub.cpp).
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

  /// Repeats a call without waiting, for at most the socket's spin time.
  ///
  /// - Returns: The result of the call, or `nil` if it did not succeed.
  private func spin(_ mode: WaitMode, _ call: (_ flags: Int32) -> Int32) -> Int32? {
    var time = unsafe tracked.spinTime
    if case .timeout(let limit) = mode { time = min(time, limit) }
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
