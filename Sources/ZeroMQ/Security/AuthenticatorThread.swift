internal import CZeroMQ

/// The thread that answers a context's ZAP requests.
///
/// The thread and its owner each have one end of a socket pair. To end the thread, the owner shuts its end down. When the thread
/// ends, it closes its own end, for which the owner can wait.
final class AuthenticatorThread: Sendable {
  /// The authenticator for which the current task or thread decides.
  @TaskLocal static var deciding: ObjectIdentifier?

  private let ownersEnd: Int32
  private let creator = Creator()
  private let end = End()

  /// The end of the thread, for tasks that wait for it.
  private final class End: Sendable {
    private let state = Lock<(hasEnded: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

    func signal() {
      let waiting = state.withLock { state in
        state.hasEnded = true
        return state.waiting
      }
      for continuation in waiting { continuation.resume() }
    }

    func wait() async {
      await withCheckedContinuation { continuation in
        let hasEnded = state.withLock { state in
          if !state.hasEnded { state.waiting.append(continuation) }
          return state.hasEnded
        }
        if hasEnded { continuation.resume() }
      }
    }
  }

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
      end.signal()
    }
    guard hasStarted else {
      close(threadsEnd)
      throw ZeroMQError(.noMemory, operation: "pthread_create")
    }
  }

  deinit {
    // Closing is not enough: a child process can have a copy of the descriptor. A child process has no such thread, and must not
    // end its parent's.
    if !creator.isOther { shutdown(ownersEnd, Int32(SHUT_WR)) }
    close(ownersEnd)
  }

  /// Ends the thread and waits until it has ended; a decision on that thread does not wait.
  func stop() {
    if creator.isOther { return }
    shutdown(ownersEnd, Int32(SHUT_WR))
    guard Self.deciding != ObjectIdentifier(end) else { return }
    var byte: UInt8 = 0
    // SAFETY: the pointer points to one local byte, valid until the call returns. Neither end is written to, so reading waits for
    // the end of the file, which is the end of the thread.
    while unsafe read(ownersEnd, &byte, 1) < 0, errno == EINTR {}
  }

  /// Ends the thread and suspends the task until it has ended; a decision for it does not wait.
  func stop() async {
    if creator.isOther { return }
    shutdown(ownersEnd, Int32(SHUT_WR))
    if Self.deciding != ObjectIdentifier(end) { await end.wait() }
  }

  /// Answers requests until the owner shuts its end down, or the context is shut down.
  private static func answer(
    _ router: RouterSocket, until threadsEnd: Int32, _ decide: (AuthenticationRequest) -> AuthenticationDecision
  ) {
    var poller = Poller()
    poller.add(fileDescriptor: threadsEnd, for: .readable)
    poller.add(router, for: .readable)
    while true {
      do {
        for event in try poller.wait() where event.concerns(fileDescriptor: threadsEnd) {
          // Closing is asynchronous. Unbinding lets the context have another authenticator immediately.
          return try router.unbind(ZAP.endpoint)
        }
        guard let message = try router.receiveIfReady() else { continue }
        // The first frame of the answer is sent before the decision. Sending fails if the server has abandoned the client.
        // libzmq: zmq_getsockopt with ZMQ_EVENTS processes the commands of other threads, such as the end of the server's pipe
        // (4.3.4; socket_base.cpp).
        _ = try router.get(.events)
        var server = UniqueFrame(message[0])
        // A server that does not read its answers does not delay the others.
        guard try router.sendIfReady(&server, more: true) else { continue }
        let exchange = ZAP.parse(message)
        let decision: AuthenticationDecision =
          switch exchange.request {
          case .success(let request): decide(request)
          case .failure(let fault): .deny(status: fault.status, reason: fault.reason)
          }
        _ = try router.sendIfReady(Message(ZAP.reply(to: exchange, decision).dropFirst()))
      } catch .interrupted, .hostUnreachable {
        // The server has gone, or a signal came in a context with `interruption: .throw`. Signals do not concern this thread.
      } catch {
        // Every other error means that the context was shut down.
        return
      }
    }
  }

  private static func makeEnds() throws(ZeroMQError) -> (Int32, Int32) {
    var ends: (Int32, Int32) = (-1, -1)
    // SAFETY: the pointer points to two local integers, valid until the call returns; the system writes both.
    let result = unsafe withUnsafeMutableBytes(of: &ends) {
      unsafe shim_socketpair($0.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    guard result == 0 else { throw ZeroMQError(.init(rawValue: errno), operation: "socketpair") }
    return ends
  }
}
