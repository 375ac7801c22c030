public import CZeroMQ

// How a task waits for a socket. A call is tried first; if it is not ready, the task is suspended until libzmq makes the socket's
// descriptor readable, and tries again. Only a call that succeeds immediately takes a message from a socket or sends one. So a wait
// can end at any time without loss.

extension SocketHandle {
  /// A Boolean value that indicates whether a task can make a call immediately.
  ///
  /// It can if it is not cancelled, no task waits for the socket, and other tasks have run not long ago. This property and the attempt
  /// that follows it are inlined into the task; all other cases are left to ``perform``.
  @inlinable
  @inline(__always)
  var canTryImmediately: Bool {
    unsafe remainingCalls &-= 1
    return unsafe remainingCalls >= 0 && waitingTasks == 0 && !shim_is_current_task_cancelled()
  }

  /// Calls a closure until it succeeds, and suspends the task between the attempts.
  ///
  /// - Parameters:
  ///   - event: The event to wait for: `ZMQ_POLLIN` or `ZMQ_POLLOUT`.
  ///   - operation: The function, for errors.
  ///   - mode: The time to wait.
  ///   - isInMessage: A Boolean value that indicates whether the call continues a message. If `true`, it neither waits for other tasks
  ///     nor can be cancelled before the first attempt. If `false` (the default), it does and can.
  ///   - isTried: A Boolean value that indicates whether the caller has just made the call, and it failed.
  ///   - attempt: A closure that makes the call without waiting, and returns `true` if the call succeeded.
  /// - Returns: `true` if an attempt succeeded; `false` if none did in time.
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
    // A task that yields holds its place in the queue meanwhile: later tasks must not overtake it.
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
    // The call has been tried already, unless other tasks wait.
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
        // libzmq: sending does not always process the commands of the I/O threads; reading the events does. A ROUTER or XPUB that must
        // not drop counts as writable even when the peer that a message is for has no room (4.3.4; socket_base.cpp, router.cpp).
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

  /// Returns or throws the result of a call that was not ready in time.
  @inline(never)
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

  /// Suspends the task until an event of the socket may have occurred.
  @inline(__always)
  private func suspend(
    _ waiters: SocketWaiters, _ event: Int32, until deadline: Deadline, _ isReadinessUnreliable: Bool
  ) async -> Waiter.Outcome {
    if wakeWaiters() & event != 0, !isReadinessUnreliable { return .ready }
    let loop = ExecutorLoop.forCurrentTask
    // A call of another waiting task can consume the event that this one waits for, and may not report it.
    let isUncertain = isReadinessUnreliable && !waiters.isEmpty
    let isRetried = isUncertain || !waiters.isPolled(by: loop)
    let waiter = Waiter(until: isRetried ? min(deadline, Deadline(after: SocketWaiters.retryInterval)) : deadline, on: loop)
    let isPolled = waiters.add(waiter, for: isUncertain ? 0 : event)
    unsafe isAwaited = true
    let outcome = await waiter.wait(isPolled: isPolled)
    waiters.remove(waiter)
    return outcome
  }

  /// Lets other tasks run after many calls that were ready immediately.
  @inline(never)
  func yieldToOtherTasks() async {
    unsafe remainingCalls = Self.callsBeforeYield
    await Self.yield()
  }

  static func yield() async {
    guard let thread = LoopThread.current else {
      await Task.yield()
      // Swift 6.3.1, when it optimizes, does not return to the caller's actor from a function that ends with the yield: the caller
      // would continue outside the actor. An opaque call after the yield prevents that.
      _ = LoopThread.current
      return
    }
    guard thread.findsOtherJobs() else { return }
    let waiter = Waiter(until: .never, on: thread.loop)
    thread.enqueue(unsafe .resume(.passRetained(waiter)))
    // The job ends the wait, also after a shutdown, which would end it at once.
    _ = await waiter.wait(isPolled: true)
  }

  // MARK: The tasks that wait

  /// The number of consecutive calls of tasks that may be ready immediately before other tasks run.
  static var callsBeforeYield: Int32 { 100 }

  /// The tasks that wait for this socket.
  func makeWaiters() throws(ZeroMQError) -> SocketWaiters {
    if let waiters = unsafe waiters { return waiters }
    let made = SocketWaiters(descriptor: try number(ZMQ_FD, "ZMQ_FD"))
    unsafe waiters = made
    return made
  }

  /// Resumes the waiters whose events a call on the socket may have consumed.
  ///
  /// - Returns: The socket's events, if they had to be read.
  @discardableResult
  func wakeWaiters() -> Int32 {
    unsafe isAwaited = false
    guard let waiters = unsafe waiters, !waiters.isEmpty, isOpen else { return 0 }
    return wake(waiters)
  }

  @inline(never)
  private func wake(_ waiters: SocketWaiters) -> Int32 {
    // If the events cannot be read, all tasks retry, and throw the error.
    let events = (try? number(ZMQ_EVENTS, "ZMQ_EVENTS")) ?? ~0
    unsafe isAwaited = !waiters.resume(for: events)
    return events
  }

  /// Resumes the first waiter before a call on the socket that may consume its event.
  ///
  /// The waiter's task resumes the others.
  @usableFromInline
  func wakeFirstWaiter() {
    unsafe isAwaited = false
    unsafe waiters?.resumeFirst()
  }

  /// Adds a waiter, which can wait for other sockets as well.
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
