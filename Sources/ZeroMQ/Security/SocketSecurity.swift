/// The security of a socket's connections: a mechanism of ZMTP, and the role of the socket.
///
/// ```swift
/// try server.secure(.curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "global")))
/// try client.secure(.curveClient(serverKey: serverKey, keys: try CurveKeyPair()))
/// ```
///
/// Descriptions show neither keys nor passwords.
public enum SocketSecurity: Sendable, CustomStringConvertible, CustomReflectable {
  /// A server that encrypts, and accepts clients by their keys.
  ///
  /// - Parameters:
  ///   - secretKey: The server's secret key; its clients need the public key.
  ///   - clients: The clients to accept.
  case curveServer(secretKey: CurveSecretKey, clients: CurveClients)

  /// A client that encrypts, proves its identity, and refuses a server with another key.
  ///
  /// - Parameters:
  ///   - serverKey: The server's public key.
  ///   - keys: The client's own keys. For a server that accepts any client, a new pair suffices.
  case curveClient(serverKey: CurvePublicKey, keys: CurveKeyPair)

  /// A server that accepts clients by user name and password.
  ///
  /// Both are sent unencrypted, so use it only within a private network.
  ///
  /// - Parameter domain: The domain for the context's ``Authenticator``, 1 to 255 bytes. Without an authenticator, every client is
  ///   rejected.
  case plainServer(domain: String)

  /// A client that logs in with a user name and a password.
  ///
  /// Both are sent unencrypted, so use it only within a private network.
  ///
  /// - Parameters:
  ///   - username: The user name, 1 to 255 bytes.
  ///   - password: The password, 1 to 255 bytes.
  case plainClient(username: String, password: String)

  /// A server that accepts clients by their addresses alone, without proof or encryption.
  ///
  /// - Parameter domain: The domain for the context's ``Authenticator``, 1 to 255 bytes. Without an authenticator, every client is
  ///   rejected.
  case nullServer(domain: String)

  /// The mechanism and the role, such as `"CURVE server of the domain global"`.
  public var description: String {
    switch self {
    case .curveServer(_, .authenticated(let domain)): "CURVE server of the domain \(domain)"
    case .curveServer(_, .any): "CURVE server for any client"
    case .curveClient: "CURVE client"
    case .plainServer(let domain): "PLAIN server of the domain \(domain)"
    case .plainClient: "PLAIN client"
    case .nullServer(let domain): "NULL server of the domain \(domain)"
    }
  }

  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

/// The clients that a server of the CURVE mechanism accepts.
public enum CurveClients: Hashable, Sendable {
  /// The clients that the context's ``Authenticator`` accepts.
  ///
  /// Without an authenticator, every client is rejected. The authenticator finds its policies by the domain, which has 1 to 255
  /// bytes.
  case authenticated(domain: String)

  /// Every client that knows the server's public key; no authenticator is asked.
  case any
}
