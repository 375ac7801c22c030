internal import CZeroMQ

extension Message {
  /// Returns a metadata property of the connection that delivered the message.
  ///
  /// Only messages have metadata: a ``Frame`` that you take from a message has its bytes alone.
  ///
  /// The corresponding libzmq function is `zmq_msg_gets`.
  ///
  /// - Parameters:
  ///   - property: The name of the property.
  ///   - position: The position of the frame that has it. All frames of a message have the same metadata, but on a ROUTER the first, the
  ///     routing ID, may have none. By default, this is the last frame.
  /// - Returns: The value up to its first zero byte. It is `nil` in these cases:
  ///   - Neither side of the connection has set the property.
  ///   - The connection is over inproc, which has no metadata.
  ///   - The frame was not received.
  ///   - The message is empty.
  /// - Precondition: The message has a frame at `position`.
  public func metadata(_ property: MetadataProperty, at position: Int? = nil) -> String? {
    if isEmpty && position == nil { return nil }
    let index = index(of: position ?? count - 1)
    // SAFETY: the pointer points to a frame, owned by the message's storage, valid until the closure returns.
    return withExtendedLifetime(self) { unsafe property.value(in: reference.slots.frame(at: index)) }
  }

  /// Returns a numeric property of a frame.
  ///
  /// Copies of a message share its frames, which `.shared` does not indicate. The corresponding libzmq function is `zmq_msg_get`.
  ///
  /// - Parameters:
  ///   - property: The name of the property.
  ///   - position: The position of the frame.
  /// - Returns: The number; `nil` if libzmq has no such property.
  /// - Precondition: The message has a frame at the position.
  public func property(_ property: FrameProperty, at position: Int) -> Int32? {
    let index = index(of: position)
    // SAFETY: the pointer points to a frame, owned by the message's storage, valid until the closure returns.
    return withExtendedLifetime(self) { unsafe property.value(in: reference.slots.frame(at: index)) }
  }

  /// Returns a Boolean value that indicates whether libzmq shares a frame's bytes with a copy of it, such as one that was sent over inproc.
  ///
  /// The corresponding libzmq function is `zmq_msg_get`, with `ZMQ_SHARED`.
  ///
  /// - Parameter position: The position of the frame.
  /// - Precondition: The message has a frame at the position.
  public func isShared(at position: Int) -> Bool { property(.shared, at: position) == 1 }
}

extension UniqueFrame {
  /// Returns a metadata property of the connection that delivered the frame.
  ///
  /// The corresponding libzmq function is `zmq_msg_gets`.
  ///
  /// - Parameter property: The name of the property.
  /// - Returns: The value up to its first zero byte. It is `nil` in these cases:
  ///   - Neither side of the connection has set the property.
  ///   - The connection is over inproc, which has no metadata.
  ///   - The frame was not received.
  public func metadata(_ property: MetadataProperty) -> String? {
    // SAFETY: the pointer points to the message, owned by this frame, valid during the call.
    unsafe property.value(in: message)
  }

  /// Returns a numeric property of the frame.
  ///
  /// The corresponding libzmq function is `zmq_msg_get`.
  ///
  /// - Parameter property: The name of the property.
  /// - Returns: The number; `nil` if libzmq has no such property.
  public func property(_ property: FrameProperty) -> Int32? {
    // SAFETY: the pointer points to the message, owned by this frame, valid during the call.
    unsafe property.value(in: message)
  }

  /// A Boolean value that indicates whether libzmq shares the frame's bytes with a copy of it.
  ///
  /// The corresponding libzmq function is `zmq_msg_get`, with `ZMQ_SHARED`.
  public var isShared: Bool { property(.shared) == 1 }
}

extension MetadataProperty {
  /// Returns the value that a frame has.
  fileprivate func value(in frame: UnsafePointer<zmq_msg_t>) -> String? {
    guard !rawValue.utf8.contains(0) else { return nil }
    // SAFETY: the pointer points to an initialized frame, owned by the caller, valid during the call.
    // libzmq: frames that came over ZMTP have the routing ID only under its older name (4.3.4; mechanism.cpp).
    return unsafe RawMessage.text(frame, rawValue) ?? (self == .routingID ? RawMessage.text(frame, "Identity") : nil)
  }
}

extension FrameProperty {
  /// Returns the value that a frame has.
  fileprivate func value(in frame: UnsafePointer<zmq_msg_t>) -> Int32? {
    // SAFETY: the pointer points to an initialized frame, owned by the caller, valid during the call.
    let number = unsafe RawMessage.number(frame, rawValue)
    return number < 0 ? nil : number
  }
}
