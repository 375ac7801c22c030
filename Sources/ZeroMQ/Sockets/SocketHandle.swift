internal import CZeroMQ

/// The owner of one libzmq socket of any kind.
@safe
@usableFromInline
final class SocketHandle {
  let context: Context

  let type: SocketType

  /// The socket; `nil` once it is closed, for which libzmq's functions fail with ENOTSOCK.
  ///
  /// Exclusivity is not checked, as the check would cost more than libzmq's own work. Only one thread uses a socket at a time, and
  /// no access calls other code.
  @exclusivity(unchecked)
  @usableFromInline
  var openSocket: UnsafeMutableRawPointer?

  /// A Boolean value that indicates whether tasks are suspended until an event on the socket, and all of them still wait.
  @exclusivity(unchecked)
  @usableFromInline
  var isAwaited = false

  /// The socket, for a call on it.
  ///
  /// libzmq: ZMQ_FD is edge-triggered (4.3.4; `zmq_getsockopt` (3)). Any call on the socket can consume the event that a task waits
  /// for, so the first waiter is resumed to look for itself.
  @inlinable
  @inline(__always)
  var pointer: UnsafeMutableRawPointer? {
    if _slowPath(unsafe isAwaited) { wakeFirstWaiter() }
    return unsafe openSocket
  }

  /// The socket, for a first attempt to send; `nil` for a STREAM, whose frames are checked after that attempt has failed.
  @inlinable
  @inline(__always)
  var sendingPointer: UnsafeMutableRawPointer? {
    if _slowPath(unsafe isAwaited) { wakeFirstWaiter() }
    return unsafe sendingSocket
  }

  /// The socket, or `nil` for a STREAM.
  @exclusivity(unchecked)
  @usableFromInline
  var sendingSocket: UnsafeMutableRawPointer?

  /// The flags of a first attempt to send.
  ///
  /// If a timeout is set, they are `ZMQ_DONTWAIT`. The library then measures the time itself, since libzmq would restart it after a
  /// signal.
  @exclusivity(unchecked)
  @usableFromInline
  var sendFlags: Int32 = 0

  /// The flags of a first attempt to receive: `ZMQ_DONTWAIT` if a timeout or a spin time is set.
  @exclusivity(unchecked)
  @usableFromInline
  var receiveFlags: Int32 = 0

  /// The storage of the last message, reused for the next one if it is uniquely referenced by then.
  @exclusivity(unchecked)
  var cachedStorage = StorageReference()

  /// The state that libzmq does not let the library read, or that guards against calls that end the process.
  @exclusivity(unchecked)
  var tracked = TrackedState()

  /// The tasks that wait for the socket; the first one creates it.
  @exclusivity(unchecked)
  var waiters: SocketWaiters?

  /// The number of tasks that wait for the socket, plus one if it has a table of requests.
  @exclusivity(unchecked)
  @usableFromInline
  var waitingTasks = 0

  /// The number of further calls of a task that may succeed without suspension before other tasks run.
  ///
  /// The first call lets them run, in case a task uses one new socket after another.
  @exclusivity(unchecked)
  @usableFromInline
  var remainingCalls: Int32 = 0

  /// A Boolean value that indicates whether the last frame sent by itself has further frames to follow.
  @exclusivity(unchecked)
  @usableFromInline
  var isInSentMessage = false

  /// A Boolean value that indicates whether the last frame received by itself has further frames to follow.
  @exclusivity(unchecked)
  @usableFromInline
  var isInReceivedMessage = false

  /// The requests over a DEALER; the first one creates it.
  @exclusivity(unchecked)
  var requests: RequestTable?

  /// The link to the socket whose events this one reads, for a monitor's reader; it decides which side closes this socket.
  @exclusivity(unchecked)
  var readerLink: MonitorLink?

  /// The link to the socket's monitor, which stops the monitor.
  @exclusivity(unchecked)
  var monitorLink: MonitorLink?

  /// The state that libzmq does not let the library read, or that guards against calls that end the process.
  struct TrackedState {
    /// The option `ZMQ_SNDTIMEO`; `nil` waits indefinitely.
    var sendTimeout: Duration?
    /// The option `ZMQ_RCVTIMEO`; `nil` waits indefinitely.
    var receiveTimeout: Duration?
    /// The time for which a receiving call polls the socket before it blocks.
    var spinTime = Duration.zero
    /// The routing ID for the peer of the next connection.
    var nextRoutingID: Frame?
    /// The routing IDs assigned to peers, each with its endpoint; `nil` after the connection was ended.
    var assignedRoutingIDs: [Frame: String?] = [:]
    /// The option `ZMQ_ROUTER_MANDATORY`, which libzmq cannot read.
    var routerMandatory: Int32 = 0
    /// A Boolean value that indicates whether a REQ may send a request without the reply to its last one.
    var requestsAreRelaxed = false
    /// A Boolean value that indicates whether the reply to a REQ's last request is missing.
    var isReplyMissing = false
    /// The endpoints that a REQ is connected to, without those over inproc.
    var requestEndpoints: [String] = []
    /// A Boolean value that indicates whether the next bind uses the descriptor of the option `ZMQ_USE_FD`.
    var usesFileDescriptor = false
    /// A Boolean value that indicates whether an XPUB sends a message to each new subscriber.
    var hasWelcomeMessage = false
    /// A Boolean value that indicates whether the socket may have been bound or connected to an inproc name.
    var usesInproc = false
  }

  init(in context: Context, type: SocketType) throws(ZeroMQError) {
    self.context = context
    self.type = type
    unsafe openSocket = UnsafeMutableRawPointer(bitPattern: try context.makeSocket(type))
    unsafe sendingSocket = type == .stream ? nil : openSocket
    context.countSockets(1)
    OpenSockets.add(self)
  }

  deinit {
    close()
    OpenSockets.remove(self)
  }

  var isOpen: Bool { unsafe openSocket != nil }

  func close() {
    // First, for a closed or abandoned socket, too: the mark must not outlive the reference.
    unsafe cachedStorage.releaseFromCache()
    let open = address
    if open == 0 { return }
    unsafe monitorLink?.socketCloses()
    unsafe monitorLink = nil
    let lingers = unsafe tracked.usesInproc && self.lingers
    // The next call of each waiting task throws `.notSocket`.
    unsafe waiters?.end()
    abandon()
    context.countSockets(-1)
    if let link = unsafe readerLink { return link.closeReader(in: context) }
    guard unsafe tracked.usesInproc else { return Self.close(open) }
    context.inprocNames.withLock { $0.close(open, in: context, lingers: lingers) }
  }

  /// Makes every call fail with ENOTSOCK: the socket is about to be closed, or belongs to the parent of this process.
  func abandon() {
    unsafe openSocket = nil
    unsafe sendingSocket = nil
    unsafe isAwaited = false
  }
}
