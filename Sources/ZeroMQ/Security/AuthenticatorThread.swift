internal import CZeroMQ

/// The thread that answers a context's ZAP requests.
///
/// It and its owner each have an end of a socket pair. The owner shuts its end to have the thread end; the thread closes its own
/// when it has, which the owner can wait for.
final class AuthenticatorThread: Sendable {
  /// The authenticator for which the current task or thread decides.
  @TaskLocal static var deciding: ObjectIdentifier?

  private let ownersEnd: Int32
  private let end = End()

  /// The end of the thread, for tasks that wait for it.
  private final class End: Sendable {
    private let state = Lock<(hasCome: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

    func come() {
      let waiting = state.withLock { state in
        state.hasCome = true
        return state.waiting
      }
      for continuation in waiting { continuation.resume() }
    }

    func wait() async {
      await withCheckedContinuation { continuation in
        let hasCome = state.withLock { state in
          if !state.hasCome { state.waiting.append(continuation) }
          return state.hasCome
        }
        if hasCome { continuation.resume() }
      }
    }
  }
  private let creator = Creator()

  init(
    _ context: Context, decide: @escaping @Sendable (AuthenticationRequest) -> AuthenticationDecision
  ) throws {
    let router = try context.socket(.router)
    try router.set(.linger, to: .zero)
    try router.set(.routerMandatory, to: true)
    do {
      try router.bind(ZAP.endpoint)
    } catch .addressInUse {
      throw ZeroMQError(.addressInUse, operation: "Authenticator", subject: "for a context that already has one")
    }
    let (ownersEnd, threadsEnd) = try Self.makeEnds()
    self.ownersEnd = ownersEnd
    let handedOver = Lock<RouterSocket?>(router)
    let end = end
    let hasStarted = runDetached {
      if let router = handedOver.withLock({ $0.take() }) {
        Self.$deciding.withValue(ObjectIdentifier(end)) { Self.answer(router, until: threadsEnd, decide) }
      }
      close(threadsEnd)
      end.come()
    }
    guard hasStarted else {
      close(threadsEnd)
      throw ZeroMQError(.noMemory, operation: "pthread_create")
    }
  }

  deinit {
    // A child process may have the descriptor too, so that closing it alone would not be seen; the child itself leaves the thread alone.
    if !creator.isOther { shutdown(ownersEnd, Int32(SHUT_WR)) }
    close(ownersEnd)
  }

  /// Ends the thread and waits until it has ended, unless a decision of its own asks for it.
  func stop() {
    if creator.isOther { return }
    shutdown(ownersEnd, Int32(SHUT_WR))
    guard Self.deciding != ObjectIdentifier(end) else { return }
    var byte: UInt8 = 0
    // SAFETY: at most one byte is read into one byte. Nothing is ever written: the end of the thread is the end of the file.
    while unsafe read(ownersEnd, &byte, 1) < 0, errno == EINTR {}
  }

  /// Does the same, suspending the task.
  func stop() async {
    if creator.isOther { return }
    shutdown(ownersEnd, Int32(SHUT_WR))
    if Self.deciding != ObjectIdentifier(end) { await end.wait() }
  }

  /// Answers requests until the other end is shut or the context is.
  private static func answer(
    _ router: RouterSocket, until threadsEnd: Int32, _ decide: (AuthenticationRequest) -> AuthenticationDecision
  ) {
    var poller = Poller()
    poller.add(fileDescriptor: threadsEnd, for: .readable)
    poller.add(router, for: .readable)
    while true {
      do {
        for event in try poller.wait() where event.concerns(fileDescriptor: threadsEnd) {
          // Unbound rather than only closed, since closing takes effect later, and until then the context could have no other.
          return try router.unbind(ZAP.endpoint)
        }
        guard let message = try router.receiveIfReady() else { continue }
        // The first frame of the answer goes before the decision, and fails if the server has given up on the client meanwhile. libzmq:
        // sending learns of that only once the commands of other threads have been read, which EVENTS always does.
        _ = try router.get(.events)
        var server = UniqueFrame(message[0])
        // Who does not read its answers is not waited for.
        guard try router.sendIfReady(&server, more: true) else { continue }
        let exchange = ZAP.parse(message)
        let decision: AuthenticationDecision =
          switch exchange.request {
          case .success(let request): decide(request)
          case .failure(let fault): .deny(status: fault.status, reason: fault.reason)
          }
        _ = try router.sendIfReady(Message(ZAP.reply(to: exchange, decision).dropFirst()))
      } catch .interrupted, .hostUnreachable {
        // The context's program may want to know of signals, but this thread gets none.
      } catch {
        // Anything else is the end of the context.
        return
      }
    }
  }

  private static func makeEnds() throws(ZeroMQError) -> (Int32, Int32) {
    var ends: (Int32, Int32) = (-1, -1)
    // SAFETY: two descriptors are written to two numbers.
    let result = unsafe withUnsafeMutableBytes(of: &ends) {
      unsafe shim_socketpair($0.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    guard result == 0 else { throw ZeroMQError(.init(rawValue: errno), operation: "socketpair") }
    return ends
  }
}
