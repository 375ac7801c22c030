extension Authenticator {
  /// The authenticator for which the current task or thread decides.
  @TaskLocal static var deciding: ObjectIdentifier?

  /// Answers requests until the owner stops it, or the context is shut down.
  static func answer(
    _ router: RouterSocket, until stopping: WakeupPipe, _ decide: (AuthenticationRequest) -> AuthenticationDecision
  ) {
    var poller = Poller()
    poller.add(fileDescriptor: stopping.readingEnd, for: .readable)
    poller.add(router, for: .readable)
    while true {
      do {
        for event in try poller.wait() where event.concerns(fileDescriptor: stopping.readingEnd) {
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
        _ = try router.sendIfReady(ZAP.reply(to: message.dropFirst(), decide))
      } catch .interrupted, .hostUnreachable {
        // The server has gone, or a signal came in a context with `interruption: .throw`. Signals do not concern this thread.
      } catch {
        // Every other error means that the context was shut down.
        return
      }
    }
  }
}
