#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Runs something on a new thread that nobody waits for, with all signals left to the other threads.
///
/// - Returns: whether the system could start the thread.
func runDetached(_ body: @escaping @Sendable () -> Void) -> Bool {
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  // SAFETY: the new thread takes over the reference to its work; if there is no thread, it is released here.
  let work = unsafe Unmanaged.passRetained(Work(body))
  var all = sigset_t()
  var previous = sigset_t()
  unsafe sigfillset(&all)
  unsafe pthread_sigmask(SIG_SETMASK, &all, &previous)
  let result = unsafe pthread_create(
    &thread, nil,
    { argument in
      unsafe Work.run(argument)
      return nil
    }, work.toOpaque())
  unsafe pthread_sigmask(SIG_SETMASK, &previous, nil)
  guard result == 0 else {
    unsafe work.release()
    return false
  }
  #if canImport(Darwin)
    if let thread = unsafe thread { unsafe pthread_detach(thread) }
  #else
    pthread_detach(thread)
  #endif
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
