internal import CZeroMQ

extension SocketHandle {
  /// Sends all frames of a message, or none.
  ///
  /// - Returns: whether it was sent; `false` if the socket was not ready in time.
  func send(_ message: consuming Message, _ patience: Patience) throws(ZeroMQError) -> Bool {
    let range = message.range
    guard !range.isEmpty else { throw ZeroMQError(.invalidArgument, operation: "zmq_msg_send") }
    var frames = message.takeReference()
    // The message received last is also held here, for its memory.
    if unsafe spare === frames { unsafe spare = StorageReference() }
    guard frames.isUnique() else { return try send(copiesOf: frames, range, patience) }
    var index = range.lowerBound
    repeat {
      let more = index < range.upperBound - 1 ? ZMQ_SNDMORE : 0
      // SAFETY: the frame is nobody else's; libzmq takes its bytes and leaves an empty one.
      let frame = unsafe frames.slots.frame(at: index)
      // libzmq: only the first frame can find the socket not ready; a message once begun is not left half sent for a signal.
      let isSent = try attempt("zmq_msg_send", ZMQ_POLLOUT, index == range.lowerBound ? patience : .blocking) { flags in
        unsafe zmq_msg_send(frame, pointer, flags | more)
      }
      guard isSent else { return false }
      index += 1
    } while index < range.upperBound
    unsafe spare = frames
    return true
  }

  /// Sends copies of frames that somebody else holds as well.
  private func send(
    copiesOf frames: StorageReference, _ range: Range<Int>, _ patience: Patience
  ) throws(ZeroMQError) -> Bool {
    for index in range {
      let more = index < range.upperBound - 1 ? ZMQ_SNDMORE : 0
      var frame = UniqueFrame(owning: frames.slots.copy(at: index))
      let isSent = try attempt("zmq_msg_send", ZMQ_POLLOUT, index == range.lowerBound ? patience : .blocking) { flags in
        // SAFETY: the frame is this function's own, and closes what libzmq does not take.
        unsafe zmq_msg_send(&frame.message, pointer, flags | more)
      }
      guard isSent else { return false }
    }
    return true
  }

  /// Receives all frames of a message, waiting for as long as it takes or the socket's timeout says.
  @usableFromInline
  func receive() throws(ZeroMQError) -> Message {
    prepareSpare()
    // SAFETY: the frame is initialized, and nobody else refers to the storage; libzmq releases what the frame held.
    let frame = unsafe spare.slots.frame(at: 0)
    let size = unsafe zmq_msg_recv(frame, pointer, receiveFlags)
    if _fastPath(unsafe size >= 0 && size <= Self.largestSpare && spare.slots.count == 1 && zmq_msg_more(frame) == 0) {
      return Message(unsafe spare, 0..<1)
    }
    guard let message = try receive(.blocking, first: size) else { preconditionFailure("what blocks is never not ready") }
    return message
  }

  /// Receives all frames of a message.
  ///
  /// - Returns: the message; `nil` if there is none in time.
  func receive(_ patience: Patience) throws(ZeroMQError) -> Message? {
    prepareSpare()
    // SAFETY: as above.
    return try receive(patience, first: unsafe zmq_msg_recv(spare.slots.frame(at: 0), pointer, flags(for: ZMQ_POLLIN, patience)))
  }

  /// Receives what remains of a message after a first attempt to receive its first frame.
  private func receive(_ patience: Patience, first: Int32) throws(ZeroMQError) -> Message? {
    var frames = unsafe spare.slots
    var received = first
    if first < 0 {
      let flags = flags(for: ZMQ_POLLIN, patience)
      let isReceived = try attemptAgain("zmq_msg_recv", ZMQ_POLLIN, patience, flags) { flags in
        received = unsafe zmq_msg_recv(frames.frame(at: 0), pointer, flags)
        return received
      }
      guard isReceived else { return nil }
    }
    var count = 1
    var size = Int(received)
    while unsafe zmq_msg_more(frames.frame(at: count - 1)) != 0 {
      if frames.count == count {
        addSpareFrame()
        frames = unsafe spare.slots
      }
      // libzmq: once the first frame is there the others are, too; a message once begun is not left for a signal.
      _ = try attempt("zmq_msg_recv", ZMQ_POLLIN, .blocking) { flags in
        received = unsafe zmq_msg_recv(frames.frame(at: count), pointer, flags)
        return received
      }
      count += 1
      size += Int(received)
    }
    if frames.count > count { frames.truncate(to: count) }
    let message = Message(unsafe spare, 0..<count)
    // What is large is not kept alive for the sake of its memory.
    if size > Self.largestSpare { unsafe spare = StorageReference() }
    return message
  }

  /// Sees to memory for a message: that of the last one, if nobody holds it any more.
  @inline(__always)
  private func prepareSpare() {
    if _slowPath(unsafe !spare.isUnique()) { replaceSpare() }
    if _slowPath(unsafe spare.slots.count == 0) { addSpareFrame() }
  }

  @inline(never)
  private func replaceSpare() {
    unsafe spare = StorageReference(capacity: 4)
  }

  /// The number of bytes up to which a message's memory is kept for the next one.
  private static var largestSpare: Int { 8192 }

  /// Puts an empty frame behind those that there are, to receive into.
  @inline(never)
  private func addSpareFrame() {
    if unsafe spare.slots.count == spare.slots.capacity { unsafe spare = spare.grown() }
    unsafe spare.slots.append(zmq_msg_t(empty: ()))
  }
}
