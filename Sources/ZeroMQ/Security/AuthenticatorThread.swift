internal import CZeroMQ

/// The thread that answers a context's ZAP requests.
///
/// It and its owner each have an end of a socket pair. The owner shuts its end to have the thread end; the thread closes its own
/// when it has, which the owner can wait for.
final class AuthenticatorThread: Sendable {
  private let ownersEnd: Int32
  private let identity = Lock<UInt>(0)

  init(
    _ context: Context, decide: @escaping @Sendable (AuthenticationRequest) -> AuthenticationDecision
  ) throws {
    let router = try context.socket(.router)
    try router.set(.linger, to: .zero)
    do {
      try router.bind(ZAP.endpoint)
    } catch .addressInUse {
      throw ZeroMQError(.addressInUse, operation: "Authenticator", subject: "for a context that already has one")
    }
    let (ownersEnd, threadsEnd) = try Self.makeEnds()
    self.ownersEnd = ownersEnd
    let handedOver = Lock<RouterSocket?>(router)
    let identity = identity
    let hasStarted = runDetached {
      identity.withLock { $0 = shim_current_thread() }
      if let router = handedOver.withLock({ $0.take() }) { Self.answer(router, until: threadsEnd, decide) }
      identity.withLock { $0 = 0 }
      close(threadsEnd)
    }
    guard hasStarted else {
      close(threadsEnd)
      throw ZeroMQError(.noMemory, operation: "pthread_create")
    }
  }

  deinit {
    // A child process may have the descriptor too, so that closing it alone would not be seen.
    shutdown(ownersEnd, Int32(SHUT_WR))
    close(ownersEnd)
  }

  /// Ends the thread and waits until it has ended, unless this is the thread itself.
  func stop() {
    shutdown(ownersEnd, Int32(SHUT_WR))
    guard identity.withLock(\.self) != shim_current_thread() else { return }
    var byte: UInt8 = 0
    // SAFETY: at most one byte is read into one byte. Nothing is ever written: the end of the thread is the end of the file.
    while unsafe read(ownersEnd, &byte, 1) < 0, errno == EINTR {}
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
        let exchange = ZAP.parse(message)
        let decision: AuthenticationDecision =
          switch exchange.request {
          case .success(let request): decide(request)
          case .failure(let fault): .deny(status: fault.status, reason: fault.reason)
          }
        // Who does not read its answers is not waited for.
        _ = try router.sendIfReady(ZAP.reply(to: exchange, decision))
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
