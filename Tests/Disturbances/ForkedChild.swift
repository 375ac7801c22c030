import Foundation

/// A child made by `fork`, which goes on with a copy of the process's memory and none of its threads.
public struct ForkedChild {
  private let process: pid_t

  /// Starts a child that runs something, and ends with the number that it returns.
  ///
  /// Swift imports no `fork`, so it is looked up.
  public init(_ body: () -> Int32) {
    typealias Fork = @convention(c) () -> pid_t
    guard let symbol = unsafe dlsym(dlopen(nil, RTLD_NOW), "fork") else { fatalError("the C library has no fork") }
    // SAFETY: the symbol is the C library's function, which takes nothing and returns the number of the child.
    process = unsafe unsafeBitCast(symbol, to: Fork.self)()
    guard process == 0 else { return }
    // A child that hangs or spins is ended.
    alarm(20)
    _exit(body())
  }

  /// Sends the child a signal.
  public func send(_ signal: Int32) {
    kill(process, signal)
  }

  /// Waits for the end.
  ///
  /// - Returns: The number that the child ended with, or that of the signal that ended it, less than 0.
  public func join() -> Int32 {
    var status: Int32 = 0
    // SAFETY: the number is written to a number.
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
  }
}
