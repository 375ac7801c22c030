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
