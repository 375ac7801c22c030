public import CZeroMQ

extension SocketHandle {
  /// Sends bytes as a frame, in one attempt.
  ///
  /// - Returns: Whether they were sent; if not, ``tryAgain`` knows how to go on.
  @inlinable
  @inline(__always)
  func sendOnce(_ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Bool {
    // SAFETY: the pointers are the socket's, which is open or `nil`, and the bytes', which the caller lends and libzmq copies.
    unsafe zmq_send(sendingPointer, bytes.baseAddress, bytes.count, flags) >= 0
  }

  /// Sends a message of one frame as a frame, in one attempt.
  ///
  /// - Returns: Whether it was sent.
  @usableFromInline
  func sendOnce(_ message: consuming Message, _ flags: Int32) -> Bool {
    // SAFETY: the frame is nobody else's; libzmq takes its bytes and leaves an empty one.
    guard unsafe RawMessage.send(message.reference.slots.frame(at: 0), sendingPointer, flags) >= 0 else { return false }
    keep(&message.reference)
    return true
  }

  /// Sends what an attempt has left of a message, waiting for as long as it takes or the socket's timeout says.
  @usableFromInline
  func send(_ message: consuming Message, after attempt: DirectSend) throws(ZeroMQError) {
    message.removeFirst(attempt.sent)
    _ = try send(&message, attempt.sent > 0 ? .continuing : .blocking)
  }

  /// Sends all frames of a message, or none, waiting for as long as it takes or the socket's timeout says.
  @usableFromInline
  func send(_ message: consuming Message) throws(ZeroMQError) {
    _ = try send(&message, .blocking)
  }

  /// Sends all frames of a message, or none.
  ///
  /// - Returns: whether it was sent; `false` if the socket was not ready in time.
  @usableFromInline
  func send(_ message: consuming Message, _ mode: WaitMode) throws(ZeroMQError) -> Bool {
    try send(&message, mode)
  }

  /// Sends all frames of a message, or none, if that needs no waiting.
  @usableFromInline
  func sendIfReady(_ message: consuming Message) throws(ZeroMQError) -> Bool {
    if try send(&message, .nonblocking) { return true }
    processCommands()
    return try send(message, .nonblocking)
  }

  /// Lets the socket learn that a peer has made room.
  ///
  /// libzmq: sending looks for that at most once in a millisecond; reading EVENTS always does (4.3.4; socket_base.cpp).
  @usableFromInline
  func processCommands() {
    _ = try? number(ZMQ_EVENTS, "ZMQ_EVENTS")
  }

  /// Sends all frames of a message, or none, in which case the message remains.
  @inline(__always)
  func send(_ message: inout Message, _ mode: WaitMode) throws(ZeroMQError) -> Bool {
    let range = message.range
    guard !range.isEmpty else { throw ZeroMQError(.invalidArgument, operation: "zmq_msg_send") }
    let frames = message.reference.slots
    let isUnique = message.reference.isUnique()
    guard isUnique || message.reference.isSharedOnlyWithCache else { return try send(copiesOf: message.reference, range, mode) }
    var index = range.lowerBound
    while index < range.upperBound - 1 {
      // SAFETY: the frame is nobody else's; libzmq takes its bytes and leaves an empty one.
      guard unsafe try send(frames.frame(at: index), index, of: range, mode) else { return false }
      index += 1
    }
    guard unsafe try send(frames.frame(at: index), index, of: range, mode) else { return false }
    if isUnique && range == 0..<frames.count && frames.capacity <= Self.maximumCachedFrames { keep(&message.reference) }
    return true
  }

  /// Sends copies of frames that somebody else holds as well.
  private func send(copiesOf frames: StorageReference, _ range: Range<Int>, _ mode: WaitMode) throws(ZeroMQError) -> Bool {
    for index in range {
      var copy = frames.slots.copy(at: index)
      // SAFETY: the copy is this function's own; after success nothing is left to close.
      do {
        if unsafe try send(&copy, index, of: range, mode) { continue }
      } catch {
        unsafe RawMessage.close(&copy)
        throw error
      }
      unsafe RawMessage.close(&copy)
      return false
    }
    return true
  }

  /// Sends one of a message's frames.
  @inline(__always)
  private func send(
    _ frame: UnsafeMutablePointer<zmq_msg_t>, _ index: Int, of range: Range<Int>, _ mode: WaitMode
  ) throws(ZeroMQError) -> Bool {
    let mode = index == range.lowerBound ? mode : .continuing
    let more = index < range.upperBound - 1 ? ZMQ_SNDMORE : 0
    if unsafe RawMessage.send(frame, sendingPointer, flags(for: ZMQ_POLLOUT, mode) | more) >= 0 { return true }
    if type == .stream, isOpen, range.count != 2 { throw notAPairOfFrames }
    return unsafe try sendAgain(frame, more, mode)
  }

  /// Receives all frames of a message, waiting for as long as it takes or the socket's timeout says.
  @usableFromInline
  func receive() throws(ZeroMQError) -> Message {
    let message = _slowPath(unsafe requests != nil) ? try receive(.blocking) : try receiveAll(.blocking)
    guard let message else { preconditionFailure("a blocking call has a message, or throws") }
    return message
  }

  /// Receives all frames of a message, if it is there.
  ///
  /// - Returns: the message; `nil` if there is none, or something is wrong.
  @usableFromInline
  func receiveAtOnce() -> Message? {
    prepareCachedStorage()
    // SAFETY: the frame is initialized, and nobody else refers to the storage; libzmq releases what the frame held.
    let frame = unsafe cachedStorage.slots.frame(at: 0)
    let size = unsafe RawMessage.receive(frame, pointer, ZMQ_DONTWAIT)
    if _fastPath(unsafe isSmallMessage(frame, size)) {
      return Message(unsafe cachedStorage, 0..<1)
    }
    return size < 0 ? nil : try? receiveRest(size)
  }

  /// Receives all frames of a message.
  ///
  /// - Returns: the message; `nil` if there is none in time.
  @usableFromInline
  func receive(_ mode: WaitMode) throws(ZeroMQError) -> Message? {
    if _slowPath(unsafe requests != nil) { return try receiveUnclaimed(mode) }
    return try receiveAll(mode)
  }

  /// Receives all frames of a message, even of one that is the reply to a request.
  func receiveAny(_ mode: WaitMode) throws(ZeroMQError) -> Message? {
    try receiveAll(mode)
  }

  @inline(__always)
  private func receiveAll(_ mode: WaitMode) throws(ZeroMQError) -> Message? {
    prepareCachedStorage()
    // SAFETY: as above.
    let frame = unsafe cachedStorage.slots.frame(at: 0)
    let size = unsafe RawMessage.receive(frame, pointer, flags(for: ZMQ_POLLIN, mode))
    if _fastPath(unsafe isSmallMessage(frame, size)) {
      return Message(unsafe cachedStorage, 0..<1)
    }
    var received = size
    if _slowPath(size < 0) {
      guard let later = unsafe try receiveAgain(into: frame, mode) else { return nil }
      received = later
    }
    return try receiveRest(received)
  }

  /// Returns a Boolean value that indicates whether the frame just received is all of a message, and small enough to be cached.
  @inline(__always)
  private func isSmallMessage(_ frame: UnsafeMutablePointer<zmq_msg_t>, _ size: Int32) -> Bool {
    // SAFETY: the pointer points to the frame, owned by the storage, valid during the call.
    unsafe 0...Self.maximumCachedBytes ~= Int(size) && cachedStorage.slots.count == 1 && RawMessage.number(frame, ZMQ_MORE) == 0
  }

  /// Receives what remains of a message after its first frame, whose size is given.
  @inline(__always)
  private func receiveRest(_ size: Int32) throws(ZeroMQError) -> Message {
    var frames = unsafe cachedStorage.slots
    var size = Int(size)
    var count = 1
    // libzmq: `zmq_msg_more` only calls `zmq_msg_get`.
    while unsafe RawMessage.number(frames.frame(at: count &- 1), ZMQ_MORE) != 0 {
      if _slowPath(count == frames.count) {
        addCachedFrame()
        frames = unsafe cachedStorage.slots
      }
      // SAFETY: as above.
      let frame = unsafe frames.frame(at: count)
      // libzmq: once the first frame is there the others are, too; a message once begun is not left for a signal.
      var received = unsafe RawMessage.receive(frame, pointer, 0)
      if _slowPath(received < 0) { received = unsafe try receiveAgain(into: frame, .continuing) ?? 0 }
      size &+= Int(received)
      count &+= 1
    }
    if _slowPath(frames.count > count) { frames.truncate(to: count) }
    let message = Message(unsafe cachedStorage, unsafe Range(uncheckedBounds: (0, count)))
    // What is large is not kept alive for the sake of its memory.
    if _slowPath(size > Self.maximumCachedBytes || frames.capacity > Self.maximumCachedFrames) {
      unsafe cachedStorage.releaseFromCache()
    }
    return message
  }

  /// The number of bytes up to which a message's memory is kept for the next one.
  private static var maximumCachedBytes: Int { 8192 }

  /// The number of frames up to which it is.
  private static var maximumCachedFrames: Int { 64 }

  /// Sees to memory for a message: that of the last one, if nobody holds it any more.
  @inline(__always)
  private func prepareCachedStorage() {
    if _slowPath(unsafe !cachedStorage.isUnique()) { replaceCachedStorage() }
    if _slowPath(unsafe cachedStorage.slots.count == 0) { addCachedFrame() }
    unsafe cachedStorage.slots.isCached = true
  }

  private func replaceCachedStorage() {
    // What is kept should take no more memory than it must: the next message will be like the last one.
    let isSingle = unsafe cachedStorage.isEmpty || cachedStorage.slots.count == 1
    unsafe cachedStorage.releaseFromCache()
    unsafe cachedStorage = isSingle ? StoragePool.takeSingle() : StoragePool.take()
  }

  /// Keeps memory for the next message to be received or made; libzmq has taken all of its frames.
  @inline(__always)
  private func keep(_ reference: inout StorageReference) {
    if unsafe cachedStorage.isEmpty { unsafe swap(&cachedStorage, &reference) } else { StoragePool.put(&reference) }
  }

  /// Puts an empty frame behind those that there are, to receive into.
  @inline(never)
  private func addCachedFrame() {
    if unsafe cachedStorage.slots.count == cachedStorage.slots.capacity {
      unsafe cachedStorage = cachedStorage.grown()
      unsafe cachedStorage.slots.isCached = true
    }
    unsafe cachedStorage.slots.appendEmpty()
  }
}
