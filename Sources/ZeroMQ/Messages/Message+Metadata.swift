internal import Builtin
internal import CZeroMQ

extension Message {
  /// What the connection that the message came from says about it, as its last frame has it.
  ///
  /// All frames of a message have the same, but a ROUTER may lose that of the first, the routing ID. A message without frames, one
  /// that was not received, and frames that were appended have none.
  public var metadata: Metadata {
    @_lifetime(borrow self)
    get {
      // SAFETY: the message keeps its storage alive, whose frames stay in place and are not changed while anybody else looks.
      unsafe Metadata(of: isEmpty ? nil : UnsafePointer(reference.slots.frame(at: range.upperBound - 1)), lentBy: self)
    }
  }

  /// What the connection that a frame came from says about it.
  ///
  /// Ask the message, not one of its frames: a ``Frame`` is a value of bytes, and has no metadata.
  ///
  /// - Parameter position: the position of the frame.
  /// - Returns: its metadata.
  @_lifetime(borrow self)
  public func metadata(at position: Int) -> Metadata {
    precondition(position >= 0 && position < count, "position \(position) is outside a message of \(count) frames")
    // SAFETY: as above.
    return unsafe Metadata(of: UnsafePointer(reference.slots.frame(at: range.lowerBound + position)), lentBy: self)
  }
}

extension UniqueFrame {
  /// What the connection that the frame came from says about it, lent for as long as the frame is neither changed nor moved.
  public var metadata: Metadata {
    @_lifetime(borrow self)
    get {
      // SAFETY: the type's `@_addressableForDependencies` keeps the frame in one place for as long as the view depends on it.
      let address = unsafe UnsafePointer<UniqueFrame>(Builtin.unprotectedAddressOfBorrow(self))
      return unsafe Metadata(of: UnsafeRawPointer(address).assumingMemoryBound(to: zmq_msg_t.self), lentBy: self)
    }
  }
}
