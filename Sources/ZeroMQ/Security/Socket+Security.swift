extension Socket {
  /// Secures the connections that the socket makes from the next `bind` or `connect` on.
  ///
  /// The last call of this method applies. Servers fail closed: unless you choose `.any`, a server rejects every client while its
  /// context has no ``Authenticator``.
  ///
  /// libzmq ignores mechanisms over inproc, whose connections do not leave the process.
  ///
  /// If the call throws, do not bind or connect the socket.
  ///
  /// The corresponding libzmq options are `ZMQ_CURVE_SERVER`, `ZMQ_CURVE_SECRETKEY`, `ZMQ_CURVE_PUBLICKEY`, `ZMQ_CURVE_SERVERKEY`,
  /// `ZMQ_PLAIN_SERVER`, `ZMQ_PLAIN_USERNAME`, `ZMQ_PLAIN_PASSWORD`, `ZMQ_ZAP_DOMAIN` and `ZMQ_ZAP_ENFORCE_DOMAIN`.
  ///
  /// - Parameter security: The mechanism, and the role of the socket.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if a domain, user name or password has not 1 to 255 bytes, or contains a zero byte.
  ///   - `.invalidArgument` if you choose `.any` for a socket that already has a domain.
  ///   - `.notSupported` if you choose CURVE, and libzmq was built without it.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func secure(_ security: SocketSecurity) throws {
    switch security {
    case .curveServer(let key, let clients):
      try requireCurve()
      switch clients {
      case .authenticated(let domain):
        try enforce(domain)
      case .any:
        // libzmq: a domain cannot be removed, and a server with a domain asks an authenticator (4.3.4; options.cpp).
        guard try get(.zapDomain).isEmpty else {
          throw ZeroMQError(
            .invalidArgument, operation: "secure", subject: "with CURVE for any client, on a socket that already has a ZAP domain")
        }
        // libzmq: a server that enforces its domain, which is empty here, asks no authenticator, even if the context has one
        // (4.3.4; curve_server.cpp).
        try set(.zapEnforceDomain, to: true)
      }
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

  /// Checks for CURVE.
  ///
  /// Without this check, the error would only name an unknown option.
  private func requireCurve() throws(ZeroMQError) {
    guard LibZMQ.has(.curve) else {
      throw ZeroMQError(.notSupported, operation: "secure", subject: "with CURVE, which this libzmq was built without")
    }
  }

  /// Makes libzmq ask an authenticator, and reject every client if there is none.
  private func enforce(_ domain: String) throws {
    // libzmq: a PLAIN server that enforces an empty domain aborts the process (4.3.4; plain_server.cpp).
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
  /// `ZMQ_ZAP_ENFORCE_DOMAIN`, a draft in the header, which every libzmq since 4.3 has.
  fileprivate static var zapEnforceDomain: Self { raw(93) }
}
