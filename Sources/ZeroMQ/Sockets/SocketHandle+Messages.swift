public import CZeroMQ

extension SocketHandle {
  /// Sends bytes as a frame, in one attempt.
  ///
  /// - Returns: `true` if the frame was sent.
  @inlinable
  @inline(__always)
  func sendOnce(_ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Bool {
    // SAFETY: the pointers point to the socket, owned by this handle, and to the bytes, owned by the caller, valid during the call;
    // used only on this thread.
    unsafe zmq_send(sendingPointer, bytes.baseAddress, bytes.count, flags) >= 0
  }

  /// Sends a message of one frame as a frame, in one attempt.
  ///
  /// - Returns: `true` if the frame was sent.
  @usableFromInline
  func sendOnce(_ message: consuming Message, _ flags: Int32) -> Bool {
    // SAFETY: the pointer points to the frame, owned by the message, valid during the call; used only on this thread.
    guard unsafe RawMessage.send(message.reference.slots.frame(at: 0), sendingPointer, flags) >= 0 else { return false }
    StoragePool.put(&message.reference)
    return true
  }

  /// Sends the frames of a message that an attempt has not sent, waiting for at most the `sendTimeout` option.
  @usableFromInline
  func send(_ message: consuming Message, after attempt: DirectSend) throws(ZeroMQError) {
    message.removeFirst(attempt.sent)
    _ = try send(&message, attempt.sent > 0 ? .continuing : .blocking)
  }

  /// Sends all frames of a message, or none, waiting for at most the `sendTimeout` option.
  @usableFromInline
  func send(_ message: consuming Message) throws(ZeroMQError) {
    _ = try send(&message, .blocking)
  }

  /// Sends all frames of a message, or none.
  ///
  /// - Returns: `true` if the message was sent; `false` if the socket was not ready in time.
  @usableFromInline
  func send(_ message: consuming Message, _ mode: WaitMode) throws(ZeroMQError) -> Bool {
    try send(&message, mode)
  }

  /// Sends all frames of a message, or none, without waiting.
  @usableFromInline
  func sendIfReady(_ message: consuming Message) throws(ZeroMQError) -> Bool {
    if try send(&message, .nonblocking) { return true }
    processCommands()
    return try send(message, .nonblocking)
  }

  /// Makes the socket read the commands of other threads, such as that a peer has room for messages.
  ///
  /// libzmq: sending reads them at most once a millisecond, reading `ZMQ_EVENTS` always (4.3.4; socket_base.cpp).
  @usableFromInline
  func processCommands() {
    _ = try? number(ZMQ_EVENTS, "ZMQ_EVENTS")
  }

  /// Sends all frames of a message, or none, in which case the message remains.
  @inline(__always)
  func send(_ message: inout Message, _ mode: WaitMode) throws(ZeroMQError) -> Bool {
    let (range, count) = (message.range, message.count)
    let isUnique = message.reference.isUnique()
    guard count > 0 && (isUnique || message.reference.isSharedOnlyWithCache()) else { return try sendCopy(of: message, mode) }
    // SAFETY: the pointer points to the frames, owned by the message, valid during the calls; used only on this thread.
    let frames = unsafe message.reference.slots.frame(at: range.lowerBound)
    let flags = flags(for: ZMQ_POLLOUT, mode)
    let sent = unsafe count > 1 ? sendOnce(frames, count, flags) : RawMessage.send(frames, sendingPointer, flags) < 0 ? 0 : 1
    if _slowPath(sent < count) {
      guard unsafe try send(frames, from: sent, of: count, mode) else { return false }
    }
    if isUnique && count == message.reference.slots.count { StoragePool.put(&message.reference) }
    return true
  }

  /// Sends copies of a message's frames, whose storage is shared.
  @inline(never)
  private func sendCopy(of message: Message, _ mode: WaitMode) throws(ZeroMQError) -> Bool {
    guard !message.isEmpty else { throw ZeroMQError(.invalidArgument, operation: "zmq_msg_send") }
    var copy = Message(StoragePool.take(message.count), message.indices)
    message.copyFrames(message.indices, to: copy.reference)
    return try send(&copy, mode)
  }

  /// Sends the frames of a message in one attempt each.
  ///
  /// - Returns: The number of frames that were sent.
  @inline(never)
  private func sendOnce(_ frames: UnsafeMutablePointer<zmq_msg_t>, _ count: Int, _ flags: Int32) -> Int {
    var flags = flags
    for index in 0..<count &- 1 {
      if unsafe RawMessage.send(frames + index, sendingPointer, flags | ZMQ_SNDMORE) < 0 { return index }
      flags = self.flags(for: ZMQ_POLLOUT, .continuing)
    }
    return unsafe RawMessage.send(frames + (count &- 1), sendingPointer, flags) < 0 ? count &- 1 : count
  }

  /// Sends the frames of a message from one on for which a first attempt has failed.
  @inline(never)
  private func send(
    _ frames: UnsafeMutablePointer<zmq_msg_t>, from first: Int, of count: Int, _ mode: WaitMode
  ) throws(ZeroMQError) -> Bool {
    if type == .stream, isOpen, count != 2 { throw notAPairOfFrames }
    for index in first..<count {
      let more = index < count - 1 ? ZMQ_SNDMORE : 0
      let flags = flags(for: ZMQ_POLLOUT, .continuing) | more
      if index > first, unsafe RawMessage.send(frames + index, sendingPointer, flags) >= 0 { continue }
      guard unsafe try retrySend(frames + index, more, index == 0 ? mode : .continuing) else { return false }
    }
    return true
  }

  /// Receives all frames of a message, waiting for at most the `receiveTimeout` option.
  @usableFromInline
  func receive() throws(ZeroMQError) -> Message {
    let message = _slowPath(unsafe requests != nil) ? try receive(.blocking) : try receiveAll(.blocking)
    guard let message else { preconditionFailure("a blocking receive returned without a message") }
    return message
  }

  /// Receives all frames of a message if one has arrived.
  ///
  /// - Returns: The message, or `nil` if none has arrived or the call failed.
  @usableFromInline
  func receiveNonblocking() -> Message? {
    let frames = prepareCachedStorage()
    // SAFETY: the pointer points to the frame, owned by the cached storage, which is uniquely referenced, valid during the call;
    // used only on this thread.
    let size = unsafe RawMessage.receive(frames.frame(at: 0), pointer, ZMQ_DONTWAIT)
    if _fastPath(isSmallMessage(frames, size)) { return Message(unsafe cachedStorage, 0..<1) }
    return size < 0 ? nil : try? receiveRest(size)
  }

  /// Receives all frames of a message that is not the reply to a request.
  ///
  /// - Returns: The message, or `nil` if none arrived in time.
  @usableFromInline
  func receive(_ mode: WaitMode) throws(ZeroMQError) -> Message? {
    if _slowPath(unsafe requests != nil) { return try receiveUnclaimed(mode) }
    return try receiveAll(mode)
  }

  /// Receives all frames of a message, which may be the reply to a request.
  ///
  /// - Returns: The message, or `nil` if none arrived in time.
  func receiveAny(_ mode: WaitMode) throws(ZeroMQError) -> Message? {
    try receiveAll(mode)
  }

  @inline(__always)
  private func receiveAll(_ mode: WaitMode) throws(ZeroMQError) -> Message? {
    let frames = prepareCachedStorage()
    // SAFETY: the pointer points to the frame, owned by the cached storage, which is uniquely referenced, valid during the call;
    // used only on this thread.
    var size = unsafe RawMessage.receive(frames.frame(at: 0), pointer, flags(for: ZMQ_POLLIN, mode))
    if _fastPath(isSmallMessage(frames, size)) { return Message(unsafe cachedStorage, 0..<1) }
    if _slowPath(size < 0) {
      guard let later = unsafe try retryReceive(into: frames.frame(at: 0), mode) else { return nil }
      size = later
    }
    return try receiveRest(size)
  }

  /// Returns a Boolean value that indicates whether the frame just received is all of a message, and small enough to be cached.
  @inline(__always)
  private func isSmallMessage(_ frames: FrameSlots, _ size: Int32) -> Bool {
    // SAFETY: the pointer points to the frame, owned by the cached storage, valid during the call.
    unsafe 0...Self.maximumCachedBytes ~= Int(size) && frames.count == 1 && RawMessage.number(frames.frame(at: 0), ZMQ_MORE) == 0
  }

  /// Receives the frames of a message that follow the first one.
  ///
  /// - Parameter size: The size of the first frame.
  @inline(__always)
  private func receiveRest(_ size: Int32) throws(ZeroMQError) -> Message {
    var frames = unsafe cachedStorage.slots
    var size = Int(size)
    var count = 1
    // libzmq: `zmq_msg_more` only calls `zmq_msg_get` (4.3.4; zmq.cpp).
    while unsafe RawMessage.number(frames.frame(at: count &- 1), ZMQ_MORE) != 0 {
      if _slowPath(count == frames.count) {
        addCachedFrame()
        frames = unsafe cachedStorage.slots
      }
      // SAFETY: the pointer points to the frame, owned by the cached storage, which is uniquely referenced, valid during the call;
      // used only on this thread.
      let frame = unsafe frames.frame(at: count)
      // libzmq: `zmq_msg_recv` delivers all frames of a message once it has delivered the first (4.3.4; zmq_msg_recv(3)). A signal
      // does not end the call between two frames.
      var received = unsafe RawMessage.receive(frame, pointer, 0)
      if _slowPath(received < 0) { received = unsafe try retryReceive(into: frame, .continuing) ?? 0 }
      size &+= Int(received)
      count &+= 1
    }
    if _slowPath(frames.count > count) { frames.truncate(to: count) }
    let message = Message(unsafe cachedStorage, unsafe Range(uncheckedBounds: (0, count)))
    // Large storage is not cached.
    if _slowPath(size > Self.maximumCachedBytes || frames.capacity > StoragePool.maximumCapacity) {
      unsafe cachedStorage.releaseFromCache()
    }
    return message
  }

  /// The maximum number of bytes of a message whose storage is cached.
  private static var maximumCachedBytes: Int { 8192 }

  /// Ensures that the cached storage is uniquely referenced and has a frame to receive into.
  ///
  /// - Returns: The frames.
  @inline(__always)
  private func prepareCachedStorage() -> FrameSlots {
    if _slowPath(unsafe !cachedStorage.isUnique()) { replaceCachedStorage() }
    return unsafe cachedStorage.slots
  }

  /// Replaces the cached storage with unused storage from the pool.
  private func replaceCachedStorage() {
    // The next message is expected to have as many frames as the last one. Its holders do not change the number while it is shared.
    let isSingle = unsafe cachedStorage.isEmpty || cachedStorage.slots.count == 1
    unsafe cachedStorage.releaseFromCache()
    unsafe cachedStorage = isSingle ? StoragePool.takeSingle() : StoragePool.take()
    unsafe cachedStorage.slots.isCached = true
    addCachedFrame()
  }

  /// Appends an empty frame to the cached storage, to receive into.
  @inline(never)
  private func addCachedFrame() {
    if unsafe cachedStorage.slots.count == cachedStorage.slots.capacity {
      unsafe cachedStorage = cachedStorage.grown()
      unsafe cachedStorage.slots.isCached = true
    }
    unsafe cachedStorage.slots.appendEmpty()
  }
}
