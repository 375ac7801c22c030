internal import CZeroMQ

extension Message {
  /// What the connection that the message came from says about it.
  ///
  /// Ask the message, not one of its frames: a ``Frame`` is a value of bytes, and has no metadata. Nothing is copied but the value that
  /// is returned.
  ///
  /// The corresponding libzmq function is `zmq_msg_gets`.
  ///
  /// - Parameters:
  ///   - property: what to ask for.
  ///   - position: which frame to ask. Without a position the last one is, for all have the same, but a ROUTER may lose that of the
  ///     first, the routing ID.
  /// - Returns: the value, up to its first zero byte; `nil` where there is none: over inproc, for a property that neither side has
  ///   given, for frames that were not received, and for a message without frames.
  public func metadata(_ property: MetadataProperty, at position: Int? = nil) -> String? {
    if isEmpty && position == nil { return nil }
    let index = index(of: position ?? count - 1)
    // SAFETY: the message keeps its frames alive and in place.
    return withExtendedLifetime(self) { unsafe property.value(in: reference.slots.frame(at: index)) }
  }

  /// A property of a frame that is a number.
  ///
  /// Copies of a message share its frames, which is not what `.shared` tells. The corresponding libzmq function is `zmq_msg_get`.
  ///
  /// - Parameters:
  ///   - property: what to ask for.
  ///   - position: the position of the frame.
  /// - Returns: the number; `nil` if libzmq has no such property.
  public func property(_ property: FrameProperty, at position: Int) -> Int32? {
    let index = index(of: position)
    // SAFETY: as above.
    return withExtendedLifetime(self) { unsafe property.value(in: reference.slots.frame(at: index)) }
  }

  /// Whether libzmq shares a frame's bytes with a copy of it, such as the one that was sent over inproc.
  ///
  /// The corresponding libzmq function is `zmq_msg_get`, with `ZMQ_SHARED`.
  ///
  /// - Parameter position: the position of the frame.
  public func isShared(at position: Int) -> Bool { property(.shared, at: position) == 1 }
}

extension UniqueFrame {
  /// What the connection that the frame came from says about it.
  ///
  /// The corresponding libzmq function is `zmq_msg_gets`.
  ///
  /// - Parameter property: what to ask for.
  /// - Returns: the value, up to its first zero byte; `nil` where there is none: over inproc, for a property that neither side has
  ///   given, and for a frame that was not received.
  public func metadata(_ property: MetadataProperty) -> String? {
    // SAFETY: the message is valid.
    unsafe property.value(in: message)
  }

  /// A property of the frame that is a number.
  ///
  /// The corresponding libzmq function is `zmq_msg_get`.
  ///
  /// - Parameter property: what to ask for.
  /// - Returns: the number; `nil` if libzmq has no such property.
  public func property(_ property: FrameProperty) -> Int32? {
    // SAFETY: as above.
    unsafe property.value(in: message)
  }

  /// Whether libzmq shares the frame's bytes with a copy of it.
  ///
  /// The corresponding libzmq function is `zmq_msg_get`, with `ZMQ_SHARED`.
  public var isShared: Bool { property(.shared) == 1 }
}

extension MetadataProperty {
  /// The value that a frame has.
  fileprivate func value(in frame: UnsafePointer<zmq_msg_t>) -> String? {
    guard !rawValue.utf8.contains(0) else { return nil }
    // libzmq: the frames of ZMTP peers have the routing ID only under the protocol's own, older name.
    return unsafe text(rawValue, frame) ?? (self == .routingID ? text("Identity", frame) : nil)
  }

  private func text(_ name: String, _ frame: UnsafePointer<zmq_msg_t>) -> String? {
    // SAFETY: callers lend an initialized frame. libzmq ends the text with a zero, and keeps it for as long as the frame.
    guard let text = unsafe RawMessage.text(frame, name) else { return nil }
    return unsafe String(cString: text)
  }
}

extension FrameProperty {
  /// The value that a frame has.
  fileprivate func value(in frame: UnsafePointer<zmq_msg_t>) -> Int32? {
    // SAFETY: callers lend an initialized frame.
    let number = unsafe RawMessage.number(frame, rawValue)
    return number < 0 ? nil : number
  }
}
