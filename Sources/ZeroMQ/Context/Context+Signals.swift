internal import CZeroMQ
internal import Synchronization

extension Context {
  /// Shuts the context down when the process is asked to end, so that every loop on its sockets ends with `.contextTerminated`.
  ///
  /// The first such signal shuts down; a second one has the system's effect, which is to end the process, so that a program that is
  /// slow to clean up can still be stopped. Calling this again, for this context or another, adds to what is
  /// there.
  ///
  /// A reply that is still being worked on when the signal comes is not sent; what was sent before is, as ``terminate()-6wz4l`` says.
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
  /// - Parameter signals: the signals' numbers; `nil` is SIGINT, which is Ctrl-C, and SIGTERM.
  /// - Throws: `.invalidArgument` for a number that is no signal or cannot be handled; `.tooManyOpenFiles` or `.noMemory` when the
  ///   system has no pipe or thread left.
  public func shutdownOnSignals(_ signals: [Int32]? = nil) throws {
    try SignalWatch.add(self, signals ?? [SIGINT, SIGTERM])
  }
}

/// The one thread that turns signals into shutdowns.
///
/// A signal handler may do next to nothing; ours writes the signal's number into a pipe, which the thread reads.
private enum SignalWatch {
  /// The pipe's writing end, for the handler; -1 until there is one.
  private static let writingEnd = Atomic<Int32>(-1)

  /// The process whose thread reads from the pipe; a child made by `fork` has inherited the handler and the pipe, but no thread.
  private static let process = Atomic<pid_t>(0)

  private static let contexts = Lock<[Reference]>([])

  /// A context that is shut down by some signals, if it still exists.
  private struct Reference: Sendable {
    weak var context: Context?
    var signals: Set<Int32>
  }

  static func add(_ context: Context, _ signals: [Int32]) throws(ZeroMQError) {
    let result: Result<Void, ZeroMQError> = contexts.withLock { _ in Result { () throws(ZeroMQError) in try start() } }
    try result.get()
    for signal in signals {
      // Before the handler is there, so that no signal finds nothing to do.
      contexts.withLock { register(context, signal, in: &$0) }
      // SAFETY: the handler is a function without context, and the pipe that it writes to is there.
      guard shim_set_signal_handler(signal, handler, SA_RESTART | CInt(bitPattern: UInt32(SA_RESETHAND))) == 0 else {
        let code = ZeroMQError.Code(rawValue: errno)
        contexts.withLock { references in
          if let index = references.firstIndex(where: { $0.context === context }) { references[index].signals.remove(signal) }
        }
        throw ZeroMQError(code, operation: "sigaction", subject: "signal \(signal)")
      }
    }
  }

  private static func register(_ context: Context, _ signal: Int32, in references: inout [Reference]) {
    references.removeAll { $0.context == nil }
    if let index = references.firstIndex(where: { $0.context === context }) {
      references[index].signals.insert(signal)
    } else {
      references.append(Reference(context: context, signals: [signal]))
    }
  }

  /// Opens the pipe and starts the thread, once.
  private static func start() throws(ZeroMQError) {
    guard process.load(ordering: .acquiring) != getpid() else { return }
    var ends: (reading: Int32, writing: Int32) = (-1, -1)
    // SAFETY: two descriptors are written to two numbers.
    let result = unsafe withUnsafeMutableBytes(of: &ends) { unsafe shim_pipe($0.assumingMemoryBound(to: Int32.self).baseAddress) }
    guard result == 0 else { throw ZeroMQError(.init(rawValue: errno), operation: "pipe") }
    // The thread has nothing to do but wait for bytes.
    shim_set_file_flags(ends.reading, 0)
    let readingEnd = ends.reading
    guard runDetached({ shutDown(onBytesFrom: readingEnd) }) else {
      for end in [ends.reading, ends.writing] { close(end) }
      throw ZeroMQError(.noMemory, operation: "pthread_create")
    }
    writingEnd.store(ends.writing, ordering: .relaxed)
    process.store(getpid(), ordering: .releasing)
  }

  private static func shutDown(onBytesFrom readingEnd: Int32) {
    var signal: UInt8 = 0
    while true {
      // SAFETY: one byte is read into one byte.
      let count = unsafe read(readingEnd, &signal, 1)
      if count == 1 {
        for reference in contexts.withLock(\.self) where reference.signals.contains(Int32(signal)) { reference.context?.shutdown() }
      } else if count == 0 || errno != EINTR {
        return
      }
    }
  }

  private static let handler: @convention(c) (Int32) -> Void = { signal in
    // Only what is safe in a handler: load a number that is set by now, write to a pipe, and leave errno alone.
    let saved = errno
    // The signal of a child is not its parent's; the system's effect is restored already, and comes when the handler returns.
    if SignalWatch.process.load(ordering: .acquiring) != getpid() {
      raise(signal)
      return
    }
    var byte = UInt8(truncatingIfNeeded: signal)
    unsafe write(SignalWatch.writingEnd.load(ordering: .relaxed), &byte, 1)
    errno = saved
  }
}
