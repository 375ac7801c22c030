/// Forwards messages between two sockets until their context is shut down.
///
/// The kinds that go together, either way round:
///
/// - ROUTER with DEALER, XSUB with XPUB, PAIR with PAIR: messages are forwarded both ways.
/// - PULL or SUB with PUSH or PUB: messages are forwarded from the one that receives to the one that sends.
/// - ``AnySocket`` with ``AnySocket``, for any other pair of which one can receive and the other send. The same socket as both is an
///   echo: every message goes back to its sender.
///
/// Blocks until the context is shut down or ``ProxyControl/terminate()`` is called on the control. The sockets then remain to be
/// closed.
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
/// - Throws: A ``ZeroMQError`` with one of these codes:
///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
///   - `.operationInProgress` if the control steers another proxy.
///   - `.notSupported` if the two sockets are ``AnySocket``s of which neither can receive what the other can send.
///   - `.notSocket` if one of the sockets is closed.
///   - `.hostUnreachable` if a ROUTER with the option `routerMandatory` does not know the peer.
///   - `.tooManyOpenFiles` if the system has no pipe left.
@available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
public func proxy<Frontend: ProxyingKind, Backend: ProxyingKind>(
  frontend: Socket<Frontend>, backend: Socket<Backend>, capture: Never? = nil, control: ProxyControl = ProxyControl()
) throws where Frontend.ProxyPeer == Backend.ProxySide {
  try ProxyLoop.run(frontend.handle, backend.handle, nil, control)
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
/// Blocks until the context is shut down or ``ProxyControl/terminate()`` is called on the control. The sockets then remain to be
/// closed.
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
/// - Throws: A ``ZeroMQError`` with one of these codes:
///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`.
///   - `.operationInProgress` if the control steers another proxy.
///   - `.notSupported` if the two sockets are ``AnySocket``s of which neither can receive what the other can send.
///   - `.notSocket` if one of the sockets is closed.
///   - `.hostUnreachable` if a ROUTER with the option `routerMandatory` does not know the peer.
///   - `.tooManyOpenFiles` if the system has no pipe left.
@available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
public func proxy<Frontend: ProxyingKind, Backend: ProxyingKind, Capture: CapturingKind>(
  frontend: Socket<Frontend>, backend: Socket<Backend>, capture: Socket<Capture>?, control: ProxyControl = ProxyControl()
) throws where Frontend.ProxyPeer == Backend.ProxySide {
  try ProxyLoop.run(frontend.handle, backend.handle, capture?.handle, control)
}

/// Refuses to forward messages between two kinds that do not go together.
@available(
  *, unavailable,
  message:
    "these kinds do not go together: ROUTER and DEALER do, XSUB and XPUB, PAIR and PAIR, PULL or SUB and PUSH or PUB; any other pair must be two AnySockets: proxy(frontend: AnySocket(a), backend: AnySocket(b))"
)
public func proxy(
  frontend: Socket<some SocketKind>, backend: Socket<some SocketKind>, capture: Any? = nil, control: ProxyControl = ProxyControl()
) throws {}
