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
    let deadline = timeout.map { Deadline(after: $0) }
    await giveWayIfDue()
    while true {
      try Task.checkCancellation()
      let ready = try lookNow()
      if !ready.isEmpty { return ready }
      if let deadline, deadline.hasPassed { return ready }
      if try await suspend(until: deadline) == .cancelled { throw CancellationError() }
    }
  }

  /// Lets other tasks run after many waits that were over at once.
  private mutating func giveWayIfDue() async {
    if let handle = handles.lazy.compactMap(\.self).first {
      unsafe handle.turnsLeft &-= 1
      if unsafe handle.turnsLeft < 0 { await handle.giveWay() }
    } else {
      turnsLeft -= 1
      guard turnsLeft < 0 else { return }
      turnsLeft = SocketHandle.turns
      await SocketHandle.letOthersRun()
    }
  }

  /// What is ready now.
  private mutating func lookNow() throws -> ReadyEvents {
    try wait(timeout: .zero)
  }

  /// Suspends the task until something has happened to one of the sockets or descriptors.
  private func suspend(until deadline: Deadline?) async throws -> Suspension.Outcome {
    let suspension = Suspension(until: deadline)
    var watches: [ExecutorLoop.Watch] = []
    for (item, handle) in zip(items, handles) {
      if let handle {
        watches.append(ExecutorLoop.Watch(suspension: suspension, descriptor: try handle.makeWaits().descriptor))
      } else {
        watches.append(
          ExecutorLoop.Watch(suspension: suspension, descriptor: item.fileDescriptor, events: item.events.ofDescriptor))
      }
    }
    if watches.isEmpty { watches.append(ExecutorLoop.Watch(suspension: suspension)) }
    defer { for handle in handles { handle?.endWatch(suspension) } }
    for (item, handle) in zip(items, handles) { try handle?.beginWatch(suspension, for: item.events.rawValue) }
    let loop = ExecutorLoop.forCurrentTask
    return await suspension.wait { loop.watch(watches) }
  }
}

extension PollEvents {
  /// The events as `poll` has them.
  fileprivate var ofDescriptor: Int16 {
    var events: Int32 = 0
    if contains(.readable) { events |= Int32(POLLIN) }
    if contains(.writable) { events |= Int32(POLLOUT) }
    if contains(.priority) { events |= Int32(POLLPRI) }
    return Int16(events)
  }
}
