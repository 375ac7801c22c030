internal import CZeroMQ

/// A running proxy.
///
/// libzmq: `zmq_proxy` drops the frame that it holds when a signal interrupts its send. While one socket has messages and the other
/// no peer, it polls without sleeping (4.3.4; proxy.cpp). So it is not called.
struct ProxyLoop: ~Copyable {
  private let sockets: [SocketHandle]
  private let control: ProxyControl
  private let wakeup: WakeupPipe
  private var polledWakeup: PolledDescriptor
  /// The descriptors that a thread polls: the pipe's and the sockets', the last of them the capture's.
  private var descriptors: [pollfd]
  private var toBackend: ProxyDirection
  private var toFrontend: ProxyDirection
  /// A Boolean value that indicates whether one socket is both ends, and gets back its own messages.
  private let isEcho: Bool
  private var outcome = ProxyDirection.Outcome.untried
  /// A Boolean value that indicates whether messages wait until the capture has room.
  ///
  /// Only then are the capture's events read, without which its descriptor would stay readable and end every wait.
  private var isWaitingForCapture = false
  /// The sockets' events when they were last read.
  private var readiness: [PollEvents]

  /// Runs a proxy, on the calling thread.
  static func run(
    _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?, _ control: ProxyControl
  ) throws(ZeroMQError) {
    do {
      var loop = try ProxyLoop(frontend, backend, capture, control)
      while try loop.step() { try loop.wait() }
    } catch {
      if error.code != .contextTerminated { throw error }
    }
  }

  /// Runs a proxy, in the calling task.
  static func run(
    _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?, _ control: ProxyControl
  ) async throws {
    do {
      var loop = try ProxyLoop(frontend, backend, capture, control)
      while try loop.step() { try await loop.suspend() }
    } catch ZeroMQError.Code.contextTerminated {}
  }

  private init(
    _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?, _ control: ProxyControl
  ) throws(ZeroMQError) {
    let sockets = [frontend, backend] + (capture.map { [$0] } ?? [])
    guard sockets.allSatisfy(\.isOpen) else { throw frontend.context.explain(ZeroMQError(.notSocket, operation: "proxy")) }
    guard frontend.type.receives && backend.type.sends || backend.type.receives && frontend.type.sends else {
      throw ZeroMQError(.notSupported, operation: "proxy", subject: "between \(frontend.type) and \(backend.type)")
    }
    guard capture?.type.sends ?? true else {
      throw ZeroMQError(.notSupported, operation: "proxy", subject: "with \(capture?.type ?? .pull) as its capture")
    }
    let numbers = try sockets.map { (socket) throws(ZeroMQError) in try socket.number(ZMQ_FD, "ZMQ_FD") }
    wakeup = try control.begin()
    polledWakeup = PolledDescriptor(wakeup.readingEnd)
    descriptors = ([wakeup.readingEnd] + numbers).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    toBackend = ProxyDirection(source: frontend, target: backend, capture: capture, traffic: (\.frontend, \.backend))
    toFrontend = ProxyDirection(source: backend, target: frontend, capture: capture, traffic: (\.backend, \.frontend))
    readiness = sockets.map { _ in [] }
    isEcho = frontend === backend
    self.sockets = sockets
    self.control = control
  }

  /// Releases the control, with the messages that could not be sent; after a shutdown there are none to send.
  deinit {
    let isShutDown = sockets.contains { $0.context.isShutDown }
    control.end(
      unsentToFrontend: isShutDown ? nil : toFrontend.pendingMessage, unsentToBackend: isShutDown ? nil : toBackend.pendingMessage)
  }

  /// Forwards the messages that are there.
  ///
  /// - Returns: `false` if the control has ended the proxy.
  private mutating func step() throws(ZeroMQError) -> Bool {
    outcome = .untried
    isWaitingForCapture = false
    // Read also while paused: reading the events notices a shutdown or a closed socket, and serves the sockets' connections.
    // An echo goes by the frontend's events, so these are read last: an event that only the first of two readings of one socket
    // misses would end no wait.
    let backend = try events(of: 1)
    let frontend = try events(of: 0)
    let command = try control.ifActive { () throws(ZeroMQError) in
      let isToBackend =
        // libzmq: a REP that is an echo is writable only once it has received.
        isEcho
        ? frontend.contains(toBackend.pendingMessage != nil ? .writable : .readable)
        : backend.contains(.writable) && (toBackend.pendingMessage != nil || frontend.contains(.readable))
      let isToFrontend =
        !isEcho && frontend.contains(.writable) && (toFrontend.pendingMessage != nil || backend.contains(.readable))
      guard isToBackend || isToFrontend else { return }
      if sockets.count > 2 { isWaitingForCapture = try !events(of: 2).contains(.writable) }
      if isWaitingForCapture { return }
      if isToBackend { outcome = try toBackend.forward(control) }
      guard isToFrontend else { return }
      let other = try toFrontend.forward(control)
      if other.rawValue > outcome.rawValue { outcome = other }
    }
    return command != .end
  }

  /// The time to wait if no event ends the wait; -1 waits indefinitely.
  ///
  /// libzmq: a change of a socket's events makes its descriptor readable, unless a call on the socket has consumed it (4.3.4;
  /// `zmq_getsockopt` (3)). So a wait may be indefinite only if no call was made on the sockets after their events were read.
  private var milliseconds: Int32 {
    switch outcome {
    case .untried: -1
    case .refused: 5
    case .progress: 0
    }
  }

  private mutating func wait() throws(ZeroMQError) {
    if outcome == .progress { return }
    let count = isWaitingForCapture ? 4 : 3
    // SAFETY: the pointer points to the descriptors, owned by this loop, valid until the call returns.
    let ready = unsafe poll(&descriptors, nfds_t(count), milliseconds)
    if ready > 0, descriptors[0].revents != 0 { wakeup.drain() }
    // In other contexts, the loop just continues.
    guard ready < 0, sockets[0].context.configuration.interruption == .throw else { return }
    throw ZeroMQError(.init(rawValue: errno), operation: "poll")
  }

  private mutating func suspend() async throws {
    let loop = ExecutorLoop.forCurrentTask
    var deadline = outcome == .untried ? .never : Deadline(after: .milliseconds(milliseconds))
    let sockets = sockets.prefix(isWaitingForCapture ? 3 : 2)
    var isPolled = polledWakeup.register(with: loop)
    for socket in sockets { isPolled = try socket.makeWaiters().isPolled(by: loop) && isPolled }
    if !isPolled { deadline = min(deadline, Deadline(after: SocketWaiters.retryInterval)) }
    let waiter = Waiter(until: deadline, on: loop)
    defer {
      for socket in sockets { socket.removeWaiter(waiter) }
      polledWakeup.disarm(waiter)
    }
    for (index, socket) in sockets.enumerated() {
      // Events that are known already must not end the wait.
      let unready = PollEvents([.readable, .writable]).subtracting(readiness[index])
      try socket.addWaiter(waiter, for: unready.rawValue)
    }
    polledWakeup.arm(waiter)
    if await waiter.wait() == .cancelled { throw CancellationError() }
    // A pipe that is not drained would end the next wait at once.
    wakeup.drain()
  }

  /// Reads and returns a socket's events.
  private mutating func events(of index: Int) throws(ZeroMQError) -> PollEvents {
    readiness[index] = PollEvents(rawValue: try sockets[index].number(ZMQ_EVENTS, "ZMQ_EVENTS"))
    return readiness[index]
  }
}

extension SocketType {
  var receives: Bool { self != .push && self != .pub }

  fileprivate var sends: Bool { self != .pull && self != .sub }
}
