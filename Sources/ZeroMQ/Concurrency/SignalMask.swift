internal import CZeroMQ

/// Calls a closure during which no signal interrupts the calling thread; signals that arrive meanwhile are handled afterwards.
func withSignalsBlocked<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
  var all = sigset_t()
  var previous = sigset_t()
  // SAFETY: the pointers point to the sets, owned by this function, valid until each call returns.
  unsafe sigfillset(&all)
  unsafe pthread_sigmask(SIG_SETMASK, &all, &previous)
  defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }
  return try body()
}
