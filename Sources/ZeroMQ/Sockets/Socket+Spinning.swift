extension Socket where Kind: ReceivingKind {
  /// The time for which a receiving call polls the socket before it blocks; zero by default.
  ///
  /// The system takes longer to wake a blocked thread than libzmq to deliver a message. Over inproc, if each of two threads has a
  /// core, some tens of microseconds make a round trip several times as fast. They cost a core that is busy while it waits.
  ///
  /// Over tcp and ipc, and if threads share a core, polling slows down the threads that deliver the message.
  ///
  /// libzmq has no corresponding option.
  public var spinTime: Duration {
    get { unsafe handle.tracked.spinTime }
    set {
      unsafe handle.tracked.spinTime = max(newValue, .zero)
      handle.setReceiveFlags()
    }
  }
}
