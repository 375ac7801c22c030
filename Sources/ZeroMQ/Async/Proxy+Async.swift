/// Forwards messages between two sockets until their context is shut down.
///
/// The kinds that go together, either way round:
///
/// - ROUTER with DEALER, XSUB with XPUB, PAIR with PAIR: messages are forwarded both ways.
/// - PULL or SUB with PUSH or PUB: messages are forwarded from the one that receives to the one that sends.
/// - ``AnySocket`` with ``AnySocket``, for any other pair of which one can receive and the other send. The same socket as both is an
///   echo: every message goes back to its sender.
///
/// Suspends the task while there is nothing to forward. Returns when the context is shut down or ``ProxyControl/terminate()`` is
/// called on the control. Cancelling the task throws `CancellationError` once the current messages have been forwarded. The sockets
/// can be used again.
///
/// Receives from one socket only while the other one can send, so that the high-water marks hold on both sides.
///
/// The corresponding libzmq function is `zmq_proxy`, which is not called: it loses frames when a signal interrupts it.
///
/// - Parameters:
///   - frontend: The socket that clients, publishers or producers use.
///   - backend: The socket that services, subscribers or consumers use.
///   - capture: `nil`; the other overload has a socket that receives a copy of every message.
///   - control: Pauses and ends the proxy from other threads, and keeps the messages that could not be sent when it ended.
/// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
///   - `.operationInProgress` if the control steers another proxy.
///   - `.notSupported` if the two sockets are ``AnySocket``s of which neither can receive what the other can send.
///   - `.notSocket` if one of the sockets is closed.
///   - `.hostUnreachable` if a ROUTER with the option `routerMandatory` does not know the peer.
///   - `.tooManyOpenFiles` if the system has no pipe left.
public func proxy<Frontend: ProxyingKind, Backend: ProxyingKind>(
  frontend: Socket<Frontend>, backend: Socket<Backend>, capture: Never? = nil, control: ProxyControl = ProxyControl()
) async throws where Frontend.ProxyPeer == Backend.ProxySide {
  try await ProxyLoop.run(frontend.handle, backend.handle, nil, control)
}

/// Forwards messages between two sockets until their context is shut down, and sends a copy of each to a third.
///
/// The kinds that go together, either way round:
///
/// - ROUTER with DEALER, XSUB with XPUB, PAIR with PAIR: messages are forwarded both ways.
/// - PULL or SUB with PUSH or PUB: messages are forwarded from the one that receives to the one that sends.
/// - ``AnySocket`` with ``AnySocket``, for any other pair of which one can receive and the other send. The same socket as both is an
///   echo: every message goes back to its sender.
///
/// Suspends the task while there is nothing to forward. Returns when the context is shut down or ``ProxyControl/terminate()`` is
/// called on the control. Cancelling the task throws `CancellationError` once the current messages have been forwarded. The sockets
/// can be used again.
///
/// Receives from one socket only while the other one can send, so that the high-water marks hold on both sides.
///
/// The corresponding libzmq function is `zmq_proxy`, which is not called: it loses frames when a signal interrupts it.
///
/// - Parameters:
///   - frontend: The socket that clients, publishers or producers use.
///   - backend: The socket that services, subscribers or consumers use.
///   - capture: A PUB, PUSH, DEALER or PAIR that sends a copy of every message. One at its high-water mark holds up the proxy.
///   - control: Pauses and ends the proxy from other threads, and keeps the messages that could not be sent when it ended.
/// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
///   - `.operationInProgress` if the control steers another proxy.
///   - `.notSupported` if the two sockets are ``AnySocket``s of which neither can receive what the other can send.
///   - `.notSocket` if one of the sockets is closed.
///   - `.hostUnreachable` if a ROUTER with the option `routerMandatory` does not know the peer.
///   - `.tooManyOpenFiles` if the system has no pipe left.
public func proxy<Frontend: ProxyingKind, Backend: ProxyingKind, Capture: CapturingKind>(
  frontend: Socket<Frontend>, backend: Socket<Backend>, capture: Socket<Capture>?, control: ProxyControl = ProxyControl()
) async throws where Frontend.ProxyPeer == Backend.ProxySide {
  try await ProxyLoop.run(frontend.handle, backend.handle, capture?.handle, control)
}
