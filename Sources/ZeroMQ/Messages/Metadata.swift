internal import CZeroMQ

/// What the connection that a frame came from says about it, lent for as long as the frame stays where it is.
///
/// Everything is `nil` where the transport gives none: over inproc, and for a frame that was not received. Nothing is copied unless
/// it is asked for.
///
/// ```swift
/// let message = try router.receive()
/// if let user = message.metadata.userID { print("from \(user) at \(message.metadata.peerAddress ?? "?")") }
/// ```
///
/// The corresponding libzmq functions are `zmq_msg_gets` and `zmq_msg_get`.
@safe
public struct Metadata: ~Escapable {
  /// The frame; `nil` for a message without any.
  private let frame: UnsafePointer<zmq_msg_t>?

  /// The metadata of an initialized frame.
  @_lifetime(borrow owner)
  init<Owner: ~Copyable>(of frame: UnsafePointer<zmq_msg_t>?, lentBy owner: borrowing Owner) {
    unsafe self.frame = frame
  }

  /// The peer's address: an IP address without port, or over ipc `localhost:` with user, group and process IDs.
  ///
  /// The corresponding libzmq property is `Peer-Address`.
  public var peerAddress: String? { self["Peer-Address"] }

  /// Whom the server's authenticator took the peer for; for the mechanism CURVE, often the public key.
  ///
  /// The corresponding libzmq property is `User-Id`.
  public var userID: String? { self["User-Id"] }

  /// The name of the peer's socket type, such as `"DEALER"`.
  ///
  /// The corresponding libzmq property is `Socket-Type`.
  public var socketType: String? { self["Socket-Type"] }

  /// The routing ID that the peer chose, as text; empty if it chose none.
  ///
  /// Only REQ, DEALER and ROUTER peers send it. It ends at its first zero byte: where that may matter, take the first frame that a
  /// ROUTER receives. The corresponding libzmq property is `Routing-Id`.
  public var routingID: String? { self["Routing-Id"] }

  /// Any property by its name, such as `"X-Role"`.
  ///
  /// - Parameter property: the name, as the peer or the authenticator spelled it.
  /// - Returns: the value, up to its first zero byte; `nil` if the frame has no such property. No property's name has a zero byte.
  public subscript(property: String) -> String? {
    guard let frame = unsafe frame, !property.utf8.contains(0) else { return nil }
    // SAFETY: the frame is initialized, and lent for as long as this value lives; libzmq ends the text with a zero, and keeps it for
    // as long as the frame.
    guard let text = unsafe zmq_msg_gets(frame, property) else { return nil }
    return unsafe String(cString: text)
  }

  /// Whether libzmq shares the frame's bytes with a copy of it.
  ///
  /// Not set for frames of up to 33 bytes, which are always copied, nor by copies of a ``Message``, which share its frames. The
  /// corresponding libzmq property is `ZMQ_SHARED`.
  public var isShared: Bool { number(CZeroMQ.ZMQ_SHARED) == 1 }

  /// Whether further frames of the same message followed this one when it was received.
  ///
  /// The corresponding libzmq property is `ZMQ_MORE`.
  public var hasMore: Bool { number(CZeroMQ.ZMQ_MORE) == 1 }

  private func number(_ property: Int32) -> Int32 {
    guard let frame = unsafe frame else { return 0 }
    // SAFETY: as above.
    return unsafe zmq_msg_get(frame, property)
  }
}
