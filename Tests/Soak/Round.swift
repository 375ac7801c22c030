import Synchronization
import ZeroMQ

/// What the tasks of one round share.
final class Round: Sendable {
  let watchdog: Watchdog
  let title: String

  /// How many messages each stream has.
  let quota: Int

  private let isLate: @Sendable () -> Bool
  private let received = Atomic(0)
  private let cancelled = Atomic(0)
  private let blocked = Atomic(0)

  init(_ title: String, quota: Int, watchdog: Watchdog, isLate: @escaping @Sendable () -> Bool) {
    (self.title, self.quota, self.watchdog, self.isLate) = (title, quota, watchdog, isLate)
    watchdog.begin(title)
  }

  /// Whether streams are to end before their quota is sent.
  var isOver: Bool { isLate() }

  var messages: Int { received.load(ordering: .relaxed) }
  var cancellations: Int { cancelled.load(ordering: .relaxed) }
  var refusals: Int { blocked.load(ordering: .relaxed) }

  func countMessage() {
    received.add(1, ordering: .relaxed)
    watchdog.move()
  }

  func countCancellation() {
    cancelled.add(1, ordering: .relaxed)
  }

  /// Counts a send that was refused at the high-water mark.
  func countRefusal() {
    blocked.add(1, ordering: .relaxed)
  }
}

/// Ends tasks that would wait for ever once there is nothing left to wait for.
final class Stopper: Sendable {
  private let state = Lock(State())

  private struct State {
    var isStopped = false
    var tasks: [Int: Task<Void, any Error>] = [:]
    var next = 0
  }

  var isStopped: Bool { state.withLock(\.isStopped) }

  func stop() {
    let tasks = state.withLock { state in
      state.isStopped = true
      return Array(state.tasks.values)
    }
    for task in tasks { task.cancel() }
  }

  /// Waits for a task, which is cancelled when it is time to stop.
  func result(of task: Task<Void, any Error>) async -> Result<Void, any Error> {
    let key = state.withLock { state in
      if state.isStopped { task.cancel() }
      state.next += 1
      state.tasks[state.next] = task
      return state.next
    }
    defer { state.withLock { _ = $0.tasks.removeValue(forKey: key) } }
    return await withTaskCancellationHandler {
      await task.result
    } onCancel: {
      task.cancel()
    }
  }
}
