/// What a socket's connections are secured with: a mechanism of ZMTP and the part that the socket has in it.
///
/// ```swift
/// try server.secure(.curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "global")))
/// try client.secure(.curveClient(serverKey: serverKey, keys: try CurveKeyPair()))
/// ```
///
/// Descriptions show neither keys nor passwords.
public struct SocketSecurity: Sendable {
  enum Role: Sendable {
    case curveServer(CurveSecretKey, CurveClients)
    case curveClient(CurvePublicKey, CurveKeyPair)
    case plainServer(domain: String)
    case plainClient(username: String, password: String)
    case nullServer(domain: String)
  }

  let role: Role

  /// Encrypts, and lets clients in by their keys.
  ///
  /// - Parameters:
  ///   - secretKey: the server's secret key; its clients need the public one.
  ///   - clients: which clients may come in.
  public static func curveServer(secretKey: CurveSecretKey, clients: CurveClients) -> Self {
    Self(role: .curveServer(secretKey, clients))
  }

  /// Encrypts, and proves to the server who this client is; a server with another key is not talked to.
  ///
  /// - Parameters:
  ///   - serverKey: the server's public key.
  ///   - keys: the client's own keys; a new pair does where the server lets any client in.
  public static func curveClient(serverKey: CurvePublicKey, keys: CurveKeyPair) -> Self {
    Self(role: .curveClient(serverKey, keys))
  }

  /// Lets clients in by user name and password, which pass unencrypted, so within a private network only.
  ///
  /// - Parameter domain: the domain by which the context's ``Authenticator`` is asked, 1 to 255 bytes. Without an authenticator
  ///   nobody comes in.
  public static func plainServer(domain: String) -> Self {
    Self(role: .plainServer(domain: domain))
  }

  /// Gives a server a user name and a password, which pass unencrypted, so within a private network only.
  ///
  /// - Parameters:
  ///   - username: 1 to 255 bytes.
  ///   - password: 1 to 255 bytes.
  public static func plainClient(username: String, password: String) -> Self {
    Self(role: .plainClient(username: username, password: password))
  }

  /// Lets clients in by their addresses alone, without encryption and proof.
  ///
  /// - Parameter domain: the domain by which the context's ``Authenticator`` is asked, 1 to 255 bytes. Without an authenticator
  ///   nobody comes in.
  public static func nullServer(domain: String) -> Self {
    Self(role: .nullServer(domain: domain))
  }
}

/// Which clients a server of the CURVE mechanism lets in.
public enum CurveClients: Hashable, Sendable {
  /// Those that the context's ``Authenticator`` accepts; without an authenticator, nobody.
  ///
  /// The domain, by which the authenticator knows what to decide by, has 1 to 255 bytes.
  case authenticated(domain: String)

  /// All that know the server's public key; nobody is asked.
  case any
}

extension SocketSecurity: CustomStringConvertible, CustomReflectable {
  /// The mechanism and the part, such as `"CURVE server of the domain global"`.
  public var description: String {
    switch role {
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
