internal import CZeroMQ

/// Forwards messages between two sockets, both ways where both kinds send and receive, until their context is shut down.
///
/// Only ROUTER with DEALER, XSUB with XPUB and PULL with PUSH compile, either way round. Blocks, and returns when the context is
/// shut down; the sockets then remain to be closed. The corresponding libzmq function is `zmq_proxy`.
///
/// - Parameters:
///   - frontend: the socket that clients, publishers or producers use.
///   - backend: the socket that services, subscribers or consumers use.
///   - capture: `nil`, for the overload without a socket that all messages are copied to.
/// - Throws: `.interrupted` where the context is configured so; `.notSocket` if one of the sockets is closed.
@available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
public func proxy<Frontend: ProxyingKind>(
  frontend: Socket<Frontend>, backend: Socket<Frontend.ProxyPeer>, capture: Never? = nil
) throws {
  try proxy(frontend.handle, backend.handle, nil)
}

/// Forwards messages between two sockets until their context is shut down, and sends a copy of each to a third.
///
/// Only ROUTER with DEALER, XSUB with XPUB and PULL with PUSH compile, either way round. Blocks, and returns when the context is
/// shut down; the sockets then remain to be closed. The corresponding libzmq function is `zmq_proxy`.
///
/// - Parameters:
///   - frontend: the socket that clients, publishers or producers use.
///   - backend: the socket that services, subscribers or consumers use.
///   - capture: a PUB, PUSH, DEALER or PAIR that gets every frame; one that waits at its high-water mark holds up the proxy.
/// - Throws: `.interrupted` where the context is configured so; `.notSocket` if one of the sockets is closed.
@available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
public func proxy<Frontend: ProxyingKind, Capture: CapturingKind>(
  frontend: Socket<Frontend>, backend: Socket<Frontend.ProxyPeer>, capture: Socket<Capture>?
) throws {
  try proxy(frontend.handle, backend.handle, capture?.handle)
}

private func proxy(
  _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?
) throws(ZeroMQError) {
  guard frontend.isOpen, backend.isOpen, capture?.isOpen ?? true else {
    throw ZeroMQError(.notSocket, operation: "zmq_proxy")
  }
  while true {
    // SAFETY: the sockets are open, and the handles keep them so for the call. libzmq: it returns only to report an error.
    unsafe zmq_proxy(frontend.pointer, backend.pointer, capture?.pointer)
    let error = ZeroMQError.last("zmq_proxy")
    switch error.code {
    case .contextTerminated: return
    case .interrupted where frontend.context.configuration.interruption == .retry: continue
    default: throw error
    }
  }
}
