internal import CZeroMQ

/// Calls a closure on a new detached thread, which blocks all signals.
///
/// - Returns: `true` if the system could start the thread.
func runDetached(_ body: @escaping @Sendable () -> Void) -> Bool {
  // SAFETY: the pointer points to the work, owned by the new thread, valid until the thread releases it; if no thread starts, it is
  // released here.
  let work = unsafe Unmanaged.passRetained(Work(body))
  let result = unsafe shim_start_detached_thread(
    { argument in
      if let argument = unsafe argument { unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body() }
      return nil
    }, work.toOpaque())
  guard result == 0 else {
    unsafe work.release()
    return false
  }
  return true
}

/// The work of a detached thread.
private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}
