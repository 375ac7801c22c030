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
    keep(&message.reference)
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
    let range = message.range
    guard !range.isEmpty else { throw ZeroMQError(.invalidArgument, operation: "zmq_msg_send") }
    let frames = message.reference.slots
    let isUnique = message.reference.isUnique()
    guard isUnique || message.reference.isSharedOnlyWithCache() else { return try send(copiesOf: message.reference, range, mode) }
    var index = range.lowerBound
    while index < range.upperBound - 1 {
      // SAFETY: the pointer points to the frame, owned by the message, valid during the call; used only on this thread.
      guard unsafe try send(frames.frame(at: index), index, of: range, mode) else { return false }
      index += 1
    }
    guard unsafe try send(frames.frame(at: index), index, of: range, mode) else { return false }
    if isUnique && range == 0..<frames.count && frames.capacity <= Self.maximumCachedFrames { keep(&message.reference) }
    return true
  }

  /// Sends copies of frames whose storage is shared.
  private func send(copiesOf frames: StorageReference, _ range: Range<Int>, _ mode: WaitMode) throws(ZeroMQError) -> Bool {
    for index in range {
      var copy = RawMessage()
      unsafe frames.slots.copy(at: index, to: &copy)
      // SAFETY: the pointer points to the copy, owned by this function, valid during the call; used only on this thread. A copy
      // that was sent is empty and needs no closing.
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
    return unsafe try retrySend(frame, more, mode)
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
    prepareCachedStorage()
    // SAFETY: the pointer points to the frame, owned by the cached storage, which is uniquely referenced, valid during the call;
    // used only on this thread.
    let frame = unsafe cachedStorage.slots.frame(at: 0)
    let size = unsafe RawMessage.receive(frame, pointer, ZMQ_DONTWAIT)
    if _fastPath(unsafe isSmallMessage(frame, size)) {
      return Message(unsafe cachedStorage, 0..<1)
    }
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
    prepareCachedStorage()
    // SAFETY: the pointer points to the frame, owned by the cached storage, which is uniquely referenced, valid during the call;
    // used only on this thread.
    let frame = unsafe cachedStorage.slots.frame(at: 0)
    let size = unsafe RawMessage.receive(frame, pointer, flags(for: ZMQ_POLLIN, mode))
    if _fastPath(unsafe isSmallMessage(frame, size)) {
      return Message(unsafe cachedStorage, 0..<1)
    }
    var received = size
    if _slowPath(size < 0) {
      guard let later = unsafe try retryReceive(into: frame, mode) else { return nil }
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
    if _slowPath(size > Self.maximumCachedBytes || frames.capacity > Self.maximumCachedFrames) {
      unsafe cachedStorage.releaseFromCache()
    }
    return message
  }

  /// The maximum number of bytes of a message whose storage is cached.
  private static var maximumCachedBytes: Int { 8192 }

  /// The maximum number of frames of cached storage.
  private static var maximumCachedFrames: Int { 64 }

  /// Ensures that the cached storage is uniquely referenced and has a frame to receive into.
  @inline(__always)
  private func prepareCachedStorage() {
    if _slowPath(unsafe !cachedStorage.isUnique()) { replaceCachedStorage() }
    if _slowPath(unsafe cachedStorage.slots.count == 0) { addCachedFrame() }
    unsafe cachedStorage.slots.isCached = true
  }

  /// Replaces the cached storage with unused storage from the pool.
  private func replaceCachedStorage() {
    // The next message is expected to have as many frames as the last one. Its holders do not change the number while it is shared.
    let isSingle = unsafe cachedStorage.isEmpty || cachedStorage.slots.count == 1
    unsafe cachedStorage.releaseFromCache()
    unsafe cachedStorage = isSingle ? StoragePool.takeSingle() : StoragePool.take()
  }

  /// Caches the storage of a message that was sent, or puts it into the pool.
  @inline(__always)
  private func keep(_ reference: inout StorageReference) {
    if unsafe cachedStorage.isEmpty { unsafe swap(&cachedStorage, &reference) } else { StoragePool.put(&reference) }
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
