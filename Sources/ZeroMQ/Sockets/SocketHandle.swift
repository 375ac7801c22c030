internal import CZeroMQ

/// The owner of one libzmq socket, whatever its kind.
@safe
@usableFromInline
final class SocketHandle {
  let context: Context

  let type: SocketType

  /// The socket; `nil` once it is closed, which libzmq itself answers with ENOTSOCK.
  ///
  /// Not checked for exclusivity, which would cost more than libzmq's own work: a socket is used by one thread at a time, and no
  /// access calls out while it lasts.
  @exclusivity(unchecked)
  @usableFromInline
  var openSocket: UnsafeMutableRawPointer?

  /// A Boolean value that indicates whether tasks are suspended until something happens to the socket, and all of them still wait.
  @exclusivity(unchecked)
  @usableFromInline
  var isAwaited = false

  /// The socket, for a call on it.
  ///
  /// libzmq: ZMQ_FD is edge-triggered (4.3.4; zmq_getsockopt(3)). Any call on the socket can consume the event that a task waits
  /// for, so the first waiter is resumed to look for itself.
  @inlinable
  @inline(__always)
  var pointer: UnsafeMutableRawPointer? {
    if _slowPath(unsafe isAwaited) { wakeFirstWaiter() }
    return unsafe openSocket
  }

  /// The socket, for a first attempt to send; `nil` for a STREAM as well, whose frames are checked after that has failed.
  @inlinable
  @inline(__always)
  var sendingPointer: UnsafeMutableRawPointer? {
    if _slowPath(unsafe isAwaited) { wakeFirstWaiter() }
    return unsafe sendingSocket
  }

  @exclusivity(unchecked)
  @usableFromInline
  var sendingSocket: UnsafeMutableRawPointer?

  /// The flags of a first attempt to send: `ZMQ_DONTWAIT` if a timeout is set, so that we count the time and not libzmq, which
  /// would begin anew after a signal.
  @exclusivity(unchecked)
  @usableFromInline
  var sendFlags: Int32 = 0

  /// The flags of a first attempt to receive: likewise, or if we are to try again before we block.
  @exclusivity(unchecked)
  @usableFromInline
  var receiveFlags: Int32 = 0

  /// The memory of the message received or sent last, to be used again if nobody else holds it by then.
  @exclusivity(unchecked)
  var cachedStorage = StorageReference()

  /// What libzmq would abort on, or keeps to itself.
  @exclusivity(unchecked)
  var tracked = TrackedState()

  /// The tasks that wait for the socket, once there has been one.
  @exclusivity(unchecked)
  var waiters: SocketWaiters?

  /// How many tasks wait for the socket.
  @exclusivity(unchecked)
  @usableFromInline
  var waitingTasks = 0

  /// The number of calls of tasks that may be ready at once before other tasks run.
  @exclusivity(unchecked)
  @usableFromInline
  var remainingCalls = SocketHandle.callsBeforeYield

  /// Whether a message has been begun, but not ended, by frames that are sent one by one.
  @exclusivity(unchecked)
  @usableFromInline
  var isInSentMessage = false

  /// The same for messages that are received.
  @exclusivity(unchecked)
  @usableFromInline
  var isInReceivedMessage = false

  /// The requests that tasks have made over a DEALER, once there has been one.
  @exclusivity(unchecked)
  var requests: RequestTable?

  /// What decides who closes this socket, if it reads the events of another one.
  @exclusivity(unchecked)
  var readerLink: MonitorLink?

  /// What stops the socket's monitor, if it has one.
  @exclusivity(unchecked)
  var monitorLink: MonitorLink?

  struct TrackedState {
    /// How long a send may wait, by the option; `nil` is for ever.
    var sendTimeout: Duration?
    /// How long a receive may wait, by the option; `nil` is for ever.
    var receiveTimeout: Duration?
    /// How long a receive tries again before it blocks.
    var spinTime = Duration.zero
    /// The routing ID for the peer of the next connection.
    var nextRoutingID: Frame?
    /// The routing IDs that were given to peers, each with the endpoint; `nil` once the connection has been ended.
    var assignedRoutingIDs: [Frame: String?] = [:]
    /// The option ROUTER_MANDATORY, which cannot be read.
    var routerMandatory: Int32 = 0
    /// Whether a REQ does without the reply to its last request.
    var requestsAreRelaxed = false
    /// A Boolean value that indicates whether the reply to a REQ's last request is missing.
    var isReplyMissing = false
    /// The endpoints that a REQ is connected to, without those over inproc.
    var requestEndpoints: [String] = []
    /// Whether the next bind takes over a descriptor.
    var usesFileDescriptor = false
    /// A Boolean value that indicates whether an XPUB sends a message to each new subscriber.
    var hasWelcomeMessage = false
    /// A Boolean value that indicates whether the socket may have been bound or connected to an inproc name.
    var usesInproc = false
  }

  init(in context: Context, type: SocketType) throws(ZeroMQError) {
    self.context = context
    self.type = type
    unsafe openSocket = try context.makeSocket(type)
    unsafe sendingSocket = type == .stream ? nil : openSocket
    OpenSockets.add(self)
  }

  deinit {
    close()
    OpenSockets.remove(self)
  }

  var isOpen: Bool { unsafe openSocket != nil }

  func close() {
    guard let open = unsafe openSocket else { return }
    unsafe monitorLink?.socketCloses()
    unsafe monitorLink = nil
    let lingers = unsafe tracked.usesInproc && self.lingers
    // Their next call finds it closed.
    unsafe waiters?.end()
    unsafe isAwaited = false
    unsafe openSocket = nil
    unsafe sendingSocket = nil
    unsafe cachedStorage.releaseFromCache()
    context.removeSocket()
    if let link = unsafe readerLink { return link.closeReader(in: context) }
    // SAFETY: the socket is open, and no longer reachable from here on.
    let closeSocket = { unsafe Self.close(open) }
    guard unsafe tracked.usesInproc else { return closeSocket() }
    context.inprocNames.withLock { $0.close(UInt(bitPattern: open), in: context, lingers: lingers, closeSocket) }
  }

  /// Leaves the socket to the process that created it, in a child that has inherited it.
  func abandon() {
    unsafe openSocket = nil
    unsafe sendingSocket = nil
    unsafe isAwaited = false
  }
}
