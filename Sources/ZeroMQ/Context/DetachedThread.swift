internal import CZeroMQ

/// Runs something on a new thread that nobody waits for, with all signals left to the other threads.
///
/// - Returns: whether the system could start the thread.
func runDetached(_ body: @escaping @Sendable () -> Void) -> Bool {
  // SAFETY: the new thread takes over the reference to its work; if there is no thread, it is released here.
  let work = unsafe Unmanaged.passRetained(Work(body))
  let result = unsafe shim_start_detached_thread(
    { argument in
      unsafe Work.run(argument)
      return nil
    }, work.toOpaque())
  guard result == 0 else {
    unsafe work.release()
    return false
  }
  return true
}

/// What a detached thread does.
private final class Work: Sendable {
  private let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }

  /// Takes over the reference behind a thread's argument, and does the work.
  static func run(_ argument: UnsafeMutableRawPointer?) {
    guard let argument = unsafe argument else { return }
    unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
  }
}
