/// A name of something that a connection tells about the frames that come from it.
///
/// ```swift
/// let message = try router.receive()
/// print(message.metadata(.peerAddress) ?? "?", message.metadata("X-Role") ?? "no role")
/// ```
///
/// The type is open: peers and authenticators add properties of their own, whose names begin with `X-`.
public struct MetadataProperty: RawRepresentable, Hashable, Sendable {
  /// The name, as libzmq, the peer or the authenticator spells it.
  public let rawValue: String

  /// Wraps a name; none has a zero byte, so nothing is found by one that does.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The peer's address: an IP address without port, or over ipc `localhost:` with its user, group and process IDs.
  ///
  /// The corresponding libzmq property is `Peer-Address`.
  public static var peerAddress: Self { "Peer-Address" }

  /// Whom the server's authenticator took the peer for.
  ///
  /// The corresponding libzmq property is `User-Id`.
  public static var userID: Self { "User-Id" }

  /// The name of the peer's socket type, such as `"DEALER"`.
  ///
  /// The corresponding libzmq property is `Socket-Type`.
  public static var socketType: Self { "Socket-Type" }

  /// The routing ID that the peer chose, as text; empty if it chose none.
  ///
  /// Only REQ, DEALER and ROUTER peers send it. It ends at its first zero byte: where that may matter, take the first frame that a
  /// ROUTER receives. The corresponding libzmq property is `Routing-Id`.
  public static var routingID: Self { "Routing-Id" }
}

extension MetadataProperty: ExpressibleByStringLiteral {
  /// Wraps a name.
  public init(stringLiteral name: String) {
    self.init(rawValue: name)
  }
}

extension MetadataProperty: CustomStringConvertible {
  /// The name.
  public var description: String { rawValue }
}
