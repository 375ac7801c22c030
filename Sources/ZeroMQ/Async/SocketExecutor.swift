/// A task executor with one thread, which runs tasks and polls the sockets that they wait for.
///
/// ```swift
/// let executor = SocketExecutor()
/// try await executor.run {
///   let server = try context.socket(.rep)
///   try server.bind("tcp://*:5555")
///   for try await request in server.messages { try await server.send("World") }
/// }
/// ```
///
/// A task on an executor stays on its thread, and so do its sockets. A call that is ready changes no thread. While a call waits,
/// the executor runs its other tasks.
///
/// A task is on an executor in each of these cases:
///
/// - It runs inside ``run(_:)``.
/// - It was created with `Task(executorPreference: executor)`.
/// - It is isolated to an actor whose `unownedExecutor` is that of the executor.
/// - It is a child task, as in a task group, of a task on the executor.
///
/// Asynchronous calls of a task that is on no socket executor work as well: ``shared`` polls for them.
///
/// Long-running work, or a blocking call, stalls every other task on the same executor. The thread starts with the first task. It
/// ends after ``shutdown()``, or when the last reference to the executor is released. While nothing is ready, it sleeps.
public final class SocketExecutor: TaskExecutor, SerialExecutor {
  /// The executor that polls for tasks that are on no socket executor.
  ///
  /// It can be used as any other one, but ``shutdown()`` does not affect it.
  public static let shared = SocketExecutor(isShared: true, spinTime: .zero)

  let loop: ExecutorLoop
  private let isShared: Bool

  /// The executor of the jobs of actors.
  ///
  /// A job must be run as a job of an actor or of a task, as it was enqueued. Otherwise it enqueues another job before it does
  /// anything.
  private let actors: ActorExecutor

  /// Creates an executor with a thread of its own.
  ///
  /// The system takes longer to wake a sleeping thread than libzmq to deliver a message. Over inproc, if each thread has a core, a
  /// spin time of some tens of microseconds makes a round trip several times as fast. It costs a core that is busy while it waits.
  ///
  /// - Parameter spinTime: The time for which the thread polls before it sleeps; zero by default.
  public convenience init(spinTime: Duration = .zero) {
    self.init(isShared: false, spinTime: spinTime)
  }

  private init(isShared: Bool, spinTime: Duration) {
    self.isShared = isShared
    loop = ExecutorLoop(spinTime: spinTime, canShutDown: !isShared)
    actors = ActorExecutor(loop)
  }

  deinit {
    loop.shutDown()
  }

  /// Shuts the executor down: every current and future wait of its tasks throws `CancellationError`.
  ///
  /// Returns immediately. Tasks still run, including those that are added later. The thread exits once no job is left, and starts
  /// again for a later one.
  public func shutdown() {
    if !isShared { loop.shutDown() }
  }

  /// Runs a closure on the executor's thread.
  ///
  /// The functions that it calls and its child tasks stay on that thread, unless they are isolated to an actor with another
  /// executor. Cancelling the calling task cancels the closure's task.
  ///
  /// - Parameter body: The closure to run. Sockets that the caller no longer uses can be transferred to it.
  /// - Returns: The result of `body`, such as a socket that it has created and does not keep.
  /// - Throws: The error of `body`.
  public func run<Result, Failure: Error>(
    _ body: sending @escaping () async throws(Failure) -> sending Result
  ) async throws(Failure) -> sending Result {
    try await withTaskExecutorPreference(self) { () async throws(Failure) in try await Self.enter(body) }
  }

  /// Runs a closure on the task executor that its caller prefers.
  ///
  /// The closure of `withTaskExecutorPreference` itself does not leave its caller's thread.
  @concurrent
  private static func enter<Result, Failure: Error>(
    _ body: () async throws(Failure) -> sending Result
  ) async throws(Failure) -> sending Result {
    try await body()
  }

  /// Enqueues a job of a task.
  ///
  /// The concurrency runtime calls this function.
  ///
  /// - Parameter job: The job.
  public func enqueue(_ job: consuming ExecutorJob) {
    loop.enqueue(unsafe .task(UnownedJob(job), .passRetained(self)))
  }

  /// Returns the executor for an actor's `unownedExecutor`.
  ///
  /// The actor must retain the socket executor.
  public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe actors.asUnownedSerialExecutor()
  }

  /// Returns a Boolean value that indicates whether the calling code runs on the executor's thread.
  ///
  /// The concurrency runtime calls this function.
  public func isIsolatingCurrentContext() -> Bool? {
    loop.isCurrent
  }
}

/// The serial executor of the actors whose jobs run on a socket executor's thread.
final class ActorExecutor: SerialExecutor {
  private let loop: ExecutorLoop

  init(_ loop: ExecutorLoop) {
    self.loop = loop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    loop.enqueue(unsafe .actor(UnownedJob(job), .passRetained(self)))
  }

  func isIsolatingCurrentContext() -> Bool? {
    loop.isCurrent
  }
}
