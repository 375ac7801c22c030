internal import CZeroMQ

/// A proxy while it runs.
///
/// libzmq: `zmq_proxy` drops the frame that it holds when a signal interrupts its send, and polls without end while one socket has
/// messages and the other no peer (4.3.4; proxy.cpp). So it is not called.
struct ProxyLoop: ~Copyable {
  private let sockets: [SocketHandle]
  private let control: ProxyControl
  private let wakeup: WakeupPipe
  private var polledWakeup: PolledDescriptor
  /// The descriptors that a thread polls: the pipe's and the sockets', the last of them the capture's.
  private var descriptors: [pollfd]
  private var toBackend: ProxyDirection
  private var toFrontend: ProxyDirection
  /// Whether one socket is both ends, and gets back what it has received.
  private let isEcho: Bool
  private var outcome = Outcome.untried
  /// A Boolean value that indicates whether messages wait until the capture has room.
  ///
  /// Only then are the capture's events read, without which its descriptor would stay readable and end every wait.
  private var isWaitingForCapture = false
  /// What the sockets were ready for when last looked at.
  private var readiness: [PollEvents]

  /// Runs a proxy, on the calling thread.
  static func run(
    _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?, _ control: ProxyControl
  ) throws(ZeroMQError) {
    guard var loop = try make(frontend, backend, capture, control) else { return }
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
    guard var loop = try make(frontend, backend, capture, control) else { return }
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

  /// Makes a loop; `nil` in a context that is shut down.
  private static func make(
    _ frontend: SocketHandle, _ backend: SocketHandle, _ capture: SocketHandle?, _ control: ProxyControl
  ) throws(ZeroMQError) -> ProxyLoop? {
    do {
      return try ProxyLoop(frontend, backend, capture, control)
    } catch {
      guard error.code == .contextTerminated else { throw error }
      return nil
    }
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
    var numbers: [Int32] = []
    for socket in sockets { numbers.append(try socket.number(ZMQ_FD, "ZMQ_FD")) }
    wakeup = try control.begin()
    polledWakeup = PolledDescriptor(wakeup.readingEnd)
    descriptors = ([wakeup.readingEnd] + numbers).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    toBackend = ProxyDirection(from: frontend, to: backend, capture: capture)
    toFrontend = ProxyDirection(from: backend, to: frontend, capture: capture)
    readiness = sockets.map { _ in [] }
    isEcho = frontend === backend
    self.sockets = sockets
    self.control = control
  }

  /// Gives the control back.
  private mutating func end() {
    control.end(unsentToFrontend: toFrontend.pendingMessage, unsentToBackend: toBackend.pendingMessage)
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
    isWaitingForCapture = false
    // Read also while paused: it is what notices a shutdown, and lets sockets attend to their connections. A socket that was closed
    // while the proxy waited is noticed here, too.
    let frontend = try events(of: 0)
    let backend = try events(of: 1)
    let command = try control.ifActive { () throws(ZeroMQError) in
      let isToBackend =
        // libzmq: a REP that is an echo is writable only once it has received.
        isEcho
        ? frontend.contains(toBackend.hasPendingMessage ? .writable : .readable)
        : backend.contains(.writable) && (toBackend.hasPendingMessage || frontend.contains(.readable))
      let isToFrontend =
        !isEcho && frontend.contains(.writable) && (toFrontend.hasPendingMessage || backend.contains(.readable))
      guard isToBackend || isToFrontend, try captureIsReady() else { return }
      if isToBackend { try forwardToBackend() }
      if isToFrontend { try forwardToFrontend() }
    }
    return command != .end
  }

  /// Whether the capture, if there is one, has room for the messages that are there.
  private mutating func captureIsReady() throws(ZeroMQError) -> Bool {
    guard sockets.count > 2 else { return true }
    isWaitingForCapture = try !events(of: 2).contains(.writable)
    return !isWaitingForCapture
  }

  private mutating func forwardToBackend() throws(ZeroMQError) {
    var count = ProxyDirection.Count()
    let result = Result { () throws(ZeroMQError) in try toBackend.forward(&count) }
    record(count, sentTo: sockets[1]) {
      $0.frontend.receive(count)
      $0.backend.send(count)
    }
    try result.get()
  }

  private mutating func forwardToFrontend() throws(ZeroMQError) {
    var count = ProxyDirection.Count()
    let result = Result { () throws(ZeroMQError) in try toFrontend.forward(&count) }
    record(count, sentTo: sockets[0]) {
      $0.backend.receive(count)
      $0.frontend.send(count)
    }
    try result.get()
  }

  private mutating func record(
    _ count: ProxyDirection.Count, sentTo target: SocketHandle, _ change: (inout ProxyStatistics) -> Void
  ) {
    if count.messages > 0 {
      // A socket that only sends cannot have become readable unnoticed while it did.
      if !count.isDrained || target.type.receives { outcome = .progress }
      control.count(change)
    } else if outcome == .untried, !count.isDrained {
      outcome = .refused
    }
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
    let milliseconds: Int32 = outcome == .refused ? 5 : -1
    let count = isWaitingForCapture ? 4 : 3
    // SAFETY: the pointer is to this loop's descriptors, which stay open during the call.
    let ready = unsafe poll(&descriptors, nfds_t(count), milliseconds)
    if ready > 0, descriptors[0].revents != 0 { wakeup.drain() }
    // In other contexts, to look again does no harm.
    guard ready < 0, sockets[0].context.configuration.interruption == .throw else { return }
    throw ZeroMQError(.init(rawValue: errno), operation: "poll")
  }

  private mutating func suspend() async throws {
    let loop = ExecutorLoop.forCurrentTask
    var deadline = waitingTime.map { Deadline(after: $0) } ?? .never
    let sockets = sockets.prefix(isWaitingForCapture ? 3 : 2)
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

extension SocketType {
  fileprivate var receives: Bool { self != .push && self != .pub }

  fileprivate var sends: Bool { self != .pull && self != .sub }
}
