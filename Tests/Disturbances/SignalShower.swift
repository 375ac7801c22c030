import Foundation

/// Sends every thread of the process a signal again and again, whose handler does nothing and restarts nothing.
public enum SignalShower {
  /// Starts it, for as long as the process lives; Linux with glibc only.
  ///
  /// - Parameter pause: The microseconds between two signals to a thread.
  public static func start(pausing pause: UInt32) {
    #if canImport(Glibc)
      // A process without the handler ignores the signal.
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_handler = { _ in }
      // SAFETY: the handler is a function without context.
      unsafe sigaction(SIGURG, &action, nil)
      Thread.detachNewThread { send(pausing: pause) }
    #else
      fatalError("signals to single threads are sent on Linux with glibc only")
    #endif
  }

  #if canImport(Glibc)
    private static func send(pausing pause: UInt32) {
      typealias SendToThread = @convention(c) (pid_t, pid_t, Int32) -> Int32
      guard let symbol = unsafe dlsym(dlopen(nil, RTLD_NOW), "tgkill") else { fatalError("the C library has no tgkill") }
      // SAFETY: the symbol is the C library's function, which Swift does not import.
      let tgkill = unsafe unsafeBitCast(symbol, to: SendToThread.self)
      var own = sigset_t()
      // SAFETY: the pointers are to this function's own set.
      unsafe sigemptyset(&own)
      unsafe sigaddset(&own, SIGURG)
      unsafe pthread_sigmask(SIG_BLOCK, &own, nil)
      let process = getpid()
      while true {
        // The system's list of threads is dear to read; one that ends meanwhile is no harm.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        let threads = names.compactMap { pid_t($0) }
        for _ in 0..<20 {
          for thread in threads { _ = tgkill(process, thread, SIGURG) }
          usleep(pause)
        }
      }
    }
  #endif
}
