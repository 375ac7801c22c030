import CBaseline
import Synchronization

/// A thread that the second half of a workload runs on; made like that of the C cases.
final class Worker<Result: Sendable>: Sendable {
  private let outcome = Mutex<Swift.Result<Result, any Error>?>(nil)
  private let body: @Sendable () throws -> Result
  private let thread = Mutex<UInt>(0)

  /// Starts the thread.
  init(_ body: @escaping @Sendable () throws -> Result) {
    self.body = body
    let argument = Unmanaged.passRetained(self as AnyObject).toOpaque()
    let started = baseline_thread_start(
      { argument in (Unmanaged<AnyObject>.fromOpaque(argument).takeRetainedValue() as? any Runnable)?.run() }, argument)
    thread.withLock { $0 = UInt(bitPattern: started) }
  }

  /// Waits for the thread's end, and returns what its body returned.
  func join() throws -> Result {
    baseline_thread_join(OpaquePointer(bitPattern: thread.withLock { $0 })!)
    return try outcome.withLock { try $0!.get() }
  }
}

private protocol Runnable: AnyObject {
  func run()
}

extension Worker: Runnable {
  fileprivate func run() {
    let result = Swift.Result<Result, any Error>(catching: body)
    if case .failure(let error) = result { fatalError("a benchmark's second thread failed: \(error)") }
    outcome.withLock { $0 = result }
  }
}
