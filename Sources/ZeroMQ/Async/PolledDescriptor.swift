internal import CZeroMQ
internal import Synchronization

/// A descriptor that an executor's loop polls, for one waiter at a time.
///
/// It is registered with its loop once, edge-triggered. An edge without a waiter is kept for the next one: readiness is never
/// lost, though it can be out of date.
struct PolledDescriptor: ~Copyable {
  let descriptor: Int32
  private var registration: PollRegistration?

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    registration?.end()
  }

  var isRegistered: Bool { registration != nil }

  /// Registers the descriptor with a loop, in place of the one that it was registered with.
  ///
  /// - Returns: A Boolean value that indicates whether the loop polls the descriptor; `false` if the system refuses.
  mutating func register(with loop: ExecutorLoop) -> Bool {
    if let registration, registration.loop === loop { return true }
    deregister()
    registration = PollRegistration(descriptor, loop)
    return isRegistered
  }

  /// Leaves the loop; the descriptor may be closed afterwards.
  mutating func deregister() {
    registration?.end()
    registration = nil
  }

  /// Lets a waiter be resumed when the descriptor becomes readable, and cancelled when the loop is shut down.
  ///
  /// Has no effect while another waiter is armed.
  func arm(_ waiter: Waiter) { registration?.arm(waiter) }

  /// Stops a waiter from being resumed.
  func disarm(_ waiter: Waiter) { registration?.disarm(waiter) }
}

/// The part of a ``PolledDescriptor`` that it shares with the loop's thread.
final class PollRegistration: Sendable {
  let loop: ExecutorLoop
  private let descriptor: Int32

  /// The state: 0 without a waiter, 1 if the descriptor became readable without one, or else the address of the waiter, which is
  /// retained.
  private let state = Atomic(PollRegistration.idle)
  private static let idle: UInt = 0
  private static let ready: UInt = 1

  fileprivate init?(_ descriptor: Int32, _ loop: ExecutorLoop) {
    self.loop = loop
    self.descriptor = descriptor
    guard loop.poll(descriptor, for: self) else { return nil }
  }

  fileprivate func end() {
    loop.stopPolling(descriptor, for: self)
    // SAFETY: the pointer points to a waiter, retained by `arm`; the call that exchanges the address owns the reference.
    let waiter = unsafe UnsafeRawPointer(bitPattern: state.exchange(Self.idle, ordering: .acquiringAndReleasing) & ~Self.ready)
    if let waiter = unsafe waiter { unsafe Unmanaged<Waiter>.fromOpaque(waiter).release() }
  }

  fileprivate func arm(_ waiter: Waiter) {
    // SAFETY: the pointer points to a waiter, retained here; the call that exchanges the address owns the reference.
    let retained = unsafe Unmanaged.passRetained(waiter)
    let number = unsafe UInt(bitPattern: retained.toOpaque())
    let result = state.compareExchange(expected: Self.idle, desired: number, ordering: .sequentiallyConsistent)
    if result.exchanged {
      // The loop may have been shut down since it was asked to poll.
      if loop.isShutDown { signal(.cancelled) }
      return
    }
    unsafe retained.release()
    guard result.original == Self.ready else { return }
    // The waiter's next call on the socket reads all events that have occurred.
    state.store(Self.idle, ordering: .releasing)
    waiter.resume(with: .ready)
  }

  fileprivate func disarm(_ waiter: Waiter) {
    let waiting = unsafe Unmanaged.passUnretained(waiter)
    let number = unsafe UInt(bitPattern: waiting.toOpaque())
    // SAFETY: the pointer points to the waiter, owned by the caller; the exchange hands over the reference that `arm` retained.
    if state.compareExchange(expected: number, desired: Self.idle, ordering: .acquiringAndReleasing).exchanged {
      unsafe waiting.release()
    }
  }

  /// Ends the wait of the waiter.
  ///
  /// Without a waiter, readiness is kept for the next one.
  ///
  /// Called on the loop's thread.
  func signal(_ outcome: Waiter.Outcome = .ready) {
    var current = state.load(ordering: .relaxed)
    while true {
      let isWaiting = current > Self.ready
      if !isWaiting && outcome != .ready { return }
      let result = state.compareExchange(
        expected: current, desired: isWaiting ? Self.idle : Self.ready, ordering: .acquiringAndReleasing)
      current = result.original
      guard result.exchanged else { continue }
      // SAFETY: the pointer points to a waiter, retained by `arm`; this call has exchanged the address and owns the reference.
      guard isWaiting, let address = unsafe UnsafeRawPointer(bitPattern: current) else { return }
      if unsafe Unmanaged<Waiter>.fromOpaque(address).takeRetainedValue().resume(with: outcome) { return }
      // That wait had ended already.
      current = Self.idle
    }
  }
}
