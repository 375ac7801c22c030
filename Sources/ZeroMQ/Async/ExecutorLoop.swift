internal import CZeroMQ
internal import Synchronization

/// The thread of a ``SocketExecutor``: runs jobs, and ends the waits whose descriptors are readable or whose time has come.
///
/// It never touches a socket, only the descriptors that libzmq makes readable when something happens to one, so that a socket stays
/// with those who use it.
final class ExecutorLoop: Sendable {
  private let state = Lock(State())
  private let spinTime: Duration

  /// Whether waits may have to be ended because the loop is.
  let canShutDown: Bool

  /// How many of the jobs that the thread has taken are still to be run after the one that is running.
  private let jobsAtHand = Atomic(0)

  private struct State {
    /// What is to be run, in order.
    var jobs: [Job] = []
    /// What is to be watched from the next turn on.
    var arrivals: [Watch] = []
    /// How many waits the thread sees to already.
    var watchCount = 0
    /// Whether there is a thread.
    var isRunning = false
    /// Whether the thread sleeps, and has to be woken.
    var isAsleep = false
    var isShutDown = false
  }

  /// What wakes the thread; without one, if the system had no descriptor left, it looks every millisecond.
  private let wakeup = try? WakeupPipe()

  /// Something to be run, with the executor that it was given to, which lives for as long as that takes.
  enum Job: Sendable {
    case task(UnownedJob, SocketExecutor)
    case actor(UnownedJob, ActorExecutor)

    func run() {
      switch self {
      case .task(let job, let executor): unsafe job.runSynchronously(on: executor.asUnownedTaskExecutor())
      case .actor(let job, let executor): unsafe job.runSynchronously(on: executor.asUnownedSerialExecutor())
      }
    }
  }

  /// A wait, and one of the descriptors that end it; without one, its deadline does, or somebody else.
  struct Watch: Sendable {
    let suspension: Suspension
    var descriptor: Int32 = -1
    var events = Int16(POLLIN)
  }

  init(spinTime: Duration, canShutDown: Bool) {
    self.spinTime = spinTime
    self.canShutDown = canShutDown
  }

  // MARK: From any thread

  /// Takes a job.
  func enqueue(_ job: Job) {
    wake { $0.jobs.append(job) }
  }

  /// Sees to the end of a wait.
  func watch(_ watch: Watch) {
    wake { $0.arrivals.append(watch) }
  }

  /// Sees to the end of a wait that several descriptors end.
  func watch(_ watches: [Watch]) {
    wake { $0.arrivals += watches }
  }

  /// Whether the thread has anything to see to beside the task that it is running.
  var hasOthers: Bool {
    jobsAtHand.load(ordering: .relaxed) > 0
      || state.withLock { !$0.jobs.isEmpty || !$0.arrivals.isEmpty || $0.watchCount > 0 }
  }

  /// Ends the waits that there are and those to come, and the thread once it has nothing to do.
  func shutDown() {
    wake(startingThread: false) { $0.isShutDown = true }
  }

  /// Gives the thread something to do.
  private func wake(startingThread: Bool = true, _ change: (inout State) -> Void) {
    let (wakes, starts) = state.withLock { state in
      change(&state)
      // Woken once, however much there is to do.
      let wakes = state.isAsleep && Self.current !== self
      state.isAsleep = false
      let starts = startingThread && !state.isRunning
      if starts { state.isRunning = true }
      return (wakes, starts)
    }
    if wakes { wakeup?.signal() }
    if starts, !runDetached({ self.run() }) { preconditionFailure("the system has no thread left for a socket executor") }
  }

  // MARK: On the thread

  /// The loop whose thread is the calling one.
  static var current: ExecutorLoop? {
    guard let pointer = unsafe pthread_getspecific(key) else { return nil }
    // SAFETY: the thread holds its loop for as long as the pointer is set.
    return unsafe Unmanaged<ExecutorLoop>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// The loop that waits for the running task.
  static var forCurrentTask: ExecutorLoop { current ?? SocketExecutor.shared.loop }

  /// Where each thread has its loop.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let result = unsafe pthread_key_create(&key, nil)
    precondition(result == 0, "the system has no thread-specific key left")
    return key
  }()

  private func run() {
    unsafe pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
    defer { pthread_setspecific(Self.key, nil) }
    var watches = WatchList(wakeup: wakeup)
    var jobs: [Job] = []
    var arrivals: [Watch] = []
    while true {
      state.withLock { state in
        state.isAsleep = false
        state.watchCount = watches.count
        swap(&jobs, &state.jobs)
      }
      for index in jobs.indices {
        jobsAtHand.store(jobs.count - index - 1, ordering: .relaxed)
        jobs[index].run()
      }
      jobs.removeAll(keepingCapacity: true)
      let step = prepare(&arrivals, hasWatches: !watches.isEmpty)
      for watch in arrivals { watches.add(watch) }
      arrivals.removeAll(keepingCapacity: true)
      switch step {
      case .look: if watches.count > 0 { watches.look(for: .zero) }
      case .sleep: sleep(&watches)
      case .finish: watches.finishAll(.cancelled)
      case .end: return
      }
    }
  }

  private enum Step { case look, sleep, finish, end }

  /// Takes the waits that have arrived, and decides how to go on.
  private func prepare(_ arrivals: inout [Watch], hasWatches: Bool) -> Step {
    state.withLock { state in
      swap(&arrivals, &state.arrivals)
      if state.isShutDown, hasWatches || !arrivals.isEmpty { return .finish }
      guard state.jobs.isEmpty else { return .look }
      if state.isShutDown {
        state.isRunning = false
        return .end
      }
      state.isAsleep = true
      return .sleep
    }
  }

  /// Sleeps until a descriptor is readable, a deadline has come or somebody wakes the thread.
  private func sleep(_ watches: inout WatchList) {
    if spinTime > .zero {
      let end = Deadline(after: spinTime)
      repeat {
        if watches.look(for: .zero) || !state.withLock({ $0.isAsleep }) { return }
      } while !end.hasPassed
    }
    watches.look(for: nil)
  }
}
