import Dispatch
import Synchronization
import ZeroMQ

/// The work of an asynchronous case, which the thread that takes the sample waits for.
///
/// The clock is read inside the tasks, so that neither their start nor this waiting is measured.
final class AsyncWork<Result: Sendable>: Sendable {
  private let outcome = Mutex<Swift.Result<Result, any Error>?>(nil)
  private let ended = DispatchSemaphore(value: 0)

  /// Runs something in a task on an executor, or on none, and blocks the calling thread until it has ended.
  static func run(on executor: SocketExecutor?, _ body: sending @escaping () async throws -> Result) throws -> Result {
    let work = AsyncWork()
    Task(executorPreference: executor) {
      let result: Swift.Result<Result, any Error>
      do { result = .success(try await body()) } catch { result = .failure(error) }
      work.outcome.withLock { $0 = result }
      work.ended.signal()
    }
    work.ended.wait()
    return try work.outcome.withLock { try $0!.get() }
  }
}
