internal import CZeroMQ

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
public func proxy<Frontend: ProxyingKind>(
  frontend: Socket<Frontend>, backend: Socket<Frontend.ProxyPeer>, capture: Never? = nil, control: ProxyControl
) throws(ZeroMQError) {
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
public func proxy<Frontend: ProxyingKind, Capture: CapturingKind>(
  frontend: Socket<Frontend>, backend: Socket<Frontend.ProxyPeer>, capture: Socket<Capture>?, control: ProxyControl
) throws(ZeroMQError) {
  try ProxyLoop.run(frontend.handle, backend.handle, capture?.handle, control)
}

/// The proxy that a control steers, while it runs.
private struct ProxyLoop: ~Copyable {
  private let sockets: [SocketHandle]
  private let control: ProxyControl
  private let alarm: Alarm
  private var items: [PollItem]
  private var toBackend: ProxyLane
  private var toFrontend: ProxyLane

  static func run(
    _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?, _ control: ProxyControl
  ) throws(ZeroMQError) {
    guard frontend.isOpen, backend.isOpen, capture?.isOpen ?? true else {
      throw ZeroMQError(.notSocket, operation: "proxy")
    }
    var loop = ProxyLoop(frontend, backend, capture, control, try control.begin())
    let result = Result { () throws(ZeroMQError) in try loop.forward() }
    if case .failure(let error) = result, error.code == .contextTerminated {
      return control.end(unsentToFrontend: nil, unsentToBackend: nil)
    }
    control.end(unsentToFrontend: try? loop.toFrontend.unload(), unsentToBackend: try? loop.toBackend.unload())
    try result.get()
  }

  private init(
    _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?, _ control: ProxyControl, _ alarm: Alarm
  ) {
    sockets = [frontend, backend] + (capture.map { [$0] } ?? [])
    self.control = control
    self.alarm = alarm
    items = []
    toBackend = ProxyLane(from: frontend, to: backend, capture: capture)
    toFrontend = ProxyLane(from: backend, to: frontend, capture: capture)
  }

  /// What came of a look at the sockets.
  private enum Outcome {
    /// Nothing could be forwarded, and nothing was done to the sockets.
    case untried
    /// A socket was not what its events said. A ROUTER or XPUB that must not drop counts as writable even when the peer that a
    /// message is for has no room, and nothing tells for sure when to try again.
    case refused
    /// Messages were forwarded.
    case progress
  }

  /// Forwards until there is an end to it.
  private mutating func forward() throws(ZeroMQError) {
    items = [PollItem(fileDescriptor: alarm.readingEnd, events: Int32(ZMQ_POLLIN))]
    for socket in sockets {
      items.append(PollItem(fileDescriptor: try Self.number(ZMQ_FD, "ZMQ_FD", of: socket), events: Int32(ZMQ_POLLIN)))
    }
    while true {
      var outcome = Outcome.untried
      // Read also while paused: it is what notices a shutdown, and lets sockets attend to their connections.
      let frontend = try events(of: 0)
      let backend = try events(of: 1)
      let captures = sockets.count < 3 ? true : try events(of: 2).contains(.writable)
      let command = try control.ifActive { () throws(ZeroMQError) in
        guard captures else { return }
        if backend.contains(.writable), toBackend.isLoaded || frontend.contains(.readable) {
          try forwardToBackend(&outcome)
        }
        if frontend.contains(.writable), toFrontend.isLoaded || backend.contains(.readable) {
          try forwardToFrontend(&outcome)
        }
      }
      if command == .end { return }
      if outcome != .progress { try wait(atMost: outcome == .refused ? .milliseconds(5) : nil) }
    }
  }

  private mutating func forwardToBackend(_ outcome: inout Outcome) throws(ZeroMQError) {
    var passed = ProxyLane.Passed()
    let result = Result { () throws(ZeroMQError) in try toBackend.forward(&passed) }
    if passed.messages == 0 {
      if outcome == .untried { outcome = .refused }
    } else {
      outcome = .progress
      control.count {
        $0.frontend.receive(passed)
        $0.backend.send(passed)
      }
    }
    try result.get()
  }

  private mutating func forwardToFrontend(_ outcome: inout Outcome) throws(ZeroMQError) {
    var passed = ProxyLane.Passed()
    let result = Result { () throws(ZeroMQError) in try toFrontend.forward(&passed) }
    if passed.messages == 0 {
      if outcome == .untried { outcome = .refused }
    } else {
      outcome = .progress
      control.count {
        $0.backend.receive(passed)
        $0.frontend.send(passed)
      }
    }
    try result.get()
  }

  /// Waits until something happens to a socket, or is asked of the proxy.
  ///
  /// libzmq: a change of a socket's events makes its descriptor readable, unless a call on the socket has noticed it; so this may
  /// take for ever only if nothing was done to the sockets after their events were read.
  private mutating func wait(atMost time: Duration?) throws(ZeroMQError) {
    let retries = sockets[0].context.configuration.interruption == .retry
    let deadline = time.map { ContinuousClock.now + $0 }
    // SAFETY: the items are file descriptors that stay open meanwhile; each is its `zmq_pollitem_t`, of which libzmq writes `revents`.
    _ = try poll(until: deadline, retrying: retries) { timeout in
      unsafe items.withUnsafeMutableBufferPointer { items in
        unsafe items.withMemoryRebound(to: zmq_pollitem_t.self) { unsafe zmq_poll($0.baseAddress, Int32($0.count), timeout) }
      }
    }
    if items[0].readyEvents.contains(.readable) { alarm.silence() }
  }

  /// What a socket is ready for.
  private func events(of index: Int) throws(ZeroMQError) -> PollEvents {
    PollEvents(rawValue: try Self.number(ZMQ_EVENTS, "ZMQ_EVENTS", of: sockets[index]))
  }

  private static func number(_ option: Int32, _ name: String, of socket: SocketHandle) throws(ZeroMQError) -> Int32 {
    var number: Int32 = 0
    var size = MemoryLayout<Int32>.size
    // SAFETY: the socket is open; libzmq writes a number to where there is room for one.
    while unsafe zmq_getsockopt(socket.pointer, option, &number, &size) != 0 {
      let error = ZeroMQError.last("zmq_getsockopt", name)
      guard error.code == .interrupted else { throw error }
    }
    return number
  }
}
