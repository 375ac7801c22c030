internal import Builtin
internal import Synchronization

/// One wait of a task, which ends once: for whatever comes first, and on whatever thread.
final class Suspension: Sendable {
  /// What has ended a wait; the numbers are smaller than any address.
  enum Outcome: UInt {
    case ready = 1
    case timedOut = 2
    case cancelled = 3
  }

  /// When the wait ends by itself.
  let deadline: Deadline?

  /// 0 before the task is suspended, then its continuation as a number, then what ended the wait.
  private let state = Atomic<UInt>(0)

  init(until deadline: Deadline? = nil) {
    self.deadline = deadline
  }

  var isFinished: Bool { outcome != nil }

  private var outcome: Outcome? { Outcome(rawValue: state.load(ordering: .acquiring)) }

  /// Suspends the task until the wait is ended, by its own cancellation, too.
  ///
  /// - Parameter begin: sees to it that somebody ends the wait.
  /// - Returns: what ended it.
  func wait(_ begin: () -> Void) async -> Outcome {
    await suspend(begin) { finish(.cancelled) }
    return outcome ?? .ready
  }

  /// Suspends the task, as `withTaskCancellationHandler` would; that is generic and resilient, and looks for the task's executor four
  /// times more.
  private func suspend(_ begin: () -> Void, onCancel handler: @Sendable () -> Void) async {
    let record = unsafe Builtin.taskAddCancellationHandler(handler: handler)
    let _: Void = await Builtin.withUnsafeContinuation { (continuation: Builtin.RawUnsafeContinuation) in
      // SAFETY: a continuation is the address of its task, and made one again only in `finish`, which does so once.
      let number = unsafe unsafeBitCast(continuation, to: UInt.self)
      if state.compareExchange(expected: 0, desired: number, ordering: .acquiringAndReleasing).exchanged {
        begin()
      } else {
        Self.resume(number)
      }
    }
    await Self.enter()
    unsafe Builtin.taskRemoveCancellationHandler(record: record)
  }

  /// Goes back to the caller's isolation, which a task that is resumed is not in.
  @inline(__always)
  private static func enter(_ isolation: isolated (any Actor)? = #isolation) async {}

  private static func resume(_ number: UInt) {
    unsafe unsafeBitCast(number, to: UnsafeContinuation<Void, Never>.self).resume()
  }

  /// Ends the wait.
  ///
  /// - Returns: whether it was this call that did.
  @discardableResult
  func finish(_ outcome: Outcome) -> Bool {
    var current = state.load(ordering: .relaxed)
    while Outcome(rawValue: current) == nil {
      let result = state.weakCompareExchange(expected: current, desired: outcome.rawValue, ordering: .acquiringAndReleasing)
      current = result.original
      guard result.exchanged else { continue }
      // SAFETY: the number stands for a continuation, and whoever takes it from here has it alone.
      if current != 0 { Self.resume(current) }
      return true
    }
    return false
  }
}
