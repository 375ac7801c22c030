/// An ``Authenticator``'s decision about a client.
public enum AuthenticationDecision: Hashable, Sendable {
  /// The server accepts the client.
  ///
  /// Every message from the client carries the user ID and the metadata; see ``Message/metadata(_:at:)``. Neither may contain a
  /// zero byte. The name of a property has 1 to 255 letters, digits, and characters of `-_.+`; it should begin with `X-`.
  case accept(userID: String = "", metadata: [String: String] = [:])

  /// The server rejects the client.
  ///
  /// The reason has at most 255 bytes. It is part of the ZAP reply, and does not reach the client.
  case deny(status: Status = .authenticationFailure, reason: String = "")

  /// The reason for rejecting a client, in ZAP's status codes.
  ///
  /// The server's ``Monitor`` reports the status. The client's monitor reports it as well, unless it is a temporary error.
  public enum Status: Int, Hashable, Sendable {
    /// The authenticator cannot decide now.
    ///
    /// The client is not notified. It tries again when the connection ends, at the latest after the server's `handshakeInterval`.
    case temporaryError = 300
    /// The client failed to prove its identity, or its identity is not accepted.
    case authenticationFailure = 400
    /// The request was malformed, or the authenticator failed.
    case internalError = 500
  }
}
