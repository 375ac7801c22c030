internal import CZeroMQ

// Calls that would make libzmq end the process, and so must not reach it.

extension SocketHandle {
  /// Throws `.addressExists` if the routing ID for the next connection is, or may be, that of a peer of this socket.
  func refuseTakenRoutingID(for endpoint: String) throws(ZeroMQError) {
    guard let id = unsafe tracked.nextRoutingID else { return }
    // The search for the ID sends a message, which must not become part of another one.
    if unsafe isInSentMessage { throw ZeroMQError(.wrongState, operation: "zmq_connect", subject: endpoint) }
    let assigned = unsafe tracked.assignedRoutingIDs[id]
    let isTaken = (assigned ?? nil) != nil || mayHavePeer(id, hasEnded: assigned != nil)
    if isTaken { throw ZeroMQError(.addressExists, operation: "zmq_connect", subject: endpoint) }
  }

  /// Records that the new connection uses the routing ID.
  func rememberAssignedRoutingID(for endpoint: String) {
    guard let id = unsafe tracked.nextRoutingID else { return }
    // libzmq: `zmq_connect` with `ZMQ_IMMEDIATE` creates the pipe later, and keeps the ID for the next connection (4.3.4;
    // socket_base.cpp).
    if !endpoint.isInproc, (try? number(ZMQ_IMMEDIATE, "ZMQ_IMMEDIATE")) ?? 0 != 0 { return }
    unsafe tracked.assignedRoutingIDs[id] = endpoint
    unsafe tracked.nextRoutingID = nil
  }

  /// Records that the connections to an endpoint have ended; libzmq releases their routing IDs some time later.
  func releaseRoutingIDs(of endpoint: String) {
    for (id, assigned) in unsafe tracked.assignedRoutingIDs where assigned == endpoint {
      unsafe tracked.assignedRoutingIDs[id] = .some(nil)
    }
  }

  /// Returns a Boolean value that indicates whether a peer may have a routing ID.
  ///
  /// libzmq has no function for that. But STREAM, and ROUTER with `ZMQ_ROUTER_MANDATORY`, do not accept the first frame of a
  /// message to a peer that is not connected (4.3.4; stream.cpp, router.cpp). A connected peer of a ROUTER receives an empty
  /// message, like a probe.
  ///
  /// - Parameter hasEnded: A Boolean value that indicates whether the ID was assigned to a connection that has ended.
  private func mayHavePeer(_ id: Frame, hasEnded: Bool) -> Bool {
    let isRouter = type == .router
    guard isRouter || hasEnded else { return false }
    if isRouter, (try? setNumber(ZMQ_ROUTER_MANDATORY, "ZMQ_ROUTER_MANDATORY", to: 1)) == nil { return false }
    defer { if isRouter { try? setNumber(ZMQ_ROUTER_MANDATORY, "ZMQ_ROUTER_MANDATORY", to: unsafe tracked.routerMandatory) } }
    // libzmq: a socket knows a peer only after it has read the commands of other threads. Sending reads them at most once a
    // millisecond, reading `ZMQ_EVENTS` always (4.3.4; socket_base.cpp).
    let events = (try? number(ZMQ_EVENTS, "ZMQ_EVENTS")) ?? 0
    // A signal would interrupt the call before it has found the peer.
    return withSignalsBlocked {
      guard unsafe id.withUnsafeBytes({ unsafe probe($0, ZMQ_SNDMORE | ZMQ_DONTWAIT) }) else {
        // libzmq: a ROUTER reports a peer as unreachable while its connection is ending, though the peer still has its ID (4.3.4;
        // router.cpp). If no peer has room for a message, none is in that state.
        let mayBeEnding = isRouter && hasEnded && events & ZMQ_POLLOUT != 0
        return ZeroMQError.Code.last == .wouldBlock || mayBeEnding
      }
      _ = unsafe probe(UnsafeRawBufferPointer(start: nil, count: 0), ZMQ_DONTWAIT)
      return true
    }
  }

  /// Resets the option `ZMQ_USE_FD` after a bind that may have used the descriptor, which must not be used twice.
  func clearUsedFileDescriptor() {
    guard unsafe tracked.usesFileDescriptor else { return }
    unsafe tracked.usesFileDescriptor = false
    try? setNumber(ZMQ_USE_FD, "ZMQ_USE_FD", to: -1)
  }
}
