/// What a server asks its context's ``Authenticator``: whether a client may come in.
///
/// Descriptions do not show a password. The fields are those of a request of ZAP, ZeroMQ's RFC 27.
public struct AuthenticationRequest: Sendable {
  /// The domain that the server named; a server of the mechanism CURVE or PLAIN may name none, which is the empty text.
  public let domain: String

  /// The client's IP address, without port; `localhost:` with user, group and process IDs over ipc.
  public let address: String

  /// The server socket's own routing ID, which is mostly empty.
  public let identity: Frame

  /// The mechanism that the client uses.
  public let mechanism: Mechanism

  /// By what the client proves who it is.
  public let credentials: Credentials

  /// What a client proves who it is by, for each mechanism.
  public enum Credentials: Hashable, Sendable {
    /// Nothing: the mechanism NULL.
    case null
    /// A user name and a password.
    case plain(username: String, password: String)
    /// A public key; the client has proven that it has the secret one.
    case curve(CurvePublicKey)
    /// A principal, whom Kerberos vouches for.
    case gssapi(principal: String)
  }

  /// Makes a request, for tests of a program's own decision.
  ///
  /// - Parameters:
  ///   - domain: the server's domain.
  ///   - address: the client's address.
  ///   - identity: the server socket's own routing ID.
  ///   - credentials: by what the client proves who it is; the mechanism follows from that.
  public init(domain: String, address: String, identity: Frame = Frame(), credentials: Credentials) {
    self.domain = domain
    self.address = address
    self.identity = identity
    self.credentials = credentials
    mechanism =
      switch credentials {
      case .null: .null
      case .plain: .plain
      case .curve: .curve
      case .gssapi: .gssapi
      }
  }
}

extension AuthenticationRequest: CustomStringConvertible {
  /// Who asks for what, without a password.
  public var description: String { "\(credentials) at \(address) for the domain \"\(domain)\"" }
}

extension AuthenticationRequest.Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The mechanism, and who the client says it is.
  public var description: String {
    switch self {
    case .null: "NULL"
    case .plain(let username, _): "PLAIN user \"\(username)\""
    case .curve(let key): "CURVE key \(key)"
    case .gssapi(let principal): "GSSAPI principal \"\(principal)\""
    }
  }

  /// The same as `description`.
  public var debugDescription: String { description }

  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
