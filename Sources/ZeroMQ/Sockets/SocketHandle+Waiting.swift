internal import CZeroMQ

extension SocketHandle {
  /// How a call that is not ready goes on.
  enum Patience {
    /// As long as it takes, or as long as the socket's timeout option says.
    case blocking
    /// Not at all.
    case none
    /// For some time.
    case limited(Duration)
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
    let flags = flags(for: event, patience)
    if _fastPath(call(flags) >= 0) { return true }
    return try attemptAgain(operation, event, patience, flags, call)
  }

  /// The flags of an attempt.
  @inline(__always)
  func flags(for event: Int32, _ patience: Patience) -> Int32 {
    if case .blocking = patience { unsafe event == ZMQ_POLLIN ? receiveFlags : sendFlags } else { ZMQ_DONTWAIT }
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
      case .limited(let time): .now + time
      }
    while true {
      switch error.code {
      case .interrupted:
        if context.configuration.interruption == .throw { throw error }
      case .wouldBlock:
        if case .none = patience { return false }
        // Without a deadline libzmq has waited itself, by a timeout that was set behind our back.
        guard let deadline else { throw error }
        guard try waitUntilReady(for: event, deadline: deadline) else {
          if case .blocking = patience { throw error }
          return false
        }
      default:
        throw error
      }
      if call(flags) >= 0 { return true }
      error = ZeroMQError.last(operation)
    }
  }

  /// Blocks until the socket is ready.
  ///
  /// - Parameter deadline: until when; `nil` is for ever.
  /// - Returns: whether it is ready.
  func waitUntilReady(for event: Int32, deadline: ContinuousClock.Instant?) throws(ZeroMQError) -> Bool {
    // libzmq: an item without a socket would be a file descriptor.
    guard let socket = unsafe pointer else { throw ZeroMQError(.notSocket, operation: "zmq_poll") }
    var item = PollItem(fileDescriptor: -1, events: event)
    unsafe item.socket = unsafe socket
    // SAFETY: one item, alive for the call.
    return try poll(until: deadline, retrying: context.configuration.interruption == .retry) {
      unsafe zmq_poll(&item.raw, 1, $0)
    } > 0
  }
}
