internal import CZeroMQ

// What libzmq would end the process for, and so must not be reached through us.

extension SocketHandle {
  /// Refuses to connect with a routing ID that a peer of this socket has.
  func refuseTakenRoutingID(for endpoint: String) throws(ZeroMQError) {
    guard let id = unsafe tracked.nextRoutingID else { return }
    // An ID stays taken after its connection: libzmq lets go of it some time later, and does not say when.
    if unsafe tracked.assignedRoutingIDs.contains(id) || isAnnounced(id) {
      throw ZeroMQError(.addressExists, operation: "zmq_connect", subject: endpoint)
    }
  }

  /// Remembers the routing ID that the connection just made has taken.
  func rememberAssignedRoutingID() {
    guard let id = unsafe tracked.nextRoutingID else { return }
    unsafe tracked.assignedRoutingIDs.insert(id)
    unsafe tracked.nextRoutingID = nil
  }

  /// Whether a peer of this ROUTER has announced a routing ID by itself.
  ///
  /// libzmq has no function that tells. But with ROUTER_MANDATORY it refuses the first frame of a message to a peer that is not
  /// there. A peer that is there gets an empty message, as if it were probed; the alternative would be the end of this process.
  private func isAnnounced(_ id: Frame) -> Bool {
    guard type == .router, (try? setNumber(ZMQ_ROUTER_MANDATORY, "ZMQ_ROUTER_MANDATORY", to: 1)) != nil else { return false }
    defer { try? setNumber(ZMQ_ROUTER_MANDATORY, "ZMQ_ROUTER_MANDATORY", to: unsafe tracked.routerMandatory) }
    // A signal would leave open whether the peer is there.
    return withSignalsBlocked {
      // SAFETY: the pointer is to the ID's bytes, valid during the call, which copies them.
      guard unsafe id.withUnsafeBytes({ unsafe sendOnce($0, ZMQ_SNDMORE | ZMQ_DONTWAIT) }) else {
        return ZeroMQError.Code.last == .wouldBlock
      }
      _ = unsafe sendOnce(UnsafeRawBufferPointer(start: nil, count: 0), ZMQ_DONTWAIT)
      return true
    }
  }

  /// Takes the option USE_FD back once a `bind` may have used the descriptor, which must not be used twice.
  func forgetUsedFileDescriptor() {
    guard unsafe tracked.usesFileDescriptor else { return }
    unsafe tracked.usesFileDescriptor = false
    try? setNumber(ZMQ_USE_FD, "ZMQ_USE_FD", to: -1)
  }
}
