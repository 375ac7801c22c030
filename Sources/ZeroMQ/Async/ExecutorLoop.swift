internal import CZeroMQ
internal import Synchronization

/// The event loop of a ``SocketExecutor``: its thread runs jobs, and ends waits when a descriptor is readable or a deadline has
/// passed.
///
/// It never uses a socket, only the descriptors that libzmq makes readable when an event of a socket occurs. So a socket stays
/// with the task that uses it.
final class ExecutorLoop: Sendable {
  private let inbox = Lock(Inbox())
  private let phase = Atomic(Phase.awake.rawValue)
  private let pollSet = PollSet()
  private let spinTime: Duration
  private let hasShutDown = Atomic(false)

  /// The pipe that wakes the thread; `nil` if the system could not open or poll it.
  ///
  /// Without it, the thread wakes every millisecond.
  private let wakeupPipe: WakeupPipe?

  /// A Boolean value that indicates whether the loop can be shut down, and so must know every waiter, to cancel it.
  ///
  /// `false` only for the shared executor.
  let canShutDown: Bool

  /// The state of the thread, as other threads see it.
  private enum Phase: Int {
    case awake, asleep
    /// Another thread has put something into the inbox.
    case called
  }

  /// The jobs, waiters and registrations that other threads leave for this one.
  private struct Inbox {
    var jobs: [Job] = []
    var waiters: [Waiter] = []
    var registrations: [ObjectIdentifier: PollRegistration] = [:]
    /// Registrations that have ended, which the thread may be about to signal.
    var ended: [PollRegistration] = []
    /// A Boolean value that indicates whether there is a thread.
    var isRunning = false
  }

  /// A piece of work, with the executor that it was enqueued on, which it owns a reference to.
  ///
  /// Each job is run once, and releases its reference then. As managed references they would be counted three times for each job.
  ///
  // SAFETY of `@unchecked Sendable`: the objects are Sendable, and only the thread that runs the job uses and releases its reference.
  @safe
  enum Job: @unchecked Sendable {
    case task(UnownedJob, Unmanaged<SocketExecutor>)
    case actor(UnownedJob, Unmanaged<ActorExecutor>)
    /// A task that has waited inside an actor, on its way back there.
    case returning(UnownedJob, Unmanaged<ExecutorLoop>)
    /// A task that lets other tasks run first.
    case resume(Unmanaged<Waiter>)
  }

  init(spinTime: Duration, canShutDown: Bool) {
    self.spinTime = spinTime
    self.canShutDown = canShutDown
    let pipe = try? WakeupPipe()
    // SAFETY: the pointer is nil, which only the pipe's is.
    wakeupPipe = if let pipe, unsafe pollSet.add(pipe.readingEnd, POLLIN, .level, nil) == nil { pipe } else { nil }
  }

  /// The loop that waits for the current task.
  static var forCurrentTask: ExecutorLoop { LoopThread.withCurrent { $0?.loop } ?? SocketExecutor.shared.loop }

  var isShutDown: Bool { hasShutDown.load(ordering: .sequentiallyConsistent) }

  /// A Boolean value that indicates whether the current thread is the loop's.
  var isCurrent: Bool { LoopThread.withCurrent { $0?.loop === self } }

  // MARK: From any thread

  func enqueue(_ job: Job) {
    let isCurrent = LoopThread.withCurrent { thread in
      guard let thread, thread.loop === self else { return false }
      thread.enqueue(job)
      return true
    }
    if !isCurrent { call { $0.jobs.append(job) } }
  }

  /// Ends a wait at its deadline, and when the loop is shut down.
  func add(_ waiter: Waiter) {
    if let thread = LoopThread.current, thread.loop === self { return thread.add(waiter) }
    call { $0.waiters.append(waiter) }
  }

  /// Cancels all waits, current and future, and ends the thread once no job is left.
  func shutDown() {
    hasShutDown.store(true, ordering: .sequentiallyConsistent)
    call(startingThread: false) { _ in }
  }

  /// Polls a descriptor, until ``stopPolling(_:for:)``.
  ///
  /// - Returns: A Boolean value that indicates whether the system could add the descriptor.
  func poll(_ descriptor: Int32, for registration: PollRegistration) -> Bool {
    // SAFETY: the pointer points to the registration, owned by its descriptor and then by the inbox, valid until the thread has taken
    // it from there; used only on the thread.
    let context = unsafe Unmanaged.passUnretained(registration).toOpaque()
    guard unsafe pollSet.add(descriptor, POLLIN, .edge, context) == nil else { return false }
    if canShutDown {
      inbox.withLock { $0.registrations[ObjectIdentifier(registration)] = registration }
    } else {
      // The thread of the shared loop may not have been needed before.
      call { _ in }
    }
    return true
  }

  func stopPolling(_ descriptor: Int32, for registration: PollRegistration) {
    pollSet.remove(descriptor)
    let count = inbox.withLock { inbox in
      inbox.registrations[ObjectIdentifier(registration)] = nil
      // Without a thread, no code would release it, and it retains the loop.
      if inbox.isRunning { inbox.ended.append(registration) }
      return inbox.ended.count
    }
    // The thread may sleep for a long time, but must not keep an unlimited number of registrations.
    if count >= 64 { call(startingThread: false) { _ in } }
  }

  /// Changes the inbox, and wakes the thread.
  private func call(startingThread: Bool = true, _ change: (inout Inbox) -> Void) {
    let starts = inbox.withLock { inbox in
      change(&inbox)
      let starts = startingThread && !inbox.isRunning
      if starts { inbox.isRunning = true }
      return starts
    }
    // Woken once, whatever the number of changes.
    if phase.exchange(Phase.called.rawValue, ordering: .acquiringAndReleasing) == Phase.asleep.rawValue { wakeupPipe?.signal() }
    if starts, !runDetached({ self.run() }) { preconditionFailure("the system has no thread left for a socket executor") }
  }

  // MARK: On the thread

  private func run() {
    LoopThread.run(for: self) { thread in
      while true {
        let isShutDown = serveOtherThreads(thread)
        thread.runJobs()
        if thread.hasJobs {
          poll(thread, milliseconds: 0)
        } else if isShutDown {
          if end() { return }
        } else {
          sleep(thread)
        }
      }
    }
  }

  /// Takes what other threads have left for this one, and cancels the waits if one of them has shut the loop down.
  ///
  /// - Returns: A Boolean value that indicates whether the loop has been shut down.
  @discardableResult
  func serveOtherThreads(_ thread: LoopThread) -> Bool {
    takeInbox(thread)
    guard isShutDown else { return false }
    cancelWaiters(thread)
    return true
  }

  private func takeInbox(_ thread: LoopThread) {
    guard phase.exchange(Phase.awake.rawValue, ordering: .acquiringAndReleasing) == Phase.called.rawValue else { return }
    // Released outside the lock.
    var ended: [PollRegistration] = []
    let (jobs, waiters) = inbox.withLock { inbox in
      swap(&ended, &inbox.ended)
      defer { (inbox.jobs, inbox.waiters) = ([], []) }
      return (inbox.jobs, inbox.waiters)
    }
    for job in jobs { thread.enqueue(job) }
    for waiter in waiters { thread.add(waiter) }
  }

  private func cancelWaiters(_ thread: LoopThread) {
    for registration in inbox.withLock({ Array($0.registrations.values) }) { registration.signal(.cancelled) }
    thread.cancelAll()
  }

  /// Ends the thread if no job is left.
  ///
  /// - Returns: `true` if the thread ends.
  private func end() -> Bool {
    inbox.withLock { inbox in
      inbox.isRunning = !inbox.jobs.isEmpty
      if !inbox.isRunning { inbox.ended = [] }
      return !inbox.isRunning
    }
  }

  /// Signals the ready descriptors, and ends the waits whose deadlines have passed.
  func poll(_ thread: LoopThread, milliseconds: Int32) {
    unsafe pollSet.wait(milliseconds: milliseconds) { context in
      // SAFETY: the pointer points to a registration, valid until this thread has taken it from the inbox; used only on this thread.
      if let context = unsafe context {
        unsafe Unmanaged<PollRegistration>.fromOpaque(context)._withUnsafeGuaranteedRef { $0.signal() }
      } else {
        wakeupPipe?.drain()
      }
    }
    thread.resumeDue()
  }

  /// Sleeps until a descriptor is readable, a deadline has passed, or another thread changes the inbox.
  private func sleep(_ thread: LoopThread) {
    if spinTime > .zero {
      let end = Deadline(after: spinTime)
      repeat {
        poll(thread, milliseconds: 0)
        if thread.hasJobs || phase.load(ordering: .relaxed) == Phase.called.rawValue { return }
      } while !end.hasPassed
    }
    let (expected, desired) = (Phase.awake.rawValue, Phase.asleep.rawValue)
    guard phase.compareExchange(expected: expected, desired: desired, ordering: .acquiringAndReleasing).exchanged else { return }
    poll(thread, milliseconds: wakeupPipe == nil ? 1 : thread.nextDeadline.remainingMilliseconds)
  }
}

/// The executor of tasks that wait inside an actor, called from a task that prefers another executor.
///
/// A task that is resumed first runs a job on the executor that it prefers, and only that job takes it back to its actor.
extension ExecutorLoop: TaskExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    enqueue(unsafe .returning(UnownedJob(job), .passRetained(self)))
  }
}

/// The state of an ``ExecutorLoop`` that only its thread uses.
@safe
final class LoopThread {
  let loop: ExecutorLoop

  @exclusivity(unchecked)
  private var jobs: [ExecutorLoop.Job] = []

  /// The jobs that are being run.
  @exclusivity(unchecked)
  private var currentJobs: [ExecutorLoop.Job] = []

  /// The number of jobs behind the running one.
  @exclusivity(unchecked)
  private var jobsLeft = 0

  /// The executor of the last job of a task, and whether the running job is an actor's instead.
  @exclusivity(unchecked)
  private var taskExecutor: UnownedTaskExecutor?
  @exclusivity(unchecked)
  private var isInActor = false

  @exclusivity(unchecked)
  private var waiters = WaiterQueue()

  private init(_ loop: ExecutorLoop) {
    self.loop = loop
  }

  /// The state of the current thread; `nil` if it is not a loop's thread.
  static var current: LoopThread? { withCurrent { $0 } }

  /// Calls a closure with the state of the current thread.
  @inline(__always)
  static func withCurrent<Result>(_ body: (LoopThread?) -> Result) -> Result {
    // SAFETY: the pointer points to the object, owned by `run`, valid until the thread ends; used only on the thread.
    guard let pointer = unsafe pthread_getspecific(key) else { return body(nil) }
    return unsafe Unmanaged<LoopThread>.fromOpaque(pointer)._withUnsafeGuaranteedRef { body($0) }
  }

  /// The key under which each thread stores its object.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    let result = unsafe pthread_key_create(&key, nil)
    precondition(result == 0, "the system has no thread-specific key left")
    return key
  }()

  /// Calls a closure during which the current thread is the loop's.
  static func run(for loop: ExecutorLoop, _ body: (LoopThread) -> Void) {
    let thread = LoopThread(loop)
    unsafe pthread_setspecific(key, Unmanaged.passUnretained(thread).toOpaque())
    body(thread)
    pthread_setspecific(key, nil)
  }

  var hasJobs: Bool { unsafe jobsLeft > 0 || !jobs.isEmpty }

  /// The earliest deadline.
  var nextDeadline: Deadline { unsafe waiters.nextDeadline }

  /// Returns a Boolean value that indicates whether another task can run now.
  func findsOtherJobs() -> Bool {
    if !hasJobs {
      loop.serveOtherThreads(self)
      loop.poll(self, milliseconds: 0)
    }
    return hasJobs
  }

  func enqueue(_ job: ExecutorLoop.Job) { unsafe jobs.append(job) }

  func add(_ waiter: Waiter) {
    if loop.isShutDown { waiter.resume(with: .cancelled) } else { unsafe waiters.add(waiter) }
  }

  // Resuming a task calls its executor's `enqueue`, which can be a user's and call back. So the queue is not being accessed meanwhile.

  func resumeDue() {
    guard nextDeadline != .never else { return }
    let now = Deadline.now
    while let waiter = unsafe waiters.removeFirst(dueAt: now) { waiter.resume(with: .timedOut) }
  }

  func cancelAll() {
    for waiter in unsafe waiters.removeAll() { waiter.resume(with: .cancelled) }
  }

  /// A Boolean value that indicates whether the running task returns to this thread by itself when it is resumed.
  var isPreferred: Bool {
    if unsafe !isInActor { return true }
    guard let taskExecutor = unsafe taskExecutor else { return false }
    return unsafe withUnsafeCurrentTask { unsafe $0?.unownedTaskExecutor == taskExecutor }
  }

  private func run(_ job: ExecutorLoop.Job) {
    unsafe isInActor = false
    // SAFETY: the references are owned by the job, valid until it has run; used only here.
    switch job {
    case .task(let job, let executor):
      unsafe taskExecutor = unsafe executor._withUnsafeGuaranteedRef { unsafe $0.asUnownedTaskExecutor() }
      unsafe executor._withUnsafeGuaranteedRef { unsafe job.runSynchronously(on: $0.asUnownedTaskExecutor()) }
      unsafe executor.release()
    case .actor(let job, let executor):
      unsafe isInActor = true
      unsafe executor._withUnsafeGuaranteedRef { unsafe job.runSynchronously(on: $0.asUnownedSerialExecutor()) }
      unsafe executor.release()
    case .returning(let job, let loop):
      unsafe loop._withUnsafeGuaranteedRef { unsafe job.runSynchronously(on: $0.asUnownedTaskExecutor()) }
      unsafe loop.release()
    case .resume(let waiter): unsafe waiter.takeRetainedValue().resume(with: .ready)
    }
  }

  /// Runs the jobs, and those that they add.
  ///
  /// The number is limited, so that descriptors and other threads are served soon.
  func runJobs() {
    var count = 0
    while unsafe !jobs.isEmpty, count < 64 {
      unsafe swap(&jobs, &currentJobs)
      let end = unsafe currentJobs.count
      count += end
      for index in 0..<end {
        unsafe jobsLeft = end - index - 1
        unsafe run(currentJobs[index])
      }
      unsafe currentJobs.removeAll(keepingCapacity: true)
    }
  }
}
