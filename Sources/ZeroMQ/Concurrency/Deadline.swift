internal import CZeroMQ

/// A time on the system's steady clock, in nanoseconds.
///
/// A `ContinuousClock.Instant` is of a type that the compiler knows nothing about, and so costs several times as much to carry around.
struct Deadline: Comparable, Sendable {
  private let nanoseconds: Int64
}

extension Deadline {
  /// A time after now, or ``never`` if it is too late to be represented.
  init(after time: Duration) {
    nanoseconds = Int64(clamping: Int128(Self.now.nanoseconds) + max(time, .zero).attoseconds / 1_000_000_000)
  }

  /// The deadline that does not come.
  static var never: Self { Self(nanoseconds: .max) }

  static var now: Self {
    var time = timespec()
    // SAFETY: `&time` points to a local variable, valid during the call; the system writes one `timespec`.
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Self(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  /// The time that is left; zero if the deadline has passed.
  var remaining: Duration { .nanoseconds(max(nanoseconds - Self.now.nanoseconds, 0)) }

  /// The time that is left, rounded up, as `poll` takes it; negative if the deadline does not come.
  var remainingMilliseconds: Int32 {
    if self == .never { return -1 }
    return Int32(clamping: (max(nanoseconds - Self.now.nanoseconds, 0) + 999_999) / 1_000_000)
  }

  var hasPassed: Bool { self != .never && nanoseconds <= Self.now.nanoseconds }

  static func < (first: Self, second: Self) -> Bool { first.nanoseconds < second.nanoseconds }
}
