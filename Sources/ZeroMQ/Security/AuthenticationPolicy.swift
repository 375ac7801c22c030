/// A rule by which an ``Authenticator`` decides about clients of one mechanism, or of all mechanisms.
///
/// ```swift
/// authenticator.serve("global", by: .passwords(["admin": "secret"]), .certificates(in: "/etc/service/clients"))
/// ```
///
/// The policy determines the client's user ID: the user name, the public key in Z85, or the principal. The mechanism NULL has no
/// user ID.
public struct AuthenticationPolicy: Sendable {
  /// Returns the decision about a request, or `nil` if the policy is for another mechanism.
  let decide: @Sendable (AuthenticationRequest) -> AuthenticationDecision?

  /// Accepts all clients of the mechanism NULL whose addresses are not denied.
  public static var addressesOnly: Self { Self { $0.credentials == .null ? .accept() : nil } }

  /// Accepts clients of the mechanism PLAIN by their user names and passwords.
  ///
  /// The time of a comparison depends neither on the passwords nor on the existence of the user. The passwords are wiped when the
  /// last copy of the policy is released.
  ///
  /// - Parameter passwords: The password of each user; names and passwords have 1 to 255 bytes.
  /// - Throws: A ``ZeroMQError`` with the code `.invalidArgument` if a name or password has another length. The error shows
  ///   neither.
  public static func passwords(_ passwords: [String: String]) throws -> Self {
    for (name, password) in passwords {
      for (what, text) in [("user name", name), ("password", password)] where !(1...255).contains(text.utf8.count) {
        throw ZeroMQError(
          .invalidArgument, operation: "AuthenticationPolicy", subject: "a \(what) of \(text.utf8.count) bytes instead of 1 to 255")
      }
    }
    let (table, unknownUser) = (passwords.mapValues(padded), padded(""))
    return Self { request in
      guard case .plain(let username, let password) = request.credentials else { return nil }
      let isRight = 1...255 ~= password.utf8.count && (table[username] ?? unknownUser) == padded(password)
      return isRight ? .accept(userID: username) : .deny(reason: "Invalid user name or password")
    }
  }

  /// Returns the length and the bytes of a password, followed by zeros up to the maximum length.
  private static func padded(_ password: String) -> SecretBytes {
    unsafe SecretBytes(count: 256) { bytes in
      unsafe bytes[0] = UInt8(password.utf8.count)
      unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[1...]).copyBytes(from: password.utf8)
    }
  }

  /// Accepts clients of the mechanism CURVE by their public keys.
  ///
  /// - Parameter keys: The public keys of the clients.
  public static func keys(_ keys: some Sequence<CurvePublicKey>) -> Self {
    let keys = Set(keys)
    return curve { keys.contains($0) }
  }

  /// Accepts clients of the mechanism CURVE whose certificates are in a directory.
  ///
  /// Certificates are files whose names end with `.key`. The directory can change at any time: it is searched for every client, but
  /// only changed files are read again. A certificate that becomes invalid accepts no client; if the directory is removed, every
  /// client is rejected.
  ///
  /// - Parameter folder: The path of the directory.
  /// - Throws: A ``ZeroMQError``, which names the file and the reason, with one of these codes:
  ///   - The system's code if the directory or a file cannot be read.
  ///   - `.invalidArgument` if a file is not a certificate.
  public static func certificates(in folder: String) throws -> Self {
    let folder = try CertificateFolder(folder)
    return curve { folder.contains($0) }
  }

  private static func curve(_ isKnown: @escaping @Sendable (CurvePublicKey) -> Bool) -> Self {
    Self { request in
      guard case .curve(let key) = request.credentials else { return nil }
      return isKnown(key) ? .accept(userID: key.z85) : .deny(reason: "Unknown key")
    }
  }

  /// Decides by a closure, about clients of any mechanism.
  ///
  /// The closure is called on the authenticator's own thread, one call at a time. Until it returns, no other client of the
  /// context's servers is accepted.
  ///
  /// A server abandons a client after the option `handshakeInterval` (30 seconds by default), so a decision must take less time. An
  /// abandoned client is not decided about; it connects and asks again.
  ///
  /// - Parameter decision: The closure that decides about a request.
  public static func decision(_ decision: @escaping @Sendable (AuthenticationRequest) -> AuthenticationDecision) -> Self {
    Self(decide: decision)
  }

  /// Decides by an asynchronous closure, about clients of any mechanism.
  ///
  /// The closure is called in a task of its own, one call at a time. Until it returns, no other client of the context's servers is
  /// accepted, and stopping the authenticator waits.
  ///
  /// A server abandons a client after the option `handshakeInterval` (30 seconds by default), so a decision must take less time. An
  /// abandoned client is not decided about; it connects and asks again.
  ///
  /// - Parameter decision: The closure that decides about a request.
  public static func decision(_ decision: @escaping @Sendable (AuthenticationRequest) async -> AuthenticationDecision) -> Self {
    Self { request in
      guard let wakeup = try? WakeupPipe() else { return .deny(status: .temporaryError, reason: "No file descriptor left") }
      let answer = Lock<AuthenticationDecision?>(nil)
      let authenticator = Authenticator.deciding
      Task.detached {
        let decided = await Authenticator.$deciding.withValue(authenticator) { await decision(request) }
        answer.withLock { $0 = decided }
        wakeup.signal()
      }
      // Blocks the authenticator's own thread, on which no task runs.
      wakeup.wait()
      return answer.withLock(\.self) ?? .deny(status: .internalError, reason: "No decision")
    }
  }
}
