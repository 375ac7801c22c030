internal import CZeroMQ
internal import Synchronization

/// A descriptor that an executor's loop polls, for one waiter at a time.
///
/// Registered with its loop once, edge-triggered. An edge that comes while nobody waits is kept for the next waiter: readiness is
/// never lost, though it may be out of date.
struct PolledDescriptor: ~Copyable {
  let descriptor: Int32
  private var registration: PollRegistration?

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    registration?.end()
  }

  /// Registers the descriptor with a loop, in place of the one that it was registered with.
  ///
  /// - Returns: A Boolean value that indicates whether the loop polls the descriptor; `false` if the system refuses.
  mutating func register(with loop: ExecutorLoop) -> Bool {
    if let registration, registration.loop === loop { return true }
    deregister()
    registration = PollRegistration(descriptor, loop)
    return registration != nil
  }

  /// Leaves the loop; the descriptor may be closed afterwards.
  mutating func deregister() {
    registration?.end()
    registration = nil
  }

  /// Lets a waiter be resumed when the descriptor becomes readable, and cancelled when the loop is shut down, unless another waits already.
  func arm(_ waiter: Waiter) { registration?.arm(waiter) }

  /// Forgets a waiter.
  func disarm(_ waiter: Waiter) { registration?.disarm(waiter) }
}

/// The part of a ``PolledDescriptor`` that it shares with the loop's thread.
final class PollRegistration: Sendable {
  let loop: ExecutorLoop
  private let descriptor: Int32

  /// Nothing, or that the descriptor became readable while nobody waited, or else the address of the waiter, which is retained.
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
    // SAFETY: as in `arm`.
    let waiter = unsafe UnsafeRawPointer(bitPattern: state.exchange(Self.idle, ordering: .acquiringAndReleasing) & ~Self.ready)
    if let waiter = unsafe waiter { unsafe Unmanaged<Waiter>.fromOpaque(waiter).release() }
  }

  fileprivate func arm(_ waiter: Waiter) {
    // SAFETY: the address is that of a waiter, retained here, and released by the call that exchanges it for something else.
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
    // The waiter's next call on the socket notices all that happened until now.
    state.store(Self.idle, ordering: .releasing)
    waiter.resume(with: .ready)
  }

  fileprivate func disarm(_ waiter: Waiter) {
    let waiting = unsafe Unmanaged.passUnretained(waiter)
    let number = unsafe UInt(bitPattern: waiting.toOpaque())
    // SAFETY: as above.
    if state.compareExchange(expected: number, desired: Self.idle, ordering: .acquiringAndReleasing).exchanged {
      unsafe waiting.release()
    }
  }

  /// Ends the wait of the waiter; if nobody waits, readiness is kept for the next one.
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
      // SAFETY: as in `arm`.
      guard isWaiting, let address = unsafe UnsafeRawPointer(bitPattern: current) else { return }
      if unsafe Unmanaged<Waiter>.fromOpaque(address).takeRetainedValue().resume(with: outcome) { return }
      // That wait had ended already.
      current = Self.idle
    }
  }
}
