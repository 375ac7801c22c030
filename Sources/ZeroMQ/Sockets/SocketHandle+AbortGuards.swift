internal import CZeroMQ

// What libzmq would end the process for, and so must not be reached through us.

extension SocketHandle {
  /// Refuses to connect with a routing ID that a peer of this socket has or may have.
  func refuseTakenRoutingID(for endpoint: String) throws(ZeroMQError) {
    guard let id = unsafe tracked.nextRoutingID else { return }
    // Looking for the ID sends a message, which must not get into another one.
    if unsafe isInSentMessage { throw ZeroMQError(.wrongState, operation: "zmq_connect", subject: endpoint) }
    let isTaken =
      switch unsafe tracked.assignedRoutingIDs[id] {
      case .some(.some): true
      case .some(.none): mayHavePeer(id, hasEnded: true)
      case .none: mayHavePeer(id, hasEnded: false)
      }
    if isTaken { throw ZeroMQError(.addressExists, operation: "zmq_connect", subject: endpoint) }
  }

  /// Remembers the routing ID that the connection just made has taken.
  func rememberAssignedRoutingID(for endpoint: String) {
    guard let id = unsafe tracked.nextRoutingID else { return }
    // libzmq: without a pipe to the peer, which `immediate` puts off, the ID is left for the next connection.
    if !endpoint.isInproc, (try? number(ZMQ_IMMEDIATE, "ZMQ_IMMEDIATE")) ?? 0 != 0 { return }
    unsafe tracked.assignedRoutingIDs[id] = endpoint
    unsafe tracked.nextRoutingID = nil
  }

  /// Remembers that the connections to an endpoint have been ended, whose routing IDs libzmq frees some time later.
  func releaseRoutingIDs(of endpoint: String) {
    for (id, assigned) in unsafe tracked.assignedRoutingIDs where assigned == endpoint {
      unsafe tracked.assignedRoutingIDs[id] = .some(nil)
    }
  }

  /// Returns a Boolean value that indicates whether a peer may have a routing ID.
  ///
  /// libzmq has no function that tells. But STREAM, and ROUTER with ROUTER_MANDATORY, refuse the first frame of a message to a peer
  /// that is not there (4.3.4; stream.cpp, router.cpp). A ROUTER's peer that is there gets an empty message, as if it were probed;
  /// the alternative would be the end of this process.
  ///
  /// - Parameter hasEnded: whether the ID was assigned to a connection that has been ended.
  private func mayHavePeer(_ id: Frame, hasEnded: Bool) -> Bool {
    guard type == .router || hasEnded else { return false }
    if type == .router {
      guard (try? setNumber(ZMQ_ROUTER_MANDATORY, "ZMQ_ROUTER_MANDATORY", to: 1)) != nil else { return false }
    }
    defer {
      if type == .router { try? setNumber(ZMQ_ROUTER_MANDATORY, "ZMQ_ROUTER_MANDATORY", to: unsafe tracked.routerMandatory) }
    }
    // libzmq: a peer is known only once the commands of other threads have been read, which sending does once a millisecond.
    let events = (try? number(ZMQ_EVENTS, "ZMQ_EVENTS")) ?? 0
    // A signal would leave open whether the peer is there.
    return withSignalsBlocked {
      guard unsafe id.withUnsafeBytes({ unsafe probe($0, ZMQ_SNDMORE | ZMQ_DONTWAIT) }) else {
        // libzmq: ROUTER calls a peer unreachable whose connection is ending and that still has its ID, but unless no peer has
        // room, there may be such a one.
        let mayBeEnding = type == .router && hasEnded && events & ZMQ_POLLOUT != 0
        return ZeroMQError.Code.last == .wouldBlock || mayBeEnding
      }
      _ = unsafe probe(UnsafeRawBufferPointer(start: nil, count: 0), ZMQ_DONTWAIT)
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
