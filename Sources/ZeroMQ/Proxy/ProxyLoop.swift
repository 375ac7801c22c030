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

  /// Creates a loop.
  ///
  /// - Returns: The loop, or `nil` if a context was shut down.
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
    toBackend = ProxyDirection(from: frontend, to: backend, capture: capture, counting: (\.frontend, \.backend))
    toFrontend = ProxyDirection(from: backend, to: frontend, capture: capture, counting: (\.backend, \.frontend))
    readiness = sockets.map { _ in [] }
    isEcho = frontend === backend
    self.sockets = sockets
    self.control = control
  }

  /// Releases the control.
  private mutating func end() {
    control.end(unsentToFrontend: toFrontend.pendingMessage, unsentToBackend: toBackend.pendingMessage)
  }

  /// Releases the control after an error, and throws the error unless it is a shutdown.
  private mutating func end(_ error: ZeroMQError) throws(ZeroMQError) {
    guard error.code == .contextTerminated else {
      end()
      throw error
    }
    control.end(unsentToFrontend: nil, unsentToBackend: nil)
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
        ? frontend.contains(toBackend.hasPendingMessage ? .writable : .readable)
        : backend.contains(.writable) && (toBackend.hasPendingMessage || frontend.contains(.readable))
      let isToFrontend =
        !isEcho && frontend.contains(.writable) && (toFrontend.hasPendingMessage || backend.contains(.readable))
      guard isToBackend || isToFrontend, try captureIsReady() else { return }
      if isToBackend { outcome = try toBackend.forward(control) }
      guard isToFrontend else { return }
      let other = try toFrontend.forward(control)
      if other.rawValue > outcome.rawValue { outcome = other }
    }
    return command != .end
  }

  /// Returns a Boolean value that indicates whether the capture has room, or there is no capture.
  private mutating func captureIsReady() throws(ZeroMQError) -> Bool {
    guard sockets.count > 2 else { return true }
    isWaitingForCapture = try !events(of: 2).contains(.writable)
    return !isWaitingForCapture
  }

  /// The time to wait if no event ends the wait; `nil` waits indefinitely.
  ///
  /// libzmq: a change of a socket's events makes its descriptor readable, unless a call on the socket has consumed it (4.3.4;
  /// `zmq_getsockopt` (3)). So a wait may be indefinite only if no call was made on the sockets after their events were read.
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
    // SAFETY: the pointer points to the descriptors, owned by this loop, valid until the call returns.
    let ready = unsafe poll(&descriptors, nfds_t(count), milliseconds)
    if ready > 0, descriptors[0].revents != 0 { wakeup.drain() }
    // In other contexts, the loop just continues.
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
