import Foundation
import Synchronization

/// A task of the soak, as the watchdog sees it.
final class Worker: Sendable {
  /// What it is busy with.
  enum Activity: Int {
    case nothing, receiving, receivingInTime, iterating, receivingFrames, waitingUntilReadable, polling
    case sending, sendingInTime, sendingFrames, sendingBytes, waitingUntilWritable, resting, finished
  }

  let name: String
  private let activity = Atomic(0)
  private let since = Atomic(Worker.now)
  private let count = Atomic(0)

  init(_ name: String) {
    self.name = name
  }

  /// Says what the worker does next.
  func note(_ activity: Activity) {
    self.activity.store(activity.rawValue, ordering: .relaxed)
    since.store(Self.now, ordering: .relaxed)
  }

  /// Says that it has got on.
  func advance() {
    count.add(1, ordering: .relaxed)
  }

  var report: String {
    let seconds = Double(Self.now - since.load(ordering: .relaxed)) / 1e9
    let what = Activity(rawValue: activity.load(ordering: .relaxed)) ?? .nothing
    return "\(name): \(what) for \(String(format: "%.1f", seconds)) s, done \(count.load(ordering: .relaxed))"
  }

  var isFinished: Bool { activity.load(ordering: .relaxed) == Activity.finished.rawValue }

  private static let start = ContinuousClock.now

  private static var now: Int { Int((ContinuousClock.now - start) / .nanoseconds(1)) }
}
