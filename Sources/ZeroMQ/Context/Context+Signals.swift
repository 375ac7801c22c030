internal import CZeroMQ
internal import Synchronization

extension Context {
  /// Shuts the context down when a signal asks the process to end, so that loops on its sockets end with `.contextTerminated`.
  ///
  /// The first such signal shuts the context down. A second one has the system's default effect, which is to end the process. So a
  /// program that is slow to clean up can still be stopped.
  ///
  /// You can call this method more than once, for the same or another context. Each call adds signals to those already handled.
  ///
  /// A reply that the program sends after the signal is not delivered. ``terminate()-6wz4l`` waits for messages sent before.
  ///
  /// ```swift
  /// try context.shutdownOnSignals()
  /// do {
  ///   let server = try context.socket(.rep)
  ///   try server.bind("tcp://*:5555")
  ///   while true { try server.send(server.receive()) }
  /// } catch .contextTerminated {}
  /// try context.terminate()
  /// ```
  ///
  /// - Parameter signals: The numbers of the signals; `nil` stands for SIGINT, which Ctrl-C sends, and SIGTERM.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if a number is not a signal's, or the signal cannot be handled.
  ///   - `.tooManyOpenFiles` if the process has no file descriptor left.
  ///   - `.noMemory` if the system cannot create a thread.
  public func shutdownOnSignals(_ signals: [Int32]? = nil) throws {
    try SignalWatch.add(self, signals ?? [SIGINT, SIGTERM])
  }
}

/// The process's thread that shuts contexts down on signals.
///
/// A signal handler may call only a few functions. This one writes the signal's number to a pipe, from which the thread reads.
private enum SignalWatch {
  /// The pipe's writing end, for the handler; -1 until the pipe is open.
  private static let writingEnd = Atomic<Int32>(-1)

  /// The process whose thread reads from the pipe; a child made by `fork` inherits the handler and the pipe, but not the thread.
  private static let process = Atomic<pid_t>(0)

  private static let registrations = Lock<[Registration]>([])

  /// A signal and the context that it shuts down, if the context still exists.
  private struct Registration: Sendable {
    weak var context: Context?
    let signal: Int32
  }

  static func add(_ context: Context, _ signals: [Int32]) throws(ZeroMQError) {
    try registrations.withLock { (_) throws(ZeroMQError) in try start() }
    for signal in signals {
      // Before the handler is installed, so that the first signal finds its context.
      registrations.withLock { registrations in
        registrations.removeAll { $0.context == nil }
        registrations.append(Registration(context: context, signal: signal))
      }
      guard shim_set_signal_handler(signal, handler, SA_RESTART | CInt(bitPattern: UInt32(SA_RESETHAND))) == 0 else {
        let code = ZeroMQError.Code(rawValue: errno)
        registrations.withLock { $0.removeAll { $0.context === context && $0.signal == signal } }
        throw ZeroMQError(code, operation: "sigaction", subject: "signal \(signal)")
      }
    }
  }

  /// Opens the pipe and starts the thread, once.
  private static func start() throws(ZeroMQError) {
    guard process.load(ordering: .acquiring) != getpid() else { return }
    let pipe = try WakeupPipe()
    guard runDetached({ shutDown(onBytesFrom: pipe) }) else { throw ZeroMQError(.noMemory, operation: "pthread_create") }
    writingEnd.store(pipe.writingEnd, ordering: .relaxed)
    process.store(getpid(), ordering: .releasing)
  }

  private static func shutDown(onBytesFrom pipe: WakeupPipe) {
    var signal: UInt8 = 0
    while true {
      pipe.wait()
      // SAFETY: the pointer points to one byte, owned by this function, valid during the call; used only on this thread.
      guard unsafe read(pipe.readingEnd, &signal, 1) == 1 else { continue }
      for registration in registrations.withLock(\.self) where registration.signal == signal { registration.context?.shutdown() }
    }
  }

  private static let handler: @convention(c) (Int32) -> Void = { signal in
    // Only calls that are safe in a handler: it loads an integer, writes to a pipe, and restores errno.
    let saved = errno
    // A child does not write to its parent's pipe. SA_RESETHAND has restored the default effect, which occurs when the handler
    // returns.
    if SignalWatch.process.load(ordering: .acquiring) != getpid() {
      raise(signal)
      return
    }
    var byte = UInt8(truncatingIfNeeded: signal)
    unsafe write(SignalWatch.writingEnd.load(ordering: .relaxed), &byte, 1)
    errno = saved
  }
}
