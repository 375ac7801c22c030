internal import CZeroMQ

/// The tasks that wait for one socket.
///
/// Like the socket, it is used by one task or thread at a time. The loop resumes only the first of them when the socket's descriptor
/// becomes readable. That task reads `ZMQ_EVENTS`, and resumes the tasks that wait for one of these events.
@safe
final class SocketWaiters {
  /// The descriptor that libzmq makes readable when something happens to the socket, until a call on the socket reads that event.
  @exclusivity(unchecked)
  private var polled: PolledDescriptor

  /// The tasks that are suspended until something happens to the socket.
  @exclusivity(unchecked)
  private var entries: [Entry] = []

  /// The locks of the tasks that receive, that send, and that make requests and receive the replies to them.
  @exclusivity(unchecked)
  private var receivers = FIFOLock()
  @exclusivity(unchecked)
  private var senders = FIFOLock()
  @exclusivity(unchecked)
  var requesters = FIFOLock()

  /// The time after which a task retries that may not be resumed for an event.
  static var retryInterval: Duration { .milliseconds(5) }

  private struct Entry {
    let waiter: Waiter
    /// The events that end the wait, as far as the socket reports them.
    let events: Int32
  }

  init(descriptor: Int32) {
    unsafe polled = PolledDescriptor(descriptor)
  }

  var isEmpty: Bool { unsafe entries.isEmpty }

  /// Returns a Boolean value that indicates whether a waiter added now would be resumed when something happens to the socket.
  func isPolled(by loop: ExecutorLoop) -> Bool {
    unsafe entries.isEmpty ? polled.register(with: loop) : polled.isRegistered
  }

  /// Adds a waiter.
  ///
  /// - Returns: A Boolean value that indicates whether its loop knows it by the socket's descriptor.
  @discardableResult
  func add(_ waiter: Waiter, for events: Int32) -> Bool {
    unsafe entries.append(Entry(waiter: waiter, events: events))
    guard unsafe entries.count == 1 else { return false }
    arm(waiter)
    return true
  }

  /// Removes a waiter.
  ///
  /// - Returns: A Boolean value that indicates whether it was there.
  @discardableResult
  func remove(_ waiter: Waiter) -> Bool {
    guard let index = unsafe entries.firstIndex(where: { $0.waiter === waiter }) else { return false }
    unsafe entries.remove(at: index)
    unsafe polled.disarm(waiter)
    return true
  }

  /// Lets the first waiter be resumed when something happens to the socket.
  private func arm(_ waiter: Waiter) {
    if unsafe polled.register(with: waiter.loop) {
      unsafe polled.arm(waiter)
    } else if waiter.deadline > Deadline(after: Self.retryInterval) {
      // Its task does not retry yet.
      waiter.resume(with: .ready)
    }
  }

  /// Resumes the waiters for any of these events, or else has the next event resume the first one.
  ///
  /// - Returns: A Boolean value that indicates whether a task has been resumed, and will wake the others.
  func resume(for events: Int32) -> Bool {
    var isAnyAwake = false
    for entry in unsafe entries {
      if entry.events & events != 0 { entry.waiter.resume(with: .ready) }
      if entry.waiter.isFinished { isAnyAwake = true }
    }
    if !isAnyAwake, let first = unsafe entries.first?.waiter { arm(first) }
    return isAnyAwake
  }

  func resumeFirst() {
    unsafe entries.first?.waiter.resume(with: .ready)
  }

  /// Resumes all waiters, and leaves the loop: the socket is about to be closed.
  func end() {
    for entry in unsafe entries { entry.waiter.resume(with: .ready) }
    unsafe polled.deregister()
  }

  /// Acquires the lock to receive or to send, as ``FIFOLock`` says.
  func acquire(for event: Int32, until deadline: Deadline) -> Waiter? {
    unsafe event == ZMQ_POLLIN ? receivers.acquire(until: deadline) : senders.acquire(until: deadline)
  }

  func release(for event: Int32) {
    if event == ZMQ_POLLIN { unsafe receivers.release() } else { unsafe senders.release() }
  }
}
