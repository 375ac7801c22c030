public import CZeroMQ

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
  var canTryImmediately: Bool {
    unsafe remainingCalls &-= 1
    return unsafe remainingCalls >= 0 && waitingTasks == 0 && !shim_is_current_task_cancelled()
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
  @inline(__always)
  func perform(
    _ event: Int32, _ operation: String, _ mode: WaitMode, isInMessage: Bool = false, isTried: Bool = false,
    _ attempt: () throws(ZeroMQError) -> Bool
  ) async throws -> Bool {
    let isNotReady = isTried && ZeroMQError.Code.last == .wouldBlock
    if !isTried {
      if !isInMessage { try Task.checkCancellation() }
      unsafe remainingCalls &-= 1
    }
    // A task that yields waits in line meanwhile: those that come later must not overtake it.
    let yields = unsafe remainingCalls < 0 && !isInMessage
    if unsafe waitingTasks == 0, !isNotReady, !yields, try attempt() { return true }
    let waiters = try makeWaiters()
    let deadline: Deadline =
      switch mode {
      case .blocking, .continuing:
        unsafe (event == ZMQ_POLLIN ? tracked.receiveTimeout : tracked.sendTimeout).map { Deadline(after: $0) } ?? .never
      case .nonblocking: .now
      case .timeout(let time): Deadline(after: time)
      }
    // The caller has tried already, unless others were there before.
    var isTried = unsafe waitingTasks == 0 && !yields
    unsafe waitingTasks += 1
    defer { unsafe waitingTasks -= 1 }
    if !isInMessage, let waiter = waiters.acquire(for: event, until: deadline) {
      guard try await waitForLock(waiter) else { return try expire(operation, mode) }
    }
    defer {
      if !isInMessage { waiters.release(for: event) }
      wakeWaiters()
    }
    if yields { await yieldToOtherTasks() }
    var isExpired = false
    while true {
      unsafe isAwaited = false
      if !isTried, try attempt() { return true }
      isTried = false
      var isReadinessUnreliable = false
      if event == ZMQ_POLLOUT {
        // libzmq: sending does not always look at what the I/O threads have to tell; reading the events does. A ROUTER or XPUB that
        // must not drop calls itself writable even when the peer that a message is for has no room.
        let events = try? number(ZMQ_EVENTS, "ZMQ_EVENTS")
        if try attempt() { return true }
        isReadinessUnreliable = (events ?? 0) & ZMQ_POLLOUT != 0
      }
      if isExpired { return try expire(operation, mode) }
      switch await suspend(waiters, event, until: deadline, isReadinessUnreliable) {
      case .ready: continue
      case .timedOut: isExpired = deadline.hasPassed
      case .cancelled: throw CancellationError()
      }
    }
  }

  /// What it means that a call was not ready in time.
  private func expire(_ operation: String, _ mode: WaitMode) throws(ZeroMQError) -> Bool {
    if case .blocking = mode { throw ZeroMQError(.wouldBlock, operation: operation) }
    return false
  }

  /// Waits until a lock is handed to a task.
  ///
  /// - Returns: A Boolean value that indicates whether the task holds it; `false` if its deadline has passed.
  func waitForLock(_ waiter: Waiter) async throws -> Bool {
    let outcome = await waiter.wait()
    if outcome == .cancelled { throw CancellationError() }
    return outcome == .ready
  }

  /// Suspends the task until something has happened to the socket.
  @inline(__always)
  private func suspend(
    _ waiters: SocketWaiters, _ event: Int32, until deadline: Deadline, _ isReadinessUnreliable: Bool
  ) async -> Waiter.Outcome {
    if wakeWaiters() & event != 0, !isReadinessUnreliable { return .ready }
    let loop = ExecutorLoop.forCurrentTask
    // Where others wait as well, a call of theirs may notice what this one waits for, and nothing tells for sure that it has.
    let isUncertain = isReadinessUnreliable && !waiters.isEmpty
    let isRetried = isUncertain || !waiters.isPolled(by: loop)
    let waiter = Waiter(until: isRetried ? min(deadline, Deadline(after: .milliseconds(5))) : deadline, on: loop)
    let isPolled = waiters.add(waiter, for: isUncertain ? 0 : event)
    unsafe isAwaited = true
    let outcome = await waiter.wait(isPolled: isPolled)
    waiters.remove(waiter)
    return outcome
  }

  /// Lets other tasks run after many calls that were ready at once.
  @inline(never)
  func yieldToOtherTasks() async {
    unsafe remainingCalls = Self.callsBeforeYield
    await Self.yield()
  }

  static func yield() async {
    guard let thread = LoopThread.current else {
      await Task.yield()
      // Swift 6.3.1, when it optimizes, does not come back to the caller's actor for a function that ends with the yield: its caller
      // would go on beside the actor. A call that it knows nothing of keeps it from that.
      _ = LoopThread.current
      return
    }
    guard thread.findsOtherJobs() else { return }
    let waiter = Waiter(until: .never, on: thread.loop)
    thread.enqueue(.resume(waiter))
    _ = await waiter.wait()
  }

  // MARK: The tasks that wait

  /// The number of calls of tasks in a row that may be ready at once before other tasks run.
  static var callsBeforeYield: Int32 { 100 }

  /// The tasks that wait for this socket.
  func makeWaiters() throws(ZeroMQError) -> SocketWaiters {
    if let waiters = unsafe waiters { return waiters }
    let made = SocketWaiters(descriptor: try number(ZMQ_FD, "ZMQ_FD"))
    unsafe waiters = made
    return made
  }

  /// Resumes the waiters whose events a call on the socket may have noticed in their place.
  ///
  /// - Returns: The socket's events, if they had to be read.
  @discardableResult
  func wakeWaiters() -> Int32 {
    unsafe isAwaited = false
    guard let waiters = unsafe waiters, !waiters.isEmpty, isOpen else { return 0 }
    // If not even this can be read, all tasks have to find out.
    let events = (try? number(ZMQ_EVENTS, "ZMQ_EVENTS")) ?? ~0
    unsafe isAwaited = !waiters.resume(for: events)
    return events
  }

  /// Resumes the first waiter before a call on the socket that may notice what it waits for.
  ///
  /// The waiter's task looks after the others.
  @usableFromInline
  func wakeFirstWaiter() {
    unsafe isAwaited = false
    unsafe waiters?.resumeFirst()
  }

  /// Adds a waiter, which may wait for other sockets as well.
  func addWaiter(_ waiter: Waiter, for events: Int32) throws(ZeroMQError) {
    try makeWaiters().add(waiter, for: events)
    unsafe waitingTasks += 1
    unsafe isAwaited = true
  }

  func removeWaiter(_ waiter: Waiter) {
    guard unsafe waiters?.remove(waiter) ?? false else { return }
    unsafe waitingTasks -= 1
    wakeWaiters()
  }
}
