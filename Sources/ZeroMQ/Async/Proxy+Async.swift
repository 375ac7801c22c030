/// Forwards messages between two sockets, both ways where both kinds send and receive, until the task is cancelled.
///
/// Only ROUTER with DEALER, XSUB with XPUB and PULL with PUSH compile, either way round. Suspends the task while there is nothing to
/// forward. Cancelling it throws `CancellationError` when the messages at hand have gone through; the others remain in the sockets,
/// which can be used again. Returns when the context is shut down. Receives from one socket only while the other one takes messages, so
/// that the high-water marks hold on both sides.
///
/// - Parameters:
///   - frontend: the socket that clients, publishers or producers use.
///   - backend: the socket that services, subscribers or consumers use.
///   - capture: `nil`, for the overload without a socket that all messages are copied to.
///   - control: what others steer the proxy with, and where messages are kept that could not be sent when it ended.
/// - Throws: `CancellationError`; a ``ZeroMQError``: `.operationInProgress` if the control steers another proxy; `.notSocket` if one of
///   the sockets is closed; `.hostUnreachable` if a ROUTER with the option `routerMandatory` does not know the peer;
///   `.tooManyOpenFiles`.
public func proxy<Frontend: ProxyingKind>(
  frontend: Socket<Frontend>, backend: Socket<Frontend.ProxyPeer>, capture: Never? = nil, control: ProxyControl = ProxyControl()
) async throws {
  try await ProxyLoop.run(frontend.handle, backend.handle, nil, control)
}

/// Forwards messages between two sockets until the task is cancelled, and sends a copy of each to a third.
///
/// Only ROUTER with DEALER, XSUB with XPUB and PULL with PUSH compile, either way round. Suspends the task while there is nothing to
/// forward. Cancelling it throws `CancellationError` when the messages at hand have gone through; the others remain in the sockets,
/// which can be used again. Returns when the context is shut down. Receives from one socket only while the other one takes messages, so
/// that the high-water marks hold on both sides.
///
/// - Parameters:
///   - frontend: the socket that clients, publishers or producers use.
///   - backend: the socket that services, subscribers or consumers use.
///   - capture: a PUB, PUSH, DEALER or PAIR that gets every frame; one that waits at its high-water mark holds up the proxy.
///   - control: what others steer the proxy with, and where messages are kept that could not be sent when it ended.
/// - Throws: `CancellationError`; a ``ZeroMQError``: `.operationInProgress` if the control steers another proxy; `.notSocket` if one of
///   the sockets is closed; `.hostUnreachable` if a ROUTER with the option `routerMandatory` does not know the peer;
///   `.tooManyOpenFiles`.
public func proxy<Frontend: ProxyingKind, Capture: CapturingKind>(
  frontend: Socket<Frontend>, backend: Socket<Frontend.ProxyPeer>, capture: Socket<Capture>?, control: ProxyControl = ProxyControl()
) async throws {
  try await ProxyLoop.run(frontend.handle, backend.handle, capture?.handle, control)
}
