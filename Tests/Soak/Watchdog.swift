import Foundation
import Synchronization

/// Ends the program when nothing has moved for a while, and says who waits for what.
final class Watchdog: Sendable {
  private let patience: Duration
  private let movements = Atomic(0)
  private let state = Lock(State())

  private struct State {
    var title = ""
    var workers: [Worker] = []
  }

  init(patience: Duration) {
    self.patience = patience
    Thread.detachNewThread { [self] in watch() }
  }

  /// Begins something, with workers of its own.
  func begin(_ title: String) {
    state.withLock { $0 = State(title: title) }
    move()
  }

  /// Makes a worker to be watched.
  func worker(_ name: String) -> Worker {
    let worker = Worker(name)
    state.withLock { $0.workers.append(worker) }
    return worker
  }

  /// Lets go of the workers that have finished.
  func forgetFinished() {
    state.withLock { $0.workers.removeAll(where: \.isFinished) }
  }

  /// Says that something has moved.
  func move() {
    movements.add(1, ordering: .relaxed)
  }

  private func watch() -> Never {
    var (last, since) = (-1, ContinuousClock.now)
    while true {
      Thread.sleep(forTimeInterval: 0.5)
      let current = movements.load(ordering: .relaxed)
      if current != last { (last, since) = (current, .now) }
      if ContinuousClock.now - since > patience { giveUp() }
    }
  }

  private func giveUp() -> Never {
    let (title, workers) = state.withLock { ($0.title, $0.workers) }
    fail("nothing has moved for \(patience) in \(title):\n" + workers.filter { !$0.isFinished }.map { "  \($0.report)\n" }.joined())
  }
}

/// Says what went wrong and ends the program.
func fail(_ text: String) -> Never {
  FileHandle.standardError.write(Data("soak: \(text)\n".utf8))
  exit(1)
}

/// Says something at once.
func say(_ text: String) {
  FileHandle.standardOutput.write(Data("\(text)\n".utf8))
}

/// A value that one thread at a time may use; the thread sanitizer does not understand `Synchronization.Mutex`.
final class Lock<Value>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  init(_ value: sending Value) {
    self.value = value
  }

  func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    try lock.withLock { try body(&value) }
  }
}
