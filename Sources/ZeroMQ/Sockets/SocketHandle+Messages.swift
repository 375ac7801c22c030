internal import CZeroMQ

extension SocketHandle {
  /// Sends all frames of a message, or none.
  func send(_ message: consuming Message, _ patience: Patience) throws(ZeroMQError) -> Bool {
    let range = message.range
    guard !range.isEmpty else { throw ZeroMQError(.invalidArgument, operation: "zmq_msg_send") }
    var reference = message.takeReference()
    // The message received last is also held here, for its memory.
    if unsafe spare.object === reference.object { unsafe spare.object = nil }
    // Before the next line, which makes a second reference.
    let isUnique = reference.isUnique()
    guard let frames = reference.object else { preconditionFailure("a message with frames has a storage") }
    defer { withExtendedLifetime(frames) {} }
    for index in range {
      let more = index < range.upperBound - 1 ? ZMQ_SNDMORE : 0
      // libzmq: only the first frame can find the socket not ready; a message once begun is not left half sent for a signal.
      let patience = index == range.lowerBound ? patience : .blocking
      let isSent: Bool
      if isUnique {
        // SAFETY: the frame is nobody else's; libzmq takes its bytes and leaves an empty one.
        let frame = unsafe frames.elements + index
        isSent = try attempt("zmq_msg_send", ZMQ_POLLOUT, patience) { unsafe zmq_msg_send(frame, pointer, $0 | more) }
      } else {
        var copy = frames.copy(at: index)
        do {
          isSent = try attempt("zmq_msg_send", ZMQ_POLLOUT, patience) { unsafe zmq_msg_send(&copy, pointer, $0 | more) }
        } catch {
          unsafe zmq_msg_close(&copy)
          throw error
        }
        if !isSent { unsafe zmq_msg_close(&copy) }
      }
      guard isSent else { return false }
    }
    return true
  }

  /// Receives all frames of a message.
  ///
  /// - Returns: the message; `nil` if there is none in time.
  func receive(_ patience: Patience) throws(ZeroMQError) -> Message? {
    var frames = takeSpare()
    var count = 0
    var size = 0
    repeat {
      if count == frames.capacity { frames = frames.grown() }
      // SAFETY: the element is initialized, and nobody else refers to the storage; libzmq releases what the element held.
      if count == frames.header { frames.append(zmq_msg_t(empty: ())) }
      let frame = unsafe frames.elements + count
      var result: Int32 = 0
      // libzmq: once the first frame is there the others are, too; a message once begun is not left for a signal.
      let isReceived = try attempt("zmq_msg_recv", ZMQ_POLLIN, count == 0 ? patience : .blocking) { flags in
        result = unsafe zmq_msg_recv(frame, pointer, flags)
        return result
      }
      guard isReceived else { break }
      count += 1
      size += Int(result)
    } while unsafe zmq_msg_more(frames.elements + (count - 1)) != 0
    if count < frames.header { frames.truncate(to: count) }
    // What is large is not kept alive for the sake of its container.
    if size <= Self.largestSpare { unsafe spare.object = frames }
    return count > 0 ? Message(frames, 0..<count) : nil
  }

  /// The number of bytes up to which a message's memory is kept for the next one.
  private static var largestSpare: Int { 8192 }

  /// The memory of the message received last, if nobody holds that message any more; otherwise new memory.
  private func takeSpare() -> MessageStorage {
    if unsafe spare.isUnique(), let frames = unsafe spare.object {
      unsafe spare.object = nil
      return frames
    }
    return .make(capacity: 4)
  }
}
