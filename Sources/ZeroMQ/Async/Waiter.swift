internal import Builtin
internal import Synchronization

/// A one-shot wait of a task, which the first of several events ends, on any thread.
final class Waiter: Sendable {
  /// The cause that ended a wait; the raw values are smaller than any address.
  enum Outcome: UInt {
    case ready = 1
    case timedOut = 2
    case cancelled = 3
  }

  /// The time at which the loop ends the wait.
  let deadline: Deadline

  /// The loop that ends the wait: at its deadline, when the loop is shut down, and when a descriptor becomes readable.
  let loop: ExecutorLoop

  /// 0 until the task is suspended, then its continuation as an integer, then the outcome.
  private let state = Atomic<UInt>(0)

  init(until deadline: Deadline, on loop: ExecutorLoop = .forCurrentTask) {
    self.deadline = deadline
    self.loop = loop
  }

  var isFinished: Bool { outcome != nil }

  private var outcome: Outcome? { Outcome(rawValue: state.load(ordering: .acquiring)) }

  /// Suspends the task until the wait ends.
  ///
  /// Cancelling the task ends the wait. The wait can end before the task is suspended.
  ///
  /// - Parameter isPolled: A Boolean value that indicates whether the loop knows the waiter by a descriptor that it polls.
  @inline(__always)
  func wait(isPolled: Bool = false) async -> Outcome {
    if deadline != .never || loop.canShutDown && !isPolled { loop.add(self) }
    #if compiler(>=6.3)
      // The primitive of `withTaskCancellationHandler`, whose own function and closure cost two suspensions more.
      let record = unsafe Builtin.taskAddCancellationHandler(handler: { self.resume(with: .cancelled) })
      if Self.isNone(#isolation) {
        // Nothing to return to but the task's executor, which the continuation resumes on. `withUnsafeContinuation` asks twice.
        let _: Void = await Builtin.withUnsafeContinuation { continuation in
          suspended(unsafe unsafeBitCast(continuation, to: UInt.self))
        }
      } else {
        await suspendTaskInActor()
      }
      unsafe Builtin.taskRemoveCancellationHandler(record: record)
    #else
      await withTaskCancellationHandler {
        await suspendTask()
      } onCancel: {
        resume(with: .cancelled)
      }
    #endif
    return outcome ?? .ready
  }

  // Swift 6.3.1 cannot compile the comparison where it is optimized together with the wait.
  @inline(never)
  private static func isNone(_ actor: (any Actor)?) -> Bool { actor == nil }

  /// Suspends a task inside an actor, and returns directly to the actor's thread.
  @inline(never)
  private func suspendTaskInActor() async {
    if LoopThread.current?.isPreferred ?? true { return await suspendTask() }
    // A task that prefers another executor would return by way of that.
    await withTaskExecutorPreference(loop) { await suspendTask() }
  }

  @inline(__always)
  private func suspendTask() async {
    await unsafe withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      suspended(unsafe unsafeBitCast(continuation, to: UInt.self))
    }
  }

  /// Stores the continuation of the suspended task, or resumes it if the wait has ended already.
  @inline(__always)
  private func suspended(_ continuation: UInt) {
    // SAFETY: the integer is the continuation's bit pattern; `resume(with:)` turns it back into a continuation, only once.
    guard !state.compareExchange(expected: 0, desired: continuation, ordering: .acquiringAndReleasing).exchanged else { return }
    unsafe unsafeBitCast(continuation, to: UnsafeContinuation<Void, Never>.self).resume()
  }

  /// Ends the wait, and resumes the task if it is suspended.
  ///
  /// - Returns: A Boolean value that indicates whether this call ended the wait.
  @discardableResult
  func resume(with outcome: Outcome) -> Bool {
    var current = state.load(ordering: .relaxed)
    while Outcome(rawValue: current) == nil {
      let result = state.weakCompareExchange(expected: current, desired: outcome.rawValue, ordering: .acquiringAndReleasing)
      current = result.original
      guard result.exchanged else { continue }
      // SAFETY: the integer is a continuation's bit pattern; only this call has exchanged it.
      if current != 0 { unsafe unsafeBitCast(current, to: UnsafeContinuation<Void, Never>.self).resume() }
      return true
    }
    return false
  }
}
