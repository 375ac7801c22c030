internal import CZeroMQ

// How a task waits for a socket. A call is tried first; if it is not ready, the task is suspended until libzmq makes the socket's
// descriptor readable, and tries again. Nothing is ever taken from or given to a socket but by a call that succeeds at once, so a
// wait may end at any time without loss.

extension SocketHandle {
  /// Makes a call as soon as it is ready.
  ///
  /// - Parameters:
  ///   - event: `ZMQ_POLLIN` or `ZMQ_POLLOUT`, what the call waits for.
  ///   - operation: the function, for errors.
  ///   - patience: how long to wait.
  ///   - isInMessage: whether the call goes on with a message once begun, which neither fails nor gives way to others.
  ///   - attempt: makes the call, if that needs no waiting, and returns its result, otherwise `nil`.
  /// - Returns: the call's result; `nil` if it was not ready in time.
  @inline(__always)
  func perform<Result>(
    _ event: Int32, _ operation: String, _ patience: Patience, isInMessage: Bool = false,
    _ attempt: () throws(ZeroMQError) -> Result?
  ) async throws -> Result? {
    if !isInMessage {
      try Task.checkCancellation()
      unsafe turnsLeft -= 1
      if _slowPath(unsafe turnsLeft < 0) { await giveWay() }
    }
    if _fastPath(unsafe waitingTasks == 0), let result = try attempt() { return result }
    return try await performLater(event, operation, patience, isInMessage, attempt)
  }

  /// Makes a call when it is its turn and ready.
  private func performLater<Result>(
    _ event: Int32, _ operation: String, _ patience: Patience, _ isInMessage: Bool,
    _ attempt: () throws(ZeroMQError) -> Result?
  ) async throws -> Result? {
    let waits = try makeWaits()
    let deadline: ContinuousClock.Instant? =
      switch patience {
      case .blocking: unsafe (event == ZMQ_POLLIN ? memory.receiveTimeout : memory.sendTimeout).map { .now + $0 }
      case .none: .now
      case .limited(let time): .now + time
      }
    unsafe waitingTasks += 1
    defer { unsafe waitingTasks -= 1 }
    // The caller has tried already, unless others used the socket as well. What comes while it waits for its turn is not tried.
    var isTried = unsafe waitingTasks == 1
    let turns = event == ZMQ_POLLIN ? \SocketWaits.receivers : \SocketWaits.senders
    if !isInMessage, let suspension = waits[keyPath: turns].take(until: deadline) {
      switch await waitForTurn(suspension) {
      case .ready: break
      case .timedOut:
        waits[keyPath: turns].giveUp()
        return try expire(operation, patience)
      case .cancelled:
        waits[keyPath: turns].giveUp()
        throw CancellationError()
      }
    }
    defer {
      if !isInMessage { waits[keyPath: turns].pass() }
      // Whoever was told to look sees to the others also if it is cancelled by now, and if the socket was lent again meanwhile.
      takeBack()
      settle()
    }
    var (isExpired, isStubborn) = (false, false)
    while true {
      takeBack()
      if !isTried, let result = try attempt() { return result }
      if event == ZMQ_POLLOUT {
        // libzmq: sending does not always look at what the I/O threads have to tell; reading the events does. A ROUTER or XPUB that
        // must not drop calls itself writable even when the peer that a message is for has no room.
        let events = try number(ZMQ_EVENTS, "ZMQ_EVENTS")
        if let result = try attempt() { return result }
        isStubborn = events & ZMQ_POLLOUT != 0
      }
      isTried = false
      if isExpired { return try expire(operation, patience) }
      switch try await suspend(event, until: deadline, isStubborn: isStubborn) {
      case .ready: continue
      case .timedOut: isExpired = deadline.map { $0 <= .now } ?? false
      case .cancelled: throw CancellationError()
      }
    }
  }

  /// What it means that a call was not ready in time.
  private func expire<Result>(_ operation: String, _ patience: Patience) throws(ZeroMQError) -> Result? {
    if case .blocking = patience { throw ZeroMQError(.wouldBlock, operation: operation) }
    return nil
  }

  /// Waits for a task's turn.
  private func waitForTurn(_ suspension: Suspension) async -> Suspension.Outcome {
    let loop = ExecutorLoop.forCurrentTask
    return await suspension.wait {
      if suspension.deadline != nil { loop.watch(ExecutorLoop.Watch(suspension: suspension)) }
    }
  }

  /// Suspends the task until something has happened to the socket.
  ///
  /// - Parameter isStubborn: whether the socket calls itself ready though the call was not.
  private func suspend(
    _ event: Int32, until deadline: ContinuousClock.Instant?, isStubborn: Bool
  ) async throws(ZeroMQError) -> Suspension.Outcome {
    let waits = try makeWaits()
    // Where others wait as well, a call of theirs may notice what this one waits for, and nothing tells for sure that it has.
    let isRetried = isStubborn && !waits.watches.isEmpty
    if settle() & event != 0, !isStubborn { return .ready }
    let limit: ContinuousClock.Instant? = isRetried ? min(deadline ?? .now + .milliseconds(5), .now + .milliseconds(5)) : deadline
    let suspension = Suspension(until: limit)
    waits.begin(suspension, for: isRetried ? 0 : event)
    lend()
    let loop = ExecutorLoop.forCurrentTask
    let outcome = await suspension.wait {
      loop.watch(ExecutorLoop.Watch(suspension: suspension, descriptor: waits.descriptor))
    }
    waits.end(suspension)
    return outcome
  }

  /// Lets other tasks run after many calls that were ready at once.
  @inline(never)
  private func giveWay() async {
    unsafe turnsLeft = Self.turns
    guard let loop = ExecutorLoop.current else { return await Task.yield() }
    let suspension = Suspension(until: .now)
    _ = await suspension.wait { loop.watch(ExecutorLoop.Watch(suspension: suspension)) }
  }
}
