internal import CZeroMQ

extension SocketHandle {
  /// How a call that is not ready goes on.
  @usableFromInline
  enum Patience {
    /// As long as it takes, or as long as the socket's timeout option says.
    case blocking
    /// Not at all.
    case none
    /// For some time.
    case limited(Duration)
  }

  /// The flags of an attempt.
  @inline(__always)
  func flags(for event: Int32, _ patience: Patience) -> Int32 {
    if case .blocking = patience { unsafe event == ZMQ_POLLIN ? receiveFlags : sendFlags } else { ZMQ_DONTWAIT }
  }

  /// Sends a frame after a first attempt has failed.
  ///
  /// - Returns: whether it was sent; `false` if the socket was not ready in time.
  @inline(never)
  func sendAgain(
    _ frame: UnsafeMutablePointer<zmq_msg_t>, _ more: Int32, _ patience: Patience
  ) throws(ZeroMQError) -> Bool {
    // SAFETY: callers lend the frame for the call; libzmq takes its bytes only if it succeeds.
    try tryAgain("zmq_msg_send", ZMQ_POLLOUT, patience) { unsafe zmq_msg_send(frame, pointer, $0 | more) } != nil
  }

  /// Receives a frame after a first attempt has failed.
  ///
  /// - Returns: its size; `nil` if there was none in time.
  @inline(never)
  func receiveAgain(into frame: UnsafeMutablePointer<zmq_msg_t>, _ patience: Patience) throws(ZeroMQError) -> Int32? {
    // SAFETY: callers lend the frame for the call.
    try tryAgain("zmq_msg_recv", ZMQ_POLLIN, patience) { unsafe zmq_msg_recv(frame, pointer, $0) }
  }

  /// Repeats one of libzmq's calls, the first of which has just failed, until it succeeds, fails for good, or has waited long enough.
  ///
  /// - Parameters:
  ///   - operation: the function, for errors.
  ///   - event: `ZMQ_POLLIN` or `ZMQ_POLLOUT`, what the call waits for.
  ///   - patience: how long to wait.
  ///   - call: makes the call with these flags; 0 or more is success.
  /// - Returns: what the call returned; `nil` if the socket was not ready in time.
  func tryAgain(
    _ operation: String, _ event: Int32, _ patience: Patience, _ call: (_ flags: Int32) -> Int32
  ) throws(ZeroMQError) -> Int32? {
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
        if case .none = patience { return nil }
        // Without a deadline libzmq has waited itself, by a timeout that was set behind our back.
        guard let deadline else { throw error }
        guard try waitUntilReady(for: event, deadline: deadline) else {
          if case .blocking = patience { throw error }
          return nil
        }
      default:
        throw error
      }
      let result = call(flags(for: event, patience))
      if result >= 0 { return result }
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
