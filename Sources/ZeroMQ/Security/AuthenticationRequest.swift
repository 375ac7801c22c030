/// A server's question to its context's ``Authenticator``: whether to accept a client.
///
/// Descriptions do not show a password. The properties are the fields of a ZAP request; see ZeroMQ's RFC 27.
public struct AuthenticationRequest: Sendable, CustomStringConvertible {
  /// The domain of the server.
  ///
  /// It may be empty for a server of the mechanism CURVE or PLAIN.
  public let domain: String

  /// The client's IP address, without a port.
  ///
  /// Over ipc, it is `localhost:` followed by the user, group and process IDs.
  public let address: String

  /// The server socket's own routing ID, which is usually empty.
  public let identity: Frame

  /// The mechanism of the client.
  public var mechanism: Mechanism {
    switch credentials {
    case .null: .null
    case .plain: .plain
    case .curve: .curve
    case .gssapi: .gssapi
    }
  }

  /// The credentials that the client presented.
  public let credentials: Credentials

  /// The credentials of a client, for each mechanism.
  public enum Credentials: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// No credentials: the mechanism NULL.
    case null
    /// A user name and a password.
    case plain(username: String, password: String)
    /// A public key. The client has proven that it has the secret key.
    case curve(CurvePublicKey)
    /// A principal that Kerberos has authenticated.
    case gssapi(principal: String)

    /// The mechanism, and the client's name.
    public var description: String {
      switch self {
      case .null: "NULL"
      case .plain(let username, _): "PLAIN user \"\(username)\""
      case .curve(let key): "CURVE key \(key)"
      case .gssapi(let principal): "GSSAPI principal \"\(principal)\""
      }
    }

    /// The same string as `description`.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
  }

  /// Creates a request, for tests of your own decision.
  ///
  /// - Parameters:
  ///   - domain: The domain of the server.
  ///   - address: The address of the client.
  ///   - identity: The server socket's own routing ID.
  ///   - credentials: The credentials of the client, which also determine the mechanism.
  public init(domain: String, address: String, identity: Frame = Frame(), credentials: Credentials) {
    self.domain = domain
    self.address = address
    self.identity = identity
    self.credentials = credentials
  }

  /// The client's name, address and domain, without a password.
  public var description: String { "\(credentials) at \(address) for the domain \"\(domain)\"" }
}
