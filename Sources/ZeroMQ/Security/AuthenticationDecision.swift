/// What an ``Authenticator`` answers: whether a client may come in.
public enum AuthenticationDecision: Hashable, Sendable {
  /// The client may come in.
  ///
  /// Every message from it has the user ID and the metadata, as ``Message/metadata(_:at:)`` says; neither may have a zero byte. A
  /// property's name has 1 to 255 letters, digits and signs of `-_.+`, and should begin with `X-`.
  case accept(userID: String = "", metadata: [String: String] = [:])

  /// The client may not come in; the reason, of at most 255 bytes, is for whoever reads the ZAP answer and does not reach the
  /// client.
  case deny(status: Status = .authenticationFailure, reason: String = "")

  /// Why a client may not come in, as the server's ``Monitor`` reports it and, but for a temporary error, the client's.
  public enum Status: Int, Hashable, Sendable {
    /// It cannot be decided now: the client is told nothing, and tries again when the connection ends, at the latest after the
    /// server's `handshakeInterval`.
    case temporaryError = 300
    /// The client is not who it says, or nobody that may come in.
    case authenticationFailure = 400
    /// The request was malformed, or the authenticator has a fault.
    case internalError = 500
  }
}
