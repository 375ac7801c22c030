internal import CZeroMQ

/// The owner of one libzmq socket, whatever its kind.
@safe
@usableFromInline
final class SocketHandle {
  let context: Context

  let type: SocketType

  /// The socket; `nil` once it is closed, and while it is lent, which libzmq itself answers with ENOTSOCK.
  ///
  /// Not checked for exclusivity, which would cost more than libzmq's own work: a socket is used by one thread at a time, and no
  /// access calls out while it lasts.
  @exclusivity(unchecked)
  @usableFromInline
  var pointer: UnsafeMutableRawPointer?

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
  var spare = StorageReference()

  /// What libzmq would abort on, or keeps to itself.
  @exclusivity(unchecked)
  var tracked = TrackedState()

  /// What the tasks that wait for the socket share, once there has been one.
  @exclusivity(unchecked)
  var waits: SocketWaits?

  /// How many tasks wait for the socket.
  @exclusivity(unchecked)
  @usableFromInline
  var waitingTasks = 0

  /// How many more calls of tasks may be ready at once before others have their turn.
  @exclusivity(unchecked)
  @usableFromInline
  var turnsLeft = SocketHandle.turns

  /// Whether a message has been begun, but not ended, by frames that are sent one by one.
  @exclusivity(unchecked)
  @usableFromInline
  var isInSentMessage = false

  /// The same for messages that are received.
  @exclusivity(unchecked)
  @usableFromInline
  var isInReceivedMessage = false

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
    /// The routing IDs that were given to peers.
    var assignedRoutingIDs: Set<Frame> = []
    /// The option ROUTER_MANDATORY, which cannot be read.
    var routerMandatory: Int32 = 0
    /// Whether a REQ does without the reply to its last request.
    var requestsAreRelaxed = false
    /// Whether the next bind takes over a descriptor.
    var usesFileDescriptor = false
  }

  init(in context: Context, type: SocketType) throws(ZeroMQError) {
    self.context = context
    self.type = type
    unsafe pointer = try context.makeSocket(type)
    OpenSockets.add(self)
  }

  deinit {
    close()
    OpenSockets.remove(self)
  }

  var isOpen: Bool { unsafe pointer != nil || waits?.lent != nil }

  func close() {
    guard isOpen else { return }
    takeBack()
    // Who waits finds it closed.
    for watch in unsafe waits?.watches ?? [] { watch.suspension.finish(.ready) }
    guard let open = unsafe pointer else { return }
    stopMonitor()
    unsafe pointer = nil
    unsafe spare = StorageReference()
    // SAFETY: the socket is open, and no longer reachable from here on.
    unsafe zmq_close(open)
  }

  /// Leaves the socket to the process that created it, in a child that has inherited it.
  func abandon() {
    unsafe pointer = nil
    unsafe waits?.lent = nil
  }
}
