public import CZeroMQ

// The path on which every instruction counts: what is here is inlined into its callers.

extension Socket where Kind: SendingKind {
  /// Sends a frame as it is, and with it the message that it ends; the frame is used up.
  ///
  /// Blocks while the socket cannot send: which types wait and which drop at the high-water mark is part of their pattern. The
  /// frame is gone even if it could not be sent; `send(&frame, more:)` keeps it. The corresponding libzmq function is
  /// `zmq_msg_send`.
  ///
  /// - Parameters:
  ///   - frame: the frame.
  ///   - more: whether further frames of the same message follow.
  /// - Throws: `.wouldBlock` when the option `sendTimeout` has passed; `.hostUnreachable` from a ROUTER that must not drop;
  ///   `.wrongState` out of turn; `.interrupted` where the context is configured so; `.contextTerminated`; `.notSocket` after
  ///   ``close()``.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ frame: consuming UniqueFrame, more: Bool) throws {
    try handle.send(frame, more: more)
  }

  /// Sends a frame as it is, and with it the message that it ends; afterwards the frame is empty and can be used again.
  ///
  /// Blocks while the socket cannot send. If it throws, the frame is as it was. The corresponding libzmq function is
  /// `zmq_msg_send`.
  ///
  /// - Parameters:
  ///   - frame: the frame.
  ///   - more: whether further frames of the same message follow.
  /// - Throws: `.wouldBlock` when the option `sendTimeout` has passed; `.hostUnreachable` from a ROUTER that must not drop;
  ///   `.wrongState` out of turn; `.interrupted` where the context is configured so; `.contextTerminated`; `.notSocket` after
  ///   ``close()``.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func send(_ frame: inout UniqueFrame, more: Bool) throws {
    if unsafe !frame.send(to: handle.sendingPointer, handle.sendFlags | (more ? ZMQ_SNDMORE : 0)) {
      try handle.sendAgain(frame, more: more)
    }
    unsafe handle.isInSentMessage = more
  }

  /// Sends a frame as it is, if that needs no waiting; then the frame is empty and can be used again.
  ///
  /// The corresponding libzmq function is `zmq_msg_send`, with `ZMQ_DONTWAIT`.
  ///
  /// - Parameters:
  ///   - frame: the frame; if nothing was sent, it is as it was.
  ///   - more: whether further frames of the same message follow.
  /// - Returns: whether it was sent.
  /// - Throws: `.hostUnreachable` from a ROUTER that must not drop; `.wrongState` out of turn; `.contextTerminated`;
  ///   `.notSocket` after ``close()``.
  @inlinable
  public func sendIfReady(_ frame: inout UniqueFrame, more: Bool) throws -> Bool {
    if try handle.sendIfReady(&frame, more: more) { return true }
    handle.processCommands()
    return try handle.sendIfReady(&frame, more: more)
  }
}

extension Socket where Kind: ReceivingKind {
  /// Receives one frame, in place of what the given one held.
  ///
  /// Blocks while there is none. ``UniqueFrame/hasMore`` says whether the message goes on; if it does, the rest is there already.
  /// The corresponding libzmq function is `zmq_msg_recv`.
  ///
  /// - Parameter frame: the frame to receive into.
  /// - Throws: `.wouldBlock` when the option `receiveTimeout` has passed; `.wrongState` out of turn; `.interrupted` where the context
  ///   is configured so; `.contextTerminated`; `.notSocket` after ``close()``.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  @inlinable
  public func receive(into frame: inout UniqueFrame) throws {
    if unsafe !frame.receive(from: handle.pointer, handle.receiveFlags) { try handle.receiveAgain(into: &frame) }
  }

  /// Receives one frame, in place of what the given one held, if one is there.
  ///
  /// The corresponding libzmq function is `zmq_msg_recv`, with `ZMQ_DONTWAIT`.
  ///
  /// - Parameter frame: the frame to receive into; if there was none, it is empty.
  /// - Returns: whether there was one.
  /// - Throws: `.wrongState` out of turn; `.contextTerminated`; `.notSocket` after ``close()``.
  @inlinable
  public func receiveIfReady(into frame: inout UniqueFrame) throws -> Bool {
    try handle.receiveIfReady(into: &frame)
  }
}

extension SocketHandle {
  /// Sends a frame, which is used up.
  ///
  /// `__owned` rather than `consuming`, for which the frame would be moved once more.
  @inlinable
  @inline(__always)
  func send(_ frame: __owned UniqueFrame, more: Bool) throws(ZeroMQError) {
    if unsafe frame.send(to: sendingPointer, sendFlags | (more ? ZMQ_SNDMORE : 0)) {
      // What libzmq has taken needs no closing.
      frame.forget()
    } else {
      try sendAgain(frame, more: more)
    }
    unsafe isInSentMessage = more
  }

  /// Sends a frame if that needs no waiting; the public call, with a typed error.
  @inlinable
  @inline(__always)
  func sendIfReady(_ frame: inout UniqueFrame, more: Bool) throws(ZeroMQError) -> Bool {
    if unsafe !frame.send(to: sendingPointer, ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0)) {
      guard try sendAgain(frame, more: more, .nonblocking) else { return false }
    }
    unsafe isInSentMessage = more
    return true
  }

  /// Receives a frame if one is there; the public call, with a typed error.
  @inlinable
  @inline(__always)
  func receiveIfReady(into frame: inout UniqueFrame) throws(ZeroMQError) -> Bool {
    if unsafe !frame.receive(from: pointer, ZMQ_DONTWAIT) {
      guard try receiveAgain(into: &frame, .nonblocking) else { return false }
    }
    unsafe isInReceivedMessage = frame.hasMore
    return true
  }

  /// What is to be done when a first attempt to send has failed.
  ///
  /// - Returns: whether the frame was sent.
  @usableFromInline
  @discardableResult
  func sendAgain(_ frame: borrowing UniqueFrame, more: Bool, _ mode: WaitMode = .blocking) throws(ZeroMQError) -> Bool {
    // SAFETY: the frame is lent for the call.
    guard unsafe try sendAgain(frame.message, more ? ZMQ_SNDMORE : 0, mode) else { return false }
    frame.size = UniqueFrame.nothing
    return true
  }

  /// What is to be done when a first attempt to receive has failed.
  ///
  /// - Returns: whether a frame was received; if not, it is empty.
  @usableFromInline
  @discardableResult
  func receiveAgain(into frame: inout UniqueFrame, _ mode: WaitMode = .blocking) throws(ZeroMQError) -> Bool {
    // SAFETY: the frame is lent for the call.
    defer { frame.refreshSize() }
    if unsafe try receiveAgain(into: frame.message, mode) != nil { return true }
    // libzmq: XPUB and STREAM leave the message as it was, all others empty it.
    frame = UniqueFrame()
    return false
  }
}
