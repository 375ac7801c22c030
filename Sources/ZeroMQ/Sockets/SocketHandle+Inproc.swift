internal import CZeroMQ

extension SocketHandle {
  /// Calls a closure with the inproc names of the context, and notes that the socket uses them.
  func withInprocNames(_ operation: String, _ body: (inout InprocNames) throws(ZeroMQError) -> Void) throws(ZeroMQError) {
    try context.refuseInChild(operation)
    unsafe tracked.usesInproc = true
    try context.inprocNames.withLock(body)
  }

  /// The socket's address; 0 if the socket is closed.
  var address: UInt { unsafe UInt(bitPattern: openSocket) }

  /// A Boolean value that indicates whether messages of the socket may wait to be sent after it is closed.
  var lingers: Bool {
    guard type != .pull, type != .sub else { return false }
    return (try? number(ZMQ_LINGER, "ZMQ_LINGER")) ?? 0 != 0
  }

  /// Returns a Boolean value that indicates whether the socket keeps only the newest message.
  ///
  /// libzmq: only these types heed `ZMQ_CONFLATE` (4.3.4; `zmq_setsockopt` (3)).
  func conflates() throws(ZeroMQError) -> Bool {
    guard [.dealer, .push, .pull, .pub, .sub].contains(type) else { return false }
    return try number(ZMQ_CONFLATE, "ZMQ_CONFLATE") != 0
  }
}
