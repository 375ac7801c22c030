public import CZeroMQ

// The path on which every instruction counts: its functions are inlined into their callers.

extension Socket where Kind: SendingKind {
  /// Sends a frame, consuming it.
  ///
  /// Blocks the current thread until the socket can accept the frame. At the high-water mark, some socket types block and others
  /// drop; see <doc:Backpressure>. Only the first frame of a message can block.
  ///
  /// The frame is gone even if the call throws. To keep it in that case, pass it `inout`, as in `send(&frame, more: false)`.
  ///
  /// The corresponding libzmq function is `zmq_msg_send`.
  ///
  /// - Parameters:
  ///   - frame: The frame.
  ///   - more: A Boolean value that indicates whether further frames of the same message follow. If `true`, the message continues.
  ///     If `false`, the frame completes it.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the frame is neither the first nor the last of a STREAM's pair.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ frame: consuming UniqueFrame, more: Bool) throws {
    try handle.send(frame, more: more)
  }

  /// Sends a frame's bytes and leaves the frame empty, to be used again.
  ///
  /// Blocks the current thread until the socket can accept the frame. At the high-water mark, some socket types block and others
  /// drop; see <doc:Backpressure>. Only the first frame of a message can block.
  ///
  /// If the call throws, nothing was sent and the frame is unchanged.
  ///
  /// The corresponding libzmq function is `zmq_msg_send`.
  ///
  /// - Parameters:
  ///   - frame: The frame.
  ///   - more: A Boolean value that indicates whether further frames of the same message follow. If `true`, the message continues.
  ///     If `false`, the frame completes it.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `sendTimeout` option expires.
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the frame is neither the first nor the last of a STREAM's pair.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ frame: inout UniqueFrame, more: Bool) throws {
    if unsafe !frame.send(to: handle.sendingPointer, handle.sendFlags | (more ? ZMQ_SNDMORE : 0)) {
      try handle.retrySend(frame, more: more)
    }
    unsafe handle.isInSentMessage = more
  }

  /// Sends a frame's bytes and leaves the frame empty, if the socket can accept them without waiting.
  ///
  /// If the call returns `false` or throws, nothing was sent and the frame is unchanged.
  ///
  /// The corresponding libzmq function is `zmq_msg_send`, with `ZMQ_DONTWAIT`.
  ///
  /// - Parameters:
  ///   - frame: The frame.
  ///   - more: A Boolean value that indicates whether further frames of the same message follow. If `true`, the message continues.
  ///     If `false`, the frame completes it.
  /// - Returns: `true` if the frame was sent; `false` if the socket has no peer to send to, or all are at the high-water mark.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.hostUnreachable` if a ROUTER with `routerMandatory` set has no such peer.
  ///   - `.wrongState` if a REQ socket still waits for a reply, or a REP socket has no request to answer.
  ///   - `.invalidArgument` if the frame is neither the first nor the last of a STREAM's pair.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot send.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @inlinable
  public func sendIfReady(_ frame: inout UniqueFrame, more: Bool) throws -> Bool {
    if try handle.sendIfReady(&frame, more: more) { return true }
    handle.processCommands()
    return try handle.sendIfReady(&frame, more: more)
  }
}

extension Socket where Kind: ReceivingKind {
  /// Receives one frame, replacing the contents of the given one.
  ///
  /// Blocks the current thread until a frame arrives. If ``UniqueFrame/hasMore`` is `true` afterwards, the rest of the message has
  /// arrived as well.
  ///
  /// The corresponding libzmq function is `zmq_msg_recv`.
  ///
  /// - Parameter frame: The frame to receive into.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wouldBlock` if the `receiveTimeout` option expires.
  ///   - `.wrongState` if a REQ socket has sent no request, or a REP socket has not replied yet.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot receive.
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func receive(into frame: inout UniqueFrame) throws {
    if unsafe !frame.receive(from: handle.pointer, handle.receiveFlags) { try handle.retryReceive(into: &frame) }
  }

  /// Receives one frame if one has arrived, replacing the contents of the given one.
  ///
  /// Does not wait. If ``UniqueFrame/hasMore`` is `true` afterwards, the rest of the message has arrived as well.
  ///
  /// The corresponding libzmq function is `zmq_msg_recv`, with `ZMQ_DONTWAIT`.
  ///
  /// - Parameter frame: The frame to receive into; empty if the call returns `false`.
  /// - Returns: `true` if a frame was received; `false` if none has arrived.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.wrongState` if a REQ socket has sent no request, or a REP socket has not replied yet.
  ///   - `.notSupported` if the type of an ``AnySocket`` cannot receive.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @inlinable
  public func receiveIfReady(into frame: inout UniqueFrame) throws -> Bool {
    try handle.receiveIfReady(into: &frame)
  }
}

extension SocketHandle {
  /// Sends a frame, consuming it.
  ///
  /// The parameter is `__owned` rather than `consuming`, which would move the frame once more.
  @inlinable
  @inline(__always)
  func send(_ frame: __owned UniqueFrame, more: Bool) throws(ZeroMQError) {
    if unsafe frame.send(to: sendingPointer, sendFlags | (more ? ZMQ_SNDMORE : 0)) {
      // libzmq: `zmq_msg_send` takes the bytes and leaves an empty message, which needs no closing (4.3.4; `zmq_msg_send` (3)).
      frame.forget()
    } else {
      try retrySend(frame, more: more)
    }
    unsafe isInSentMessage = more
  }

  /// Sends a frame if the socket can accept it without waiting; the public function's counterpart with a typed error.
  @inlinable
  @inline(__always)
  func sendIfReady(_ frame: inout UniqueFrame, more: Bool) throws(ZeroMQError) -> Bool {
    if unsafe !frame.send(to: sendingPointer, ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0)) {
      guard try retrySend(frame, more: more, .nonblocking) else { return false }
    }
    unsafe isInSentMessage = more
    return true
  }

  /// Receives a frame if one has arrived; the public function's counterpart with a typed error.
  @inlinable
  @inline(__always)
  func receiveIfReady(into frame: inout UniqueFrame) throws(ZeroMQError) -> Bool {
    if unsafe !frame.receive(from: pointer, ZMQ_DONTWAIT) {
      guard try retryReceive(into: &frame, .nonblocking) else { return false }
    }
    unsafe isInReceivedMessage = frame.hasMore
    return true
  }

  /// Sends a frame after a first attempt has failed.
  ///
  /// - Returns: `true` if the frame was sent.
  @usableFromInline
  @discardableResult
  func retrySend(_ frame: borrowing UniqueFrame, more: Bool, _ mode: WaitMode = .blocking) throws(ZeroMQError) -> Bool {
    // SAFETY: the pointer points to the frame's message, owned by the caller, valid until the call returns; used only on this
    // thread.
    guard unsafe try retrySend(frame.message, more ? ZMQ_SNDMORE : 0, mode) else { return false }
    frame.size = UniqueFrame.nothing
    return true
  }

  /// Receives a frame after a first attempt has failed.
  ///
  /// - Returns: `true` if a frame was received; if `false`, the frame is empty.
  @usableFromInline
  @discardableResult
  func retryReceive(into frame: inout UniqueFrame, _ mode: WaitMode = .blocking) throws(ZeroMQError) -> Bool {
    defer { frame.refreshSize() }
    // SAFETY: the pointer points to the frame's message, owned by the caller, valid until the call returns; used only on this
    // thread.
    if unsafe try retryReceive(into: frame.message, mode) != nil { return true }
    // libzmq: a failed `zmq_msg_recv` of XPUB and STREAM leaves the message unchanged, others empty it (4.3.4; xpub.cpp,
    // stream.cpp).
    frame = UniqueFrame()
    return false
  }
}
