internal import CZeroMQ

/// The waits that an executor's thread sees to, beside what wakes it.
struct WatchList: ~Copyable {
  private let wakeup: WakeupPipe?

  /// The descriptors; the first one is the wake-up pipe's, and every other one that of the wait at its place, less one.
  private var descriptors: [pollfd]
  private var suspensions: [Suspension] = []

  /// When the first of the deadlines may come.
  private var nextDeadline: Deadline?

  /// The waits that others end, unless the thread is to end all; there is nothing to poll for them.
  private var parked: [Suspension] = []

  /// How many of them there may be before those that have ended are forgotten.
  private var parkingLimit = 64

  /// How many waits there are to poll for.
  var count: Int { suspensions.count }

  var isEmpty: Bool { suspensions.isEmpty && parked.isEmpty }

  init(wakeup: WakeupPipe?) {
    self.wakeup = wakeup
    descriptors = [pollfd(fd: wakeup?.readingEnd ?? -1, events: Int16(POLLIN), revents: 0)]
  }

  mutating func add(_ watch: ExecutorLoop.Watch) {
    if watch.descriptor < 0, watch.suspension.deadline == nil { return park(watch.suspension) }
    descriptors.append(pollfd(fd: watch.descriptor, events: watch.events, revents: 0))
    suspensions.append(watch.suspension)
    if let deadline = watch.suspension.deadline { nextDeadline = min(nextDeadline ?? deadline, deadline) }
  }

  private mutating func park(_ suspension: Suspension) {
    if parked.count >= parkingLimit {
      parked.removeAll(where: \.isFinished)
      parkingLimit = max(64, 2 * parked.count)
    }
    parked.append(suspension)
  }

  mutating func finishAll(_ outcome: Suspension.Outcome) {
    for suspension in suspensions + parked { suspension.finish(outcome) }
    suspensions.removeAll()
    parked.removeAll()
    descriptors.removeLast(descriptors.count - 1)
    nextDeadline = nil
  }

  /// Polls, and ends the waits whose descriptors are ready or whose time has come.
  ///
  /// - Parameter time: how long to wait for that at most; `nil` is until one of the deadlines.
  /// - Returns: whether a descriptor was ready.
  @discardableResult
  mutating func look(for time: Duration?) -> Bool {
    var time = time ?? nextDeadline?.remaining
    if wakeup == nil { time = min(time ?? .milliseconds(1), .milliseconds(1)) }
    let milliseconds = time.map { $0.roundedUp(to: .milliseconds(1)) ?? .max } ?? -1
    // SAFETY: as many descriptors as there are; one that has been closed meanwhile is reported, and ends its wait.
    let ready = unsafe descriptors.withUnsafeMutableBufferPointer {
      unsafe poll($0.baseAddress, nfds_t($0.count), milliseconds)
    }
    if ready > 0, descriptors[0].revents != 0 { wakeup?.drain() }
    sweep(isAnyReady: ready > 0)
    return ready > 0
  }

  /// Ends waits, and forgets those that have ended.
  private mutating func sweep(isAnyReady: Bool) {
    let now: Deadline? = nextDeadline == nil ? nil : .now
    nextDeadline = nil
    var kept = 0
    for index in suspensions.indices {
      let suspension = suspensions[index]
      if isAnyReady, descriptors[index + 1].revents != 0 { suspension.finish(.ready) }
      if let now, let deadline = suspension.deadline {
        if deadline <= now { suspension.finish(.timedOut) } else { nextDeadline = min(nextDeadline ?? deadline, deadline) }
      }
      if suspension.isFinished { continue }
      if kept != index {
        suspensions[kept] = suspension
        descriptors[kept + 1] = descriptors[index + 1]
      }
      kept += 1
    }
    suspensions.removeLast(suspensions.count - kept)
    descriptors.removeLast(descriptors.count - 1 - kept)
  }
}
