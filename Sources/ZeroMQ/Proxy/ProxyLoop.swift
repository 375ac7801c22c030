internal import CZeroMQ

/// The proxy that a control steers, while it runs.
struct ProxyLoop: ~Copyable {
  private let sockets: [SocketHandle]
  private let control: ProxyControl
  private let wakeup: WakeupPipe
  private var polledWakeup: PolledDescriptor
  private var items: [PollItem]
  private var toBackend: ProxyLane
  private var toFrontend: ProxyLane
  private var outcome = Outcome.untried
  /// What the sockets were ready for when last looked at.
  private var readiness: [PollEvents]

  /// Runs a proxy, on the calling thread.
  static func run(
    _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?, _ control: ProxyControl
  ) throws(ZeroMQError) {
    var loop = try ProxyLoop(frontend, backend, capture, control)
    do {
      while try loop.step() { try loop.wait() }
      loop.end()
    } catch {
      try loop.end(error)
    }
  }

  /// Runs a proxy, in the calling task.
  static func run(
    _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?, _ control: ProxyControl
  ) async throws {
    var loop = try ProxyLoop(frontend, backend, capture, control)
    do {
      while try loop.step() { try await loop.suspend() }
      loop.end()
    } catch let error as ZeroMQError {
      try loop.end(error)
    } catch {
      loop.end()
      throw error
    }
  }

  private init(
    _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?, _ control: ProxyControl
  ) throws(ZeroMQError) {
    guard frontend.isOpen, backend.isOpen, capture?.isOpen ?? true else {
      throw ZeroMQError(.notSocket, operation: "proxy")
    }
    let sockets = [frontend, backend] + (capture.map { [$0] } ?? [])
    var descriptors: [Int32] = []
    for socket in sockets { descriptors.append(try socket.number(ZMQ_FD, "ZMQ_FD")) }
    wakeup = try control.begin()
    polledWakeup = PolledDescriptor(wakeup.readingEnd)
    items = ([wakeup.readingEnd] + descriptors).map { PollItem(fileDescriptor: $0, events: Int32(ZMQ_POLLIN)) }
    toBackend = ProxyLane(from: frontend, to: backend, capture: capture)
    toFrontend = ProxyLane(from: backend, to: frontend, capture: capture)
    readiness = sockets.map { _ in [] }
    self.sockets = sockets
    self.control = control
  }

  /// Gives the control back.
  private mutating func end() {
    // Other tasks may have closed a socket, which the lanes know nothing of.
    let (frontend, backend) = (sockets[0].isOpen, sockets[1].isOpen)
    let capture = sockets.count < 3 || sockets[2].isOpen
    control.end(
      unsentToFrontend: try? toFrontend.unload(isSourceOpen: backend, isCaptureOpen: capture),
      unsentToBackend: try? toBackend.unload(isSourceOpen: frontend, isCaptureOpen: capture))
  }

  /// Gives the control back after an error; a shutdown is none.
  private mutating func end(_ error: ZeroMQError) throws(ZeroMQError) {
    guard error.code == .contextTerminated else {
      end()
      throw error
    }
    control.end(unsentToFrontend: nil, unsentToBackend: nil)
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

  /// Forwards what there is.
  ///
  /// - Returns: whether to go on, as soon as there is something to do; `false` when the control has ended the proxy.
  private mutating func step() throws(ZeroMQError) -> Bool {
    outcome = .untried
    // Read also while paused: it is what notices a shutdown, and lets sockets attend to their connections. A socket that was closed
    // while the proxy waited is noticed here, too.
    let frontend = try events(of: 0)
    let backend = try events(of: 1)
    let captures = sockets.count < 3 ? true : try events(of: 2).contains(.writable)
    let command = try control.ifActive { () throws(ZeroMQError) in
      guard captures else { return }
      if backend.contains(.writable), toBackend.isLoaded || frontend.contains(.readable) { try forwardToBackend() }
      if frontend.contains(.writable), toFrontend.isLoaded || backend.contains(.readable) { try forwardToFrontend() }
    }
    return command != .end
  }

  private mutating func forwardToBackend() throws(ZeroMQError) {
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

  private mutating func forwardToFrontend() throws(ZeroMQError) {
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

  /// How long to wait for something to happen to a socket, or to be asked of the proxy.
  ///
  /// libzmq: a change of a socket's events makes its descriptor readable, unless a call on the socket has noticed it; so one may wait
  /// for ever only if nothing was done to the sockets after their events were read.
  private var waitingTime: Duration? {
    switch outcome {
    case .untried: nil
    case .refused: .milliseconds(5)
    case .progress: .zero
    }
  }

  private mutating func wait() throws(ZeroMQError) {
    if outcome == .progress { return }
    let retries = sockets[0].context.configuration.interruption == .retry
    _ = try items.poll(until: waitingTime.map { Deadline(after: $0) }, retrying: retries)
    if items[0].readyEvents.contains(.readable) { wakeup.drain() }
  }

  private mutating func suspend() async throws {
    let loop = ExecutorLoop.forCurrentTask
    var deadline = waitingTime.map { Deadline(after: $0) } ?? .never
    var isPolled = polledWakeup.register(with: loop)
    for socket in sockets { isPolled = try socket.makeWaiters().isPolled(by: loop) && isPolled }
    if !isPolled { deadline = min(deadline, Deadline(after: .milliseconds(5))) }
    let waiter = Waiter(until: deadline, on: loop)
    defer {
      for socket in sockets { socket.removeWaiter(waiter) }
      polledWakeup.disarm(waiter)
    }
    for (index, socket) in sockets.enumerated() {
      // What is known is no reason to look again.
      let unready = PollEvents([.readable, .writable]).subtracting(readiness[index])
      try socket.addWaiter(waiter, for: unready.rawValue)
    }
    polledWakeup.arm(waiter)
    if await waiter.wait() == .cancelled { throw CancellationError() }
    // A pipe that is not drained would end the next wait at once.
    wakeup.drain()
  }

  /// What a socket is ready for.
  private mutating func events(of index: Int) throws(ZeroMQError) -> PollEvents {
    readiness[index] = PollEvents(rawValue: try sockets[index].number(ZMQ_EVENTS, "ZMQ_EVENTS"))
    return readiness[index]
  }
}
