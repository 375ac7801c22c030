/// Forwards messages between two sockets as a control has it, until that or a shutdown of their context ends it.
///
/// Only ROUTER with DEALER, XSUB with XPUB and PULL with PUSH compile, either way round. Blocks, and returns when
/// ``ProxyControl/terminate()`` is called or the context is shut down; the sockets then remain to be closed. Receives from one socket
/// only while the other one takes messages, so that the high-water marks hold on both sides.
///
/// - Parameters:
///   - frontend: the socket that clients, publishers or producers use.
///   - backend: the socket that services, subscribers or consumers use.
///   - capture: `nil`, for the overload without a socket that all messages are copied to.
///   - control: what other threads steer the proxy with.
/// - Throws: `.operationInProgress` if the control steers another proxy; `.notSocket` if one of the sockets is closed;
///   `.interrupted` where the context is configured so; `.hostUnreachable` if a ROUTER with the option `routerMandatory` does not
///   know the peer; `.tooManyOpenFiles`.
@available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
public func proxy<Frontend: ProxyingKind>(
  frontend: Socket<Frontend>, backend: Socket<Frontend.ProxyPeer>, capture: Never? = nil, control: ProxyControl
) throws {
  try ProxyLoop.run(frontend.handle, backend.handle, nil, control)
}

/// Forwards messages between two sockets as a control has it, and sends a copy of each to a third.
///
/// Only ROUTER with DEALER, XSUB with XPUB and PULL with PUSH compile, either way round. Blocks, and returns when
/// ``ProxyControl/terminate()`` is called or the context is shut down; the sockets then remain to be closed. Receives from one socket
/// only while the other one takes messages, so that the high-water marks hold on both sides.
///
/// - Parameters:
///   - frontend: the socket that clients, publishers or producers use.
///   - backend: the socket that services, subscribers or consumers use.
///   - capture: a PUB, PUSH, DEALER or PAIR that gets every frame; one that waits at its high-water mark holds up the proxy.
///   - control: what other threads steer the proxy with.
/// - Throws: `.operationInProgress` if the control steers another proxy; `.notSocket` if one of the sockets is closed;
///   `.interrupted` where the context is configured so; `.hostUnreachable` if a ROUTER with the option `routerMandatory` does not
///   know the peer; `.tooManyOpenFiles`.
@available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
public func proxy<Frontend: ProxyingKind, Capture: CapturingKind>(
  frontend: Socket<Frontend>, backend: Socket<Frontend.ProxyPeer>, capture: Socket<Capture>?, control: ProxyControl
) throws {
  try ProxyLoop.run(frontend.handle, backend.handle, capture?.handle, control)
}
