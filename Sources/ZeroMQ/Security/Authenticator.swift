/// Decides which clients the servers of a context accept.
///
/// A context has at most one authenticator. It answers the requests of ZAP, ZeroMQ's RFC 27, on a thread of its own. It starts when
/// it is created, and ends with ``stop()-5n2pa`` or when the last reference is released.
///
/// An authenticator rejects every client that it was not configured to accept. Create and configure it before the servers bind: a
/// rejected client gives up, and returns only by another `connect`.
///
/// ```swift
/// let authenticator = try Authenticator(context)
/// try authenticator.deny("10.0.0.0/8")
/// authenticator.serve("global", by: try .passwords(["admin": "secret"]), .keys([clientKey]))
/// let server = try context.socket(.rep)
/// try server.secure(.curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "global")))
/// ```
///
/// All methods can be called on any thread and in any task. They affect the next client; existing connections remain.
///
/// A client tries again by itself after a `.temporaryError`, and if the context had no authenticator. It does so immediately, or
/// after the server's `handshakeInterval`, since libzmq does not always end a rejected connection.
public final class Authenticator: Sendable {
  private let rules = Lock(AuthenticatorRules())

  /// Signaled by the owner to end the thread.
  private let stopping: WakeupPipe

  /// Signaled by the thread when it has ended, and never drained.
  private let ended: WakeupPipe

  private let creator = Creator()

  /// Creates the authenticator of a context, and starts its thread.
  ///
  /// - Parameter context: The context, which the authenticator retains until it has stopped.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.addressInUse` if the context already has an authenticator.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.tooManyOpenFiles` if the context has no socket left, or the process no file descriptor.
  ///   - `.noMemory` if the system cannot create a thread.
  public init(_ context: Context) throws {
    let router = try context.socket(.router)
    try router.set(.linger, to: .zero)
    try router.set(.routerMandatory, to: true)
    do {
      try router.bind(ZAP.endpoint)
    } catch .addressInUse {
      throw ZeroMQError(.addressInUse, operation: "Authenticator", subject: "for a context that already has one")
    }
    let (rules, stopping, ended) = (rules, try WakeupPipe(), try WakeupPipe())
    (self.stopping, self.ended) = (stopping, ended)
    let handedOver = Lock<RouterSocket?>(router)
    let hasStarted = runDetached {
      if let router = handedOver.withLock({ $0.take() }) {
        Self.$deciding.withValue(ObjectIdentifier(ended)) {
          // The decision runs outside the lock, so that a closure of the program can change the rules.
          Self.answer(router, until: stopping) { rules.withLock(\.self).decide($0) }
        }
      }
      ended.signal()
    }
    if !hasStarted { throw ZeroMQError(.noMemory, operation: "pthread_create") }
  }

  deinit {
    _ = requestStop()
  }

  /// Stops answering, so that servers reject every new client.
  ///
  /// Blocks the current thread until the decision in progress, if there is one, has been answered. If the decision itself calls
  /// this method, the call returns immediately, and the authenticator stops after the decision.
  ///
  /// Afterwards, the context can have another authenticator. Stopping again has no effect. Releasing the last reference stops the
  /// authenticator without waiting.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: await { await … }())")
  public func stop() {
    if requestStop() { ended.wait() }
  }

  /// Stops answering, so that servers reject every new client.
  ///
  /// Suspends the task until the decision in progress, if there is one, has been answered. Cancelling the task does not end the
  /// wait. If the decision itself calls this method, the call returns immediately, and the authenticator stops after the decision.
  ///
  /// Afterwards, the context can have another authenticator. Stopping again has no effect. Releasing the last reference stops the
  /// authenticator without waiting.
  public func stop() async {
    guard requestStop() else { return }
    // A task of its own waits, since cancelling the caller's task must not end the wait.
    await Task.detached { [ended] in
      var poller = Poller()
      poller.add(fileDescriptor: ended.readingEnd, for: .readable)
      _ = try? await poller.wait()
    }.value
  }

  /// Ends the thread.
  ///
  /// - Returns: `true` if the caller can wait for the end: not in a child made by `fork`, which has no such thread and must not end
  ///   its parent's, nor in a decision on the thread.
  private func requestStop() -> Bool {
    if creator.isOther { return false }
    stopping.signal()
    return Self.deciding != ObjectIdentifier(ended)
  }

  /// Adds addresses to those that are allowed, and rejects clients from all others.
  ///
  /// The policies of a client's domain must accept the client as well. A client over ipc has no IP address, so it is rejected if
  /// any address is allowed.
  ///
  /// - Parameter addresses: IPv4 or IPv6 addresses, or CIDR blocks such as `10.0.0.0/8`.
  /// - Throws: A ``ZeroMQError`` with the code `.invalidArgument` if a string is neither; in this case, no address is added.
  public func allow(_ addresses: String...) throws {
    let blocks = try addresses.map { try AddressBlock($0) }
    rules.withLock { $0.allowed.formUnion(blocks) }
  }

  /// Rejects clients from these addresses, even if the addresses are allowed.
  ///
  /// - Parameter addresses: IPv4 or IPv6 addresses, or CIDR blocks such as `10.0.0.0/8`.
  /// - Throws: A ``ZeroMQError`` with the code `.invalidArgument` if a string is neither; in this case, no address is denied.
  public func deny(_ addresses: String...) throws {
    let blocks = try addresses.map { try AddressBlock($0) }
    rules.withLock { $0.denied.formUnion(blocks) }
  }

  /// Removes all allowed and denied addresses, so that clients from every address are allowed.
  public func forgetAddresses() {
    rules.withLock { ($0.allowed, $0.denied) = ([], []) }
  }

  /// Sets the policies for the clients of a domain, in place of its previous policies.
  ///
  /// The first policy for the client's mechanism decides. A client is rejected if no policy is for its mechanism, or if its domain
  /// has no policies.
  ///
  /// - Parameters:
  ///   - domain: The domain that servers name.
  ///   - policies: The policies; without any, every client of the domain is rejected.
  public func serve(_ domain: String, by policies: AuthenticationPolicy...) {
    rules.withLock { $0.policies[domain] = policies.isEmpty ? nil : policies }
  }
}

/// The configuration of an authenticator.
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
    guard let policies = policies[request.domain] else { return .deny(reason: "The domain has no policies") }
    for policy in policies {
      if let decision = policy.decide(request) { return decision }
    }
    return .deny(reason: "The domain has no policy for \(request.mechanism)")
  }
}
