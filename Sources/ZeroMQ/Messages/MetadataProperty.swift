/// The name of a metadata property of the connection that delivered a message.
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

  /// Creates a property from its name.
  ///
  /// No message has a property whose name contains a zero byte.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The peer's address: an IP address without a port, or over ipc `localhost:` with the user, group and process IDs.
  ///
  /// The corresponding libzmq property is `Peer-Address`.
  public static var peerAddress: Self { "Peer-Address" }

  /// The user ID that the server's authenticator assigned to the peer.
  ///
  /// The corresponding libzmq property is `User-Id`.
  public static var userID: Self { "User-Id" }

  /// The name of the peer's socket type, such as `"DEALER"`.
  ///
  /// The corresponding libzmq property is `Socket-Type`.
  public static var socketType: Self { "Socket-Type" }

  /// The routing ID that the peer chose, as a string; empty if it chose none.
  ///
  /// Only REQ, DEALER and ROUTER peers send it. The string ends at the first zero byte. For a routing ID that may contain one, use the
  /// first frame that a ROUTER receives. The corresponding libzmq property is `Routing-Id`.
  public static var routingID: Self { "Routing-Id" }
}

extension MetadataProperty: ExpressibleByStringLiteral {
  /// Creates a property from its name.
  public init(stringLiteral name: String) {
    self.init(rawValue: name)
  }
}

extension MetadataProperty: CustomStringConvertible {
  /// The name.
  public var description: String { rawValue }
}
