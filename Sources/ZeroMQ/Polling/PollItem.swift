internal import CZeroMQ

/// A `zmq_pollitem_t`: what to wait for on a socket or file descriptor, and what came of it.
@safe
struct PollItem {
  var raw: zmq_pollitem_t

  init(fileDescriptor: Int32, events: Int32) {
    unsafe raw = unsafe zmq_pollitem_t(socket: nil, fd: fileDescriptor, events: Int16(events), revents: 0)
  }

  /// The socket; without one, the item is a file descriptor.
  @unsafe
  var socket: UnsafeMutableRawPointer? {
    get { unsafe raw.socket }
    set { unsafe raw.socket = newValue }
  }

  var fileDescriptor: Int32 { unsafe raw.fd }

  var events: PollEvents {
    get { PollEvents(rawValue: Int32(unsafe raw.events)) }
    set { unsafe raw.events = Int16(truncatingIfNeeded: newValue.rawValue) }
  }

  var readyEvents: PollEvents { PollEvents(rawValue: Int32(unsafe raw.revents)) }
}

/// Calls `zmq_poll`, and again for the rest of the time after a signal or when its milliseconds run out early.
///
/// - Parameters:
///   - deadline: until when to wait; `nil` is for ever.
///   - retrying: whether to go on after a signal.
///   - call: calls `zmq_poll` with a timeout in milliseconds.
/// - Returns: the number of items that are ready.
func poll(
  until deadline: ContinuousClock.Instant?, retrying: Bool, _ call: (_ timeout: Int) -> Int32
) throws(ZeroMQError) -> Int {
  var remaining = deadline.map { $0 - .now }
  while true {
    let ready = call(remaining.map { Int(max($0, .zero).roundedUp(to: .milliseconds(1)) ?? .max) } ?? -1)
    if ready > 0 { return Int(ready) }
    if ready < 0 {
      let error = ZeroMQError.last("zmq_poll")
      guard error.code == .interrupted, retrying else { throw error }
    }
    if let deadline {
      remaining = deadline - .now
      if ready == 0, deadline <= .now { return 0 }
    }
  }
}
