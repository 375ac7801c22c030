internal import CZeroMQ

// What libzmq would end the process for, and so must not be reached through us.

extension SocketHandle {
  /// Refuses to connect with a routing ID that a peer of this socket has.
  func refuseTakenRoutingID(for endpoint: String) throws(ZeroMQError) {
    guard let id = unsafe tracked.nextRoutingID else { return }
    reclaim()
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
    guard type == .router, setNumber(ZMQ_ROUTER_MANDATORY, 1) else { return false }
    defer { _ = setNumber(ZMQ_ROUTER_MANDATORY, unsafe tracked.routerMandatory) }
    // SAFETY: libzmq copies the bytes.
    let isThere = unsafe id.withUnsafeBytes {
      unsafe zmq_send(pointer, $0.baseAddress, $0.count, ZMQ_SNDMORE | ZMQ_DONTWAIT) >= 0
    }
    if isThere { return unsafe zmq_send(pointer, nil, 0, ZMQ_DONTWAIT) >= -1 }
    return ZeroMQError.Code.last == .wouldBlock
  }

  /// Takes the option USE_FD back once a `bind` may have used the descriptor, which must not be used twice.
  func forgetUsedFileDescriptor() {
    guard unsafe tracked.usesFileDescriptor else { return }
    unsafe tracked.usesFileDescriptor = false
    _ = setNumber(ZMQ_USE_FD, -1)
  }

  /// Sets an option that is C's `int`.
  ///
  /// - Returns: whether libzmq took it.
  func setNumber(_ option: Int32, _ number: Int32) -> Bool {
    // SAFETY: libzmq copies the number; a closed socket is answered with ENOTSOCK.
    unsafe withUnsafeBytes(of: number) { unsafe zmq_setsockopt(pointer, option, $0.baseAddress, $0.count) == 0 }
  }
}
