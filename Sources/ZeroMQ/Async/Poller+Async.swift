internal import CZeroMQ

extension Poller {
  /// Waits until a socket or file descriptor is ready.
  ///
  /// Suspends the task for at most `timeout`. Cancelling the task ends the wait with `CancellationError`.
  ///
  /// The corresponding libzmq functions are `zmq_poll`, and `poll` on `ZMQ_FD`.
  ///
  /// - Parameter timeout: The maximum time to wait; `nil` waits indefinitely, and zero does not wait.
  /// - Returns: The ready events; empty if nothing was ready in time.
  /// - Throws: `CancellationError` if the task is cancelled, or a ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if the poller is empty and `timeout` is `nil`, or if it has more items than the process can open
  ///     files.
  ///   - `.contextTerminated` if the context of a socket was shut down.
  ///   - `.notSocket` if one of the sockets is closed.
  public mutating func wait(timeout: Duration? = nil) async throws -> ReadyEvents {
    if isEmpty && timeout == nil { throw ZeroMQError(.invalidArgument, operation: "zmq_poll") }
    if hasMonitors { try beginUsingMonitors() }
    defer { if hasMonitors { endUsingMonitors() } }
    let deadline = timeout.map { Deadline(after: $0) } ?? .never
    await yieldIfDue()
    while true {
      try Task.checkCancellation()
      let ready = try lookNow()
      if !ready.isEmpty { return ready }
      if deadline.hasPassed { return ready }
      if try await suspend(until: deadline) == .cancelled { throw CancellationError() }
    }
  }

  /// Lets other tasks run after many waits that finished immediately.
  private func yieldIfDue() async {
    // No socket counts the waits for file descriptors alone, for each of which a poller can be new.
    guard let handle = handles.lazy.compactMap(\.self).first else { return await SocketHandle.yield() }
    unsafe handle.remainingCalls &-= 1
    if unsafe handle.remainingCalls < 0 { await handle.yieldToOtherTasks() }
  }

  /// Returns the events that are ready now.
  private mutating func lookNow() throws -> ReadyEvents {
    try wait(timeout: .zero)
  }

  /// Suspends the task until an event of one of the sockets or file descriptors may have occurred.
  private func suspend(until deadline: Deadline) async throws -> Waiter.Outcome {
    let loop = ExecutorLoop.forCurrentTask
    var isPolled = true
    for handle in handles { if let handle, try !handle.makeWaiters().isPolled(by: loop) { isPolled = false } }
    let plain = items.indices.filter { handles[$0] == nil }.map { items[$0] }
    let descriptors = plain.isEmpty ? nil : PlainDescriptors(plain, loop)
    if descriptors?.isPolled == false { isPolled = false }
    let waiter = Waiter(until: isPolled ? deadline : min(deadline, Deadline(after: SocketWaiters.retryInterval)), on: loop)
    defer {
      for handle in handles { handle?.removeWaiter(waiter) }
      descriptors?.end(waiter)
    }
    for (item, handle) in zip(items, handles) { try handle?.addWaiter(waiter, for: item.events.rawValue) }
    descriptors?.polled.arm(waiter)
    return await waiter.wait()
  }
}

/// The file descriptors of one wait of a poller, in a set of their own, which the loop polls in turn.
///
/// Another task can wait for the same descriptors, and their owner can close them as soon as the wait has ended.
private final class PlainDescriptors {
  private let set = PollSet()
  private(set) var polled: PolledDescriptor
  private(set) var isPolled: Bool

  init(_ items: [PollItem], _ loop: ExecutorLoop) {
    polled = PolledDescriptor(set.descriptor)
    isPolled = set.descriptor >= 0
    for item in items {
      // SAFETY: the pointer is nil.
      let error = unsafe set.add(item.fileDescriptor, item.events.ofDescriptor, .level, nil)
      // A regular file is always ready; the system refuses to poll it.
      if let error, error != EPERM { isPolled = false }
    }
    isPolled = isPolled && polled.register(with: loop)
  }

  func end(_ waiter: Waiter) {
    polled.disarm(waiter)
    polled.deregister()
  }
}

extension PollEvents {
  /// The bits that `poll` uses for the events.
  fileprivate var ofDescriptor: Int32 {
    var events: Int32 = 0
    if contains(.readable) { events |= POLLIN }
    if contains(.writable) { events |= POLLOUT }
    if contains(.priority) { events |= POLLPRI }
    return events
  }
}
