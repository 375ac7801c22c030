extension Socket where Kind: ReceivingKind {
  /// How long a call that receives tries again and again before it blocks; zero unless it is set.
  ///
  /// A thread that blocks has to be woken by the system, which takes longer than libzmq's own work: over inproc, with a core for each
  /// of the two threads, some tens of microseconds here make a round trip several times as fast. They cost a core that is busy while
  /// it waits. Over tcp and ipc, and where threads share a core, it slows down the threads that would bring the message.
  ///
  /// It is the library's own, and no option of libzmq.
  public var spinTime: Duration {
    get { unsafe handle.tracked.spinTime }
    set {
      unsafe handle.tracked.spinTime = max(newValue, .zero)
      handle.setReceiveFlags()
    }
  }
}
