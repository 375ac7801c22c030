/// How an ``Authenticator`` decides about clients of one mechanism, or of all.
///
/// ```swift
/// authenticator.serve("global", by: .passwords(["admin": "secret"]), .certificates(in: "/etc/service/clients"))
/// ```
///
/// A client gets its user ID by the policy: the user name, the public key in Z85, the principal, or nothing for the mechanism NULL.
public struct AuthenticationPolicy: Sendable {
  enum Rule: Sendable {
    case addressesOnly
    case passwords(PasswordTable)
    case keys(Set<CurvePublicKey>)
    case certificates(CertificateFolder)
    case decision(@Sendable (AuthenticationRequest) -> AuthenticationDecision)
  }

  let rule: Rule

  /// Lets in all clients of the mechanism NULL whose addresses are not refused.
  public static var addressesOnly: Self { Self(rule: .addressesOnly) }

  /// Lets in clients of the mechanism PLAIN whose user name and password are known.
  ///
  /// Passwords are compared in a time that depends neither on them nor on whether the user exists, and wiped when the last copy of
  /// the policy goes.
  ///
  /// - Parameter passwords: each user's password; names and passwords have 1 to 255 bytes.
  /// - Throws: `.invalidArgument` for a name or password of another length; the error shows neither.
  public static func passwords(_ passwords: [String: String]) throws -> Self {
    Self(rule: .passwords(try PasswordTable(passwords)))
  }

  /// Lets in clients of the mechanism CURVE whose public keys are known.
  ///
  /// - Parameter keys: the keys.
  public static func keys(_ keys: some Sequence<CurvePublicKey>) -> Self {
    Self(rule: .keys(Set(keys)))
  }

  /// Lets in clients of the mechanism CURVE whose certificates are in a folder, which may change at any time.
  ///
  /// Certificates are files whose names end with `.key`. The folder is looked through for every client, but only files that have
  /// changed are read again. A file that is bad later, or a folder that is gone, lets nobody in.
  ///
  /// - Parameter folder: the path of the folder.
  /// - Throws: the system's code for a folder or file that cannot be read, and `.invalidArgument` for a file that is no
  ///   certificate; the error names the file and the reason.
  public static func certificates(in folder: String) throws -> Self {
    Self(rule: .certificates(try CertificateFolder(folder)))
  }

  /// Lets the program decide, about clients of any mechanism.
  ///
  /// The closure is called on the authenticator's own thread, one call at a time. Until it returns, no other client of the context's
  /// servers is accepted. A server gives up on a client after the option `handshakeInterval` (30 seconds by default), so a decision must
  /// not take that long. A client that the server has given up on is not decided about; it connects and asks again.
  ///
  /// - Parameter decision: decides about a request.
  public static func decision(_ decision: @escaping @Sendable (AuthenticationRequest) -> AuthenticationDecision) -> Self {
    Self(rule: .decision(decision))
  }

  /// Lets the program decide asynchronously, about clients of any mechanism.
  ///
  /// The closure is called in a task of its own, one at a time. Until it returns, no other client of the context's servers is accepted,
  /// and stopping the authenticator waits for it. A server gives up on a client after the option `handshakeInterval` (30 seconds by
  /// default), so a decision must not take that long. A client that the server has given up on is not decided about; it connects and
  /// asks again.
  ///
  /// - Parameter decision: decides about a request.
  public static func decision(
    _ decision: @escaping @Sendable (AuthenticationRequest) async -> AuthenticationDecision
  ) -> Self {
    Self(
      rule: .decision { request in
        guard let wakeup = try? WakeupPipe() else { return .deny(status: .temporaryError, reason: "No file descriptor left") }
        let answer = Lock<AuthenticationDecision?>(nil)
        let authenticator = AuthenticatorThread.deciding
        Task.detached {
          let decided = await AuthenticatorThread.$deciding.withValue(authenticator) { await decision(request) }
          answer.withLock { $0 = decided }
          wakeup.signal()
        }
        // The thread is the authenticator's own, and no task waits for it.
        wakeup.wait()
        return answer.withLock(\.self) ?? .deny(status: .internalError, reason: "No decision")
      })
  }
}

extension AuthenticationPolicy {
  /// Decides; `nil` if the policy is for another mechanism.
  func decide(_ request: AuthenticationRequest) -> AuthenticationDecision? {
    switch (rule, request.credentials) {
    case (.decision(let decision), _):
      decision(request)
    case (.addressesOnly, .null):
      .accept()
    case (.passwords(let table), .plain(let username, let password)):
      table.accepts(username, password) ? .accept(userID: username) : .deny(reason: "Invalid user name or password")
    case (.keys(let keys), .curve(let key)):
      keys.contains(key) ? .accept(userID: key.z85) : .deny(reason: "Unknown key")
    case (.certificates(let folder), .curve(let key)):
      folder.contains(key) ? .accept(userID: key.z85) : .deny(reason: "Unknown key")
    default:
      nil
    }
  }
}

/// The passwords of users, compared in constant time and wiped at the end.
struct PasswordTable: Sendable {
  private let passwords: [String: SecretBytes]
  private let nobody: SecretBytes

  init(_ passwords: [String: String]) throws(ZeroMQError) {
    var table: [String: SecretBytes] = [:]
    for (name, password) in passwords {
      for (what, text) in [("user name", name), ("password", password)] where !(1...255).contains(text.utf8.count) {
        throw ZeroMQError(
          .invalidArgument, operation: "AuthenticationPolicy", subject: "a \(what) of \(text.utf8.count) bytes instead of 1 to 255")
      }
      table[name] = Self.padded(password)
    }
    self.passwords = table
    nobody = Self.padded("")
  }

  func accepts(_ username: String, _ password: String) -> Bool {
    guard 1...255 ~= password.utf8.count else { return false }
    return SecretBytes.areEqual(passwords[username] ?? nobody, Self.padded(password))
  }

  /// The length and the bytes of a password, with zeros up to the longest one's length.
  private static func padded(_ password: String) -> SecretBytes {
    unsafe SecretBytes(count: 256) { bytes in
      unsafe bytes[0] = UInt8(password.utf8.count)
      unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[1...]).copyBytes(from: password.utf8)
    }
  }
}
