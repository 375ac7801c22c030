internal import CZeroMQ

/// A `zmq_pollitem_t`: a socket or file descriptor, the events to wait for, and those that are ready.
@safe
struct PollItem {
  var raw: zmq_pollitem_t

  init(fileDescriptor: Int32, events: Int32) {
    unsafe raw = unsafe zmq_pollitem_t(socket: nil, fd: fileDescriptor, events: Int16(events), revents: 0)
  }

  var fileDescriptor: Int32 { unsafe raw.fd }

  var events: PollEvents {
    get { PollEvents(rawValue: Int32(unsafe raw.events)) }
    set { unsafe raw.events = Int16(truncatingIfNeeded: newValue.rawValue) }
  }

  var readyEvents: PollEvents { PollEvents(rawValue: Int32(unsafe raw.revents)) }
}

extension [PollItem] {
  /// Waits until some of the items are ready, also after a signal and when libzmq's milliseconds run out early.
  ///
  /// The caller keeps the items' sockets open.
  ///
  /// - Parameters:
  ///   - deadline: The time at which the wait ends; `nil` waits indefinitely.
  ///   - retrying: A Boolean value that indicates whether the wait continues after a signal.
  /// - Returns: The number of items that are ready.
  mutating func poll(until deadline: Deadline?, retrying: @autoclosure () -> Bool) throws(ZeroMQError) -> Int {
    while true {
      let timeout = deadline.map { Int($0.remaining.roundedUp(to: .milliseconds(1)) ?? .max) } ?? -1
      // SAFETY: the pointer points to this array's items, each a `zmq_pollitem_t`, owned by the array, valid until the call returns.
      let ready = unsafe withUnsafeMutableBufferPointer { items in
        unsafe items.withMemoryRebound(to: zmq_pollitem_t.self) { unsafe zmq_poll($0.baseAddress, Int32($0.count), timeout) }
      }
      if ready > 0 { return Int(ready) }
      if ready < 0 {
        let error = ZeroMQError.last("zmq_poll")
        guard error.code == .interrupted, timeout == 0 || retrying() else { throw error }
      } else if let deadline, deadline.hasPassed {
        return 0
      }
    }
  }
}
