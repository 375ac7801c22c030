internal import CZeroMQ

/// Runs something during which no signal interrupts the calling thread; one that comes meanwhile is handled afterwards.
func withSignalsBlocked<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
  var all = sigset_t()
  var previous = sigset_t()
  // SAFETY: the pointers are to this function's own sets, used only for the calls.
  unsafe sigfillset(&all)
  unsafe pthread_sigmask(SIG_SETMASK, &all, &previous)
  defer { unsafe pthread_sigmask(SIG_SETMASK, &previous, nil) }
  return try body()
}
