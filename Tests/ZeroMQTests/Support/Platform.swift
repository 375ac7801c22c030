import Foundation

// The one place of the tests for what the C libraries declare differently.

#if canImport(Darwin)
  let (streamType, datagramType) = (SOCK_STREAM, SOCK_DGRAM)
  let openFileLimit = RLIMIT_NOFILE
  /// macOS has `SO_NOSIGPIPE` instead.
  let noPipeSignal: Int32 = 0
#elseif canImport(Musl)
  let (streamType, datagramType) = (SOCK_STREAM, SOCK_DGRAM)
  let openFileLimit = RLIMIT_NOFILE
  let noPipeSignal = MSG_NOSIGNAL
#else
  let (streamType, datagramType) = (Int32(SOCK_STREAM.rawValue), Int32(SOCK_DGRAM.rawValue))
  let openFileLimit = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  let noPipeSignal = Int32(MSG_NOSIGNAL)
#endif

/// The calling thread.
///
/// C declares that `pthread_self` never changes, so that an optimizer may call it on another thread, before a task comes to this one.
@inline(never)
@_optimize(none)
func currentThread() -> UInt {
  #if canImport(Darwin) || canImport(Musl)
    return unsafe UInt(bitPattern: pthread_self())
  #else
    return pthread_self()
  #endif
}

extension sigaction {
  /// The function that handles the signal; `nil` for the system's own effect.
  var handler: (@convention(c) (Int32) -> Void)? {
    get {
      #if canImport(Darwin)
        return unsafe __sigaction_u.__sa_handler
      #elseif canImport(Musl)
        return unsafe __sa_handler.sa_handler
      #else
        return unsafe __sigaction_handler.sa_handler
      #endif
    }
    set {
      #if canImport(Darwin)
        unsafe __sigaction_u.__sa_handler = newValue
      #elseif canImport(Musl)
        unsafe __sa_handler.sa_handler = newValue
      #else
        unsafe __sigaction_handler.sa_handler = newValue
      #endif
    }
  }
}

/// Calls the system where no signal may interrupt it.
func withoutSignals<Result>(_ body: () throws -> Result) rethrows -> Result {
  var (all, previous) = (sigset_t(), sigset_t())
  // SAFETY: the pointers are to this function's own sets.
  unsafe sigfillset(&all)
  unsafe pthread_sigmask(SIG_SETMASK, &all, &previous)
  defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }
  return try body()
}
