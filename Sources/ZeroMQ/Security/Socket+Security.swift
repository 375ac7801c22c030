extension Socket {
  /// Secures the socket's connections, from the next `bind` or `connect` on; the last call decides.
  ///
  /// A server fails closed: unless any client may come in by name, it refuses all of them while its context has no
  /// ``Authenticator``. Connections over inproc are not secured, since they do not leave the process: libzmq ignores mechanisms
  /// there.
  ///
  /// The corresponding libzmq options are `ZMQ_CURVE_SERVER`, `ZMQ_CURVE_SECRETKEY`, `ZMQ_CURVE_PUBLICKEY`, `ZMQ_CURVE_SERVERKEY`,
  /// `ZMQ_PLAIN_SERVER`, `ZMQ_PLAIN_USERNAME`, `ZMQ_PLAIN_PASSWORD`, `ZMQ_ZAP_DOMAIN` and `ZMQ_ZAP_ENFORCE_DOMAIN`.
  ///
  /// - Parameter security: the mechanism and the socket's part in it.
  /// - Throws: `.invalidArgument` for a domain, user name or password that has not 1 to 255 bytes or has a zero byte, for any
  ///   client on a socket that has a domain already; `.notSupported` for CURVE where this libzmq was built without it;
  ///   `.contextTerminated`; `.notSocket` after ``close()``. The socket must not be bound or connected after an error.
  public func secure(_ security: SocketSecurity) throws {
    switch security.role {
    case .curveServer(let key, .authenticated(let domain)):
      try requireCurve()
      try enforce(domain)
      try set(.curveSecretKey, to: key)
      try set(.curveServer, to: true)
    case .curveServer(let key, .any):
      try requireCurve()
      // libzmq: a domain that is set stays, and with it the question to an authenticator.
      guard try get(.zapDomain).isEmpty else {
        throw ZeroMQError(
          .invalidArgument, operation: "secure", subject: "with CURVE for any client, on a socket that already has a ZAP domain")
      }
      // Enforced although there is none: otherwise libzmq asks an authenticator if there happens to be one.
      try set(.zapEnforceDomain, to: true)
      try set(.curveSecretKey, to: key)
      try set(.curveServer, to: true)
    case .curveClient(let serverKey, let keys):
      try requireCurve()
      try set(.curvePublicKey, to: keys.publicKey)
      try set(.curveSecretKey, to: keys.secretKey)
      try set(.curveServerKey, to: serverKey)
    case .plainServer(let domain):
      try enforce(domain)
      try set(.plainServer, to: true)
    case .plainClient(let username, let password):
      try check(username, "ZMQ_PLAIN_USERNAME")
      try check(password, "ZMQ_PLAIN_PASSWORD")
      try set(.plainUsername, to: username)
      try set(.plainPassword, to: password)
    case .nullServer(let domain):
      try enforce(domain)
      try set(.plainServer, to: false)
    }
  }

  /// Says what is missing, where setting a key only says that the option is unknown.
  private func requireCurve() throws(ZeroMQError) {
    guard LibZMQ.has(.curve) else {
      throw ZeroMQError(.notSupported, operation: "secure", subject: "with CURVE, which this libzmq was built without")
    }
  }

  /// Has libzmq ask an authenticator, and refuse everybody where there is none.
  private func enforce(_ domain: String) throws {
    // libzmq: a PLAIN server that enforces an empty domain aborts the process.
    try check(domain, "ZMQ_ZAP_DOMAIN")
    try set(.zapDomain, to: domain)
    try set(.zapEnforceDomain, to: true)
  }

  private func check(_ text: String, _ name: String) throws(ZeroMQError) {
    guard 1...255 ~= text.utf8.count else {
      throw ZeroMQError(.invalidArgument, operation: "secure", subject: "\(name) of \(text.utf8.count) bytes instead of 1 to 255")
    }
    guard !text.utf8.contains(0) else {
      throw ZeroMQError(.invalidArgument, operation: "secure", subject: "\(name) with a zero byte")
    }
  }
}

extension SocketOption where Value == Bool, Access == OptionAccess.ReadWrite {
  /// `ZMQ_ZAP_ENFORCE_DOMAIN`, a draft in the header, which every libzmq from 4.3 on nevertheless knows.
  fileprivate static var zapEnforceDomain: Self { raw(93) }
}
