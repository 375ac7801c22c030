internal import CZeroMQ

// How a task waits for a socket. A call is tried first; if it is not ready, the task is suspended until libzmq makes the socket's
// descriptor readable, and tries again. Nothing is ever taken from or given to a socket but by a call that succeeds at once, so a
// wait may end at any time without loss.

extension SocketHandle {
  /// Whether a task may make a call before anything else is asked: it is not cancelled, nobody waits for the socket, and others have
  /// had their turn not long ago.
  ///
  /// This and the attempt that follows it are inlined into the task; whatever is in their way is left to ``perform``.
  @inlinable
  @inline(__always)
  var mayTryAtOnce: Bool {
    unsafe turnsLeft &-= 1
    return unsafe turnsLeft >= 0 && waitingTasks == 0 && !Task.isCancelled
  }

  /// Makes a call as soon as it is ready.
  ///
  /// - Parameters:
  ///   - event: `ZMQ_POLLIN` or `ZMQ_POLLOUT`, what the call waits for.
  ///   - operation: the function, for errors.
  ///   - mode: how long to wait.
  ///   - isInMessage: whether the call goes on with a message once begun, which neither fails nor gives way to others.
  ///   - isTried: whether the call has just been made, and failed.
  ///   - attempt: makes the call, if that needs no waiting, and tells whether it has.
  /// - Returns: whether the call was made; `false` if it was not ready in time.
  func perform(
    _ event: Int32, _ operation: String, _ mode: WaitMode, isInMessage: Bool = false, isTried: Bool = false,
    _ attempt: () throws(ZeroMQError) -> Bool
  ) async throws -> Bool {
    let isNotReady = isTried && ZeroMQError.Code.last == .wouldBlock
    if !isInMessage { try Task.checkCancellation() }
    if !isTried { unsafe turnsLeft &-= 1 }
    // In its turn, as long as it gives way: those that come meanwhile must not overtake it.
    let givesWay = unsafe turnsLeft < 0 && !isInMessage
    if unsafe waitingTasks == 0, !isNotReady, !givesWay, try attempt() { return true }
    return try await performLater(event, operation, mode, isInMessage, givesWay, attempt)
  }

  /// Makes a call when it is its turn and ready.
  private func performLater(
    _ event: Int32, _ operation: String, _ mode: WaitMode, _ isInMessage: Bool, _ givesWay: Bool,
    _ attempt: () throws(ZeroMQError) -> Bool
  ) async throws -> Bool {
    let waits = try makeWaits()
    let deadline: Deadline? =
      switch mode {
      case .blocking, .continuing:
        unsafe (event == ZMQ_POLLIN ? tracked.receiveTimeout : tracked.sendTimeout).map { Deadline(after: $0) }
      case .nonblocking: .now
      case .timeout(let time): Deadline(after: time)
      }
    // The caller has tried already, unless others were there before.
    var isTried = unsafe waitingTasks == 0 && !givesWay
    unsafe waitingTasks += 1
    defer { unsafe waitingTasks -= 1 }
    if !isInMessage, let suspension = waits.takeTurn(for: event, until: deadline) {
      guard try await waitForTurn(suspension) else { return try expire(operation, mode) }
    }
    defer {
      if !isInMessage { waits.passTurn(for: event) }
      // Lent still, if the wait was cancelled.
      takeBack()
      settle()
    }
    if givesWay { await giveWay() }
    var isExpired = false
    while true {
      takeBack()
      if !isTried, try attempt() { return true }
      isTried = false
      var isStubborn = false
      if event == ZMQ_POLLOUT {
        // libzmq: sending does not always look at what the I/O threads have to tell; reading the events does. A ROUTER or XPUB that
        // must not drop calls itself writable even when the peer that a message is for has no room.
        let events = try? number(ZMQ_EVENTS, "ZMQ_EVENTS")
        if try attempt() { return true }
        isStubborn = (events ?? 0) & ZMQ_POLLOUT != 0
      }
      if isExpired { return try expire(operation, mode) }
      switch try await suspend(event, until: deadline, isStubborn: isStubborn) {
      case .ready: continue
      case .timedOut: isExpired = deadline?.hasPassed ?? false
      case .cancelled: throw CancellationError()
      }
    }
  }

  /// What it means that a call was not ready in time.
  private func expire(_ operation: String, _ mode: WaitMode) throws(ZeroMQError) -> Bool {
    if case .blocking = mode { throw ZeroMQError(.wouldBlock, operation: operation) }
    return false
  }

  /// Waits for a task's turn.
  ///
  /// - Returns: whether it has come; `false` if it has not in time.
  func waitForTurn(_ suspension: Suspension) async throws -> Bool {
    let loop = ExecutorLoop.forCurrentTask
    let outcome = await suspension.wait {
      // Whoever has the turn passes it on. The loop sees to the rest: the deadline, and its own end.
      if suspension.deadline != nil || loop.canShutDown { loop.watch(ExecutorLoop.Watch(suspension: suspension)) }
    }
    if outcome == .cancelled { throw CancellationError() }
    return outcome == .ready
  }

  /// Suspends the task until something has happened to the socket.
  ///
  /// - Parameter isStubborn: whether the socket calls itself ready though the call was not.
  private func suspend(
    _ event: Int32, until deadline: Deadline?, isStubborn: Bool
  ) async throws(ZeroMQError) -> Suspension.Outcome {
    let waits = try makeWaits()
    // Where others wait as well, a call of theirs may notice what this one waits for, and nothing tells for sure that it has.
    let isRetried = unsafe isStubborn && !waits.watches.isEmpty
    if settle() & event != 0, !isStubborn { return .ready }
    var limit = deadline
    if isRetried {
      let retry = Deadline(after: .milliseconds(5))
      limit = min(deadline ?? retry, retry)
    }
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
  func giveWay() async {
    unsafe turnsLeft = Self.turns
    await Self.letOthersRun()
  }

  static func letOthersRun() async {
    guard let loop = ExecutorLoop.current else {
      await Task.yield()
      // Swift 6.3.1, when it optimizes, does not come back to the caller's actor for a function that ends with the yield: its caller
      // would go on beside the actor. A call that it knows nothing of keeps it from that.
      _ = ExecutorLoop.current
      return
    }
    guard loop.hasOthers else { return }
    let suspension = Suspension(until: .now)
    _ = await suspension.wait { loop.watch(ExecutorLoop.Watch(suspension: suspension)) }
  }
}
