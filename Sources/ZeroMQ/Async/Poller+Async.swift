internal import CZeroMQ

extension Poller {
  /// Waits until something is ready.
  ///
  /// Suspends the task for as long as the timeout says. Cancelling the task ends the wait with `CancellationError`.
  ///
  /// - Parameter timeout: how long to wait; `nil` is for ever, zero not at all.
  /// - Returns: what is ready; empty when the time has passed.
  /// - Throws: `CancellationError`; a ``ZeroMQError``: `.contextTerminated`; `.notSocket` if one of the sockets has been closed;
  ///   `.invalidArgument` for an empty poller without a timeout, which would never return.
  public mutating func wait(timeout: Duration? = nil) async throws -> ReadyEvents {
    if isEmpty && timeout == nil { throw ZeroMQError(.invalidArgument, operation: "zmq_poll") }
    try beginUsingMonitors()
    defer { endUsingMonitors() }
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

  /// Lets other tasks run after many waits that were over at once.
  private mutating func yieldIfDue() async {
    if let handle = handles.lazy.compactMap(\.self).first {
      unsafe handle.remainingCalls &-= 1
      if unsafe handle.remainingCalls < 0 { await handle.yieldToOtherTasks() }
    } else {
      remainingCalls -= 1
      guard remainingCalls < 0 else { return }
      remainingCalls = SocketHandle.callsBeforeYield
      await SocketHandle.yield()
    }
  }

  /// What is ready now.
  private mutating func lookNow() throws -> ReadyEvents {
    try wait(timeout: .zero)
  }

  /// Suspends the task until something has happened to one of the sockets or descriptors.
  private func suspend(until deadline: Deadline) async throws -> Waiter.Outcome {
    let loop = ExecutorLoop.forCurrentTask
    var isPolled = true
    for handle in handles { if let handle, try !handle.makeWaiters().isPolled(by: loop) { isPolled = false } }
    let plain = items.indices.filter { handles[$0] == nil }.map { items[$0] }
    let descriptors = plain.isEmpty ? nil : PlainDescriptors(plain, loop)
    if descriptors?.isPolled == false { isPolled = false }
    let waiter = Waiter(until: isPolled ? deadline : min(deadline, Deadline(after: .milliseconds(5))), on: loop)
    defer {
      for handle in handles { handle?.removeWaiter(waiter) }
      descriptors?.end(waiter)
    }
    for (item, handle) in zip(items, handles) { try handle?.addWaiter(waiter, for: item.events.rawValue) }
    descriptors?.polled.arm(waiter)
    return await waiter.wait()
  }
}

/// The descriptors of one wait of a poller that are no sockets, in a set of their own, which the loop polls in turn: another task may
/// wait for the same descriptors, and their owner may close them as soon as the wait has ended.
private final class PlainDescriptors {
  private let set = PollSet()
  private(set) var polled: PolledDescriptor
  private(set) var isPolled: Bool

  init(_ items: [PollItem], _ loop: ExecutorLoop) {
    polled = PolledDescriptor(set.descriptor)
    isPolled = set.descriptor >= 0
    for item in items {
      // SAFETY: there is no context.
      let error = unsafe set.add(item.fileDescriptor, item.events.ofDescriptor, .level, nil)
      // A regular file cannot be polled, as it is always ready for what it will ever be.
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
  /// The events as `poll` has them.
  fileprivate var ofDescriptor: Int32 {
    var events: Int32 = 0
    if contains(.readable) { events |= POLLIN }
    if contains(.writable) { events |= POLLOUT }
    if contains(.priority) { events |= POLLPRI }
    return events
  }
}
