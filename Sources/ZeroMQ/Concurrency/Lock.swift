internal import CZeroMQ

/// A value that one thread at a time may use.
///
/// It is the system's mutex and not `Synchronization.Mutex`, whose waiting the thread sanitizer does not see on Linux: users would get
/// reports of races that are none. For the same reason the value must not be of an empty type, which shares its place with the
/// object's header.
///
// SAFETY of `@unchecked Sendable`: the value is only accessed while the mutex is held, and its initial value is transferred.
@safe
final class Lock<Value>: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>

  @exclusivity(unchecked)
  private var value: Value

  init(_ value: sending Value) {
    unsafe self.value = value
    // SAFETY: the mutex lies in memory of its own until `deinit`, since it must not move.
    unsafe mutex = .allocate(capacity: 1)
    unsafe mutex.initialize(to: pthread_mutex_t())
    let result = unsafe pthread_mutex_init(mutex, nil)
    precondition(result == 0, "the system has no mutex left")
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe mutex.deallocate()
  }

  /// Calls a closure with the value, once no other thread uses it.
  @inline(__always)
  func withLock<Result, Failure: Error>(_ body: (inout Value) throws(Failure) -> Result) throws(Failure) -> Result {
    lock()
    defer { unlock() }
    return try unsafe body(&value)
  }

  /// Keeps other threads from using the value until `unlock()`, as during a `fork`.
  @inline(__always)
  func lock() { unsafe pthread_mutex_lock(mutex) }

  @inline(__always)
  func unlock() { unsafe pthread_mutex_unlock(mutex) }
}
