internal import CZeroMQ

/// A time on the system's steady clock, in nanoseconds.
///
/// A `ContinuousClock.Instant` is of a type that the compiler knows nothing about, and so costs several times as much to carry around.
struct Deadline: Comparable, Sendable {
  private let nanoseconds: Int64

  /// Some time from now, or as late as can be.
  init(after time: Duration) {
    let now = Self.clock()
    let (seconds, attoseconds) = time.components
    let (whole, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (total, isTooLong) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
    let (sum, isTooLate) = now.addingReportingOverflow(total)
    nanoseconds = overflows || isTooLong || isTooLate ? (time < .zero ? now : .max) : sum
  }

  /// The time that is left; none if it has passed.
  var remaining: Duration { .nanoseconds(max(nanoseconds - Self.clock(), 0)) }

  var hasPassed: Bool { nanoseconds <= Self.clock() }

  static var now: Self { Self(after: .zero) }

  static func < (first: Self, second: Self) -> Bool { first.nanoseconds < second.nanoseconds }

  private static func clock() -> Int64 {
    var time = timespec()
    // SAFETY: one time is written to one time.
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
