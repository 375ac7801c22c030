/// One thread that runs tasks, and polls the sockets that they wait for.
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
/// A task on an executor stays on its thread, and so do its sockets: a call that is ready costs no change of thread, and one that is
/// not lets the executor's other tasks run until it is. A task is on an executor inside ``run(_:)``, or when it was made with
/// `Task(executorPreference: executor)`; an actor, when its `unownedExecutor` is that of the executor. Child tasks, as in a task
/// group, are on the executor of their parent. Asynchronous calls of a task that is on no socket executor work as well: ``shared``
/// polls for them.
///
/// Work that takes long, and every blocking call, holds up all tasks of the executor. The thread starts with the first task; it ends
/// after ``shutdown()`` or when the last reference to the executor goes, and starts again for a task that comes later. While nothing is
/// ready it sleeps. A child process made by `fork` must not use an executor that it has inherited: its tasks never run.
public final class SocketExecutor: TaskExecutor, SerialExecutor {
  /// Polls for the tasks that are on no executor of their own.
  ///
  /// It can be used as any other; ``shutdown()`` does nothing to it.
  public static let shared = SocketExecutor(isShared: true, spinTime: .zero)

  let loop: ExecutorLoop
  private let isShared: Bool

  /// What the jobs of actors are given to.
  ///
  /// A job has to be run as what it was meant for, an actor's or a task's; otherwise it goes on to another job before it does anything.
  private let actors: ActorExecutor

  /// Makes an executor with a thread of its own.
  ///
  /// - Parameter spinTime: how long the thread looks again and again before it sleeps. A thread that sleeps has to be woken by the
  ///   system, which takes longer than libzmq's own work: over inproc, with a core for each thread, some tens of microseconds make
  ///   a round trip several times as fast. They cost a core that is busy while it waits.
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

  /// Ends the waits of the executor's tasks with `CancellationError`, those to come, too, and its thread once they have ended.
  ///
  /// Returns at once. A task that goes on, and one that comes later, is still run, on a thread that lasts for as long as there is
  /// something to do.
  public func shutdown() {
    if !isShared { loop.shutDown() }
  }

  /// Runs something on the executor's thread.
  ///
  /// Whatever is called from it stays on that thread, unless it is isolated to an actor that lives elsewhere, and so do child tasks.
  /// Cancelling the calling task cancels it.
  ///
  /// - Parameter body: what to run. Sockets can be given to it that the caller does not use any more.
  /// - Returns: The result of `body`, such as a socket that it has made and does not keep.
  /// - Throws: what it throws.
  public func run<Result, Failure: Error>(
    _ body: sending @escaping () async throws(Failure) -> sending Result
  ) async throws(Failure) -> sending Result {
    try await withTaskExecutorPreference(self) { () async throws(Failure) in try await Self.enter(body) }
  }

  /// Runs something on the task executor that its caller prefers; the closure of `withTaskExecutorPreference` itself does not leave
  /// its caller's thread.
  @concurrent
  private static func enter<Result, Failure: Error>(
    _ body: () async throws(Failure) -> sending Result
  ) async throws(Failure) -> sending Result {
    try await body()
  }

  /// Takes a job of a task; the concurrency runtime calls it.
  public func enqueue(_ job: consuming ExecutorJob) {
    loop.enqueue(.task(UnownedJob(job), self))
  }

  /// The executor for an actor's `unownedExecutor`; the actor must keep the socket executor.
  public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe actors.asUnownedSerialExecutor()
  }

  /// Whether the calling code runs on the executor's thread; the concurrency runtime asks it.
  public func isIsolatingCurrentContext() -> Bool? {
    loop.isCurrent
  }
}

/// The executor's thread, as actors see it.
final class ActorExecutor: SerialExecutor {
  private let loop: ExecutorLoop

  init(_ loop: ExecutorLoop) {
    self.loop = loop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    loop.enqueue(.actor(UnownedJob(job), self))
  }

  func isIsolatingCurrentContext() -> Bool? {
    loop.isCurrent
  }
}
