/// Decides which clients a context's servers let in; a context has at most one.
///
/// It answers the requests of ZAP, ZeroMQ's RFC 27, on a thread of its own, from the moment that it is made until ``stop()-5n2pa`` or
/// until the last reference to it goes. What it has not been told to accept is refused. Make it, and
/// tell it its policies, before the servers bind: once it is refused, a client gives up, and comes back only by another `connect`.
///
/// ```swift
/// let authenticator = try Authenticator(context)
/// try authenticator.deny("10.0.0.0/8")
/// authenticator.serve("global", by: try .passwords(["admin": "secret"]), .keys([clientKey]))
/// let server = try context.socket(.rep)
/// try server.secure(.curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "global")))
/// ```
///
/// All of its methods may be called from any thread or task, and act on the next client that comes; connections that are up
/// remain. A client tries again by itself only after a `.temporaryError` and where there was no authenticator: at once or, since
/// libzmq does not always end the refused connection, after the server's `handshakeInterval`.
public final class Authenticator: Sendable {
  private let rules = Lock(AuthenticatorRules())
  private let worker: AuthenticatorThread

  /// Makes a context's authenticator, and starts its thread.
  ///
  /// - Parameter context: the context, which is kept alive until the authenticator has stopped.
  /// - Throws: `.addressInUse` if the context has an authenticator already; `.contextTerminated`; `.tooManyOpenFiles` or
  ///   `.noMemory` when there is no socket, descriptor or thread left.
  public init(_ context: Context) throws {
    let rules = rules
    worker = try AuthenticatorThread(context) { request in
      // The rules are copied out of the lock, so that a program's own decision may change them.
      rules.withLock(\.self).decide(request)
    }
  }

  /// Stops answering, so that servers refuse every client from now on.
  ///
  /// Blocks the current thread until a request that is being decided has been answered. If the decision itself calls this method, it
  /// returns immediately, and the authenticator stops after the decision. Afterwards the context may have another authenticator.
  /// Stopping again does nothing. Releasing the last reference stops without waiting.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: await { await … }())")
  public func stop() {
    worker.stop()
  }

  /// Stops answering, so that servers refuse every client from now on.
  ///
  /// Suspends the task until a request that is being decided has been answered; cancelling the task does not end the wait. If the
  /// decision itself calls this method, it returns immediately, and the authenticator stops after the decision. Afterwards the context
  /// may have another authenticator. Stopping again does nothing. Releasing the last reference stops without waiting.
  public func stop() async {
    await worker.stop()
  }

  /// Lets in only clients from these addresses, and from those allowed before.
  ///
  /// A client must also be accepted by its domain's policies. Over ipc a client has no IP address, and is refused if only some are
  /// allowed.
  ///
  /// - Parameter addresses: IPv4 or IPv6 addresses, or CIDR blocks of them such as `10.0.0.0/8`.
  /// - Throws: `.invalidArgument` for anything else; then none of them is allowed.
  public func allow(_ addresses: String...) throws {
    let blocks = try Self.blocks(addresses)
    rules.withLock { $0.allowed.formUnion(blocks) }
  }

  /// Refuses clients from these addresses, also from those that are allowed.
  ///
  /// - Parameter addresses: IPv4 or IPv6 addresses, or CIDR blocks of them such as `10.0.0.0/8`.
  /// - Throws: `.invalidArgument` for anything else; then none of them is denied.
  public func deny(_ addresses: String...) throws {
    let blocks = try Self.blocks(addresses)
    rules.withLock { $0.denied.formUnion(blocks) }
  }

  /// Forgets which addresses are allowed and denied, so that all are allowed.
  public func forgetAddresses() {
    rules.withLock {
      $0.allowed = []
      $0.denied = []
    }
  }

  /// Decides about the clients of a domain by these policies, instead of those that it had.
  ///
  /// The first policy for the client's mechanism decides. A client whose mechanism has none is refused, as is one of a domain
  /// that nobody serves.
  ///
  /// - Parameters:
  ///   - domain: the domain that servers name.
  ///   - policies: the policies; none refuses everybody.
  public func serve(_ domain: String, by policies: AuthenticationPolicy...) {
    rules.withLock { $0.policies[domain] = policies.isEmpty ? nil : policies }
  }

  private static func blocks(_ addresses: [String]) throws(ZeroMQError) -> [AddressBlock] {
    var blocks: [AddressBlock] = []
    for address in addresses { blocks.append(try AddressBlock(address)) }
    return blocks
  }
}

/// What an authenticator has been told.
struct AuthenticatorRules: Sendable {
  var allowed: Set<AddressBlock> = []
  var denied: Set<AddressBlock> = []
  var policies: [String: [AuthenticationPolicy]] = [:]

  func decide(_ request: AuthenticationRequest) -> AuthenticationDecision {
    let address = IPAddress(request.address)
    if let address, denied.contains(where: { $0.contains(address) }) { return .deny(reason: "Address denied") }
    if !allowed.isEmpty {
      guard let address, allowed.contains(where: { $0.contains(address) }) else { return .deny(reason: "Address not allowed") }
    }
    guard let policies = policies[request.domain] else { return .deny(reason: "Nobody serves this domain") }
    for policy in policies {
      if let decision = policy.decide(request) { return decision }
    }
    return .deny(reason: "The domain has no policy for \(request.mechanism)")
  }
}
