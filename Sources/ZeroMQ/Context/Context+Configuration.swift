internal import CZeroMQ

extension Context {
  /// What a context is made with.
  ///
  /// libzmq ignores most of it once a socket exists, so it is given to ``Context/init(_:)`` and cannot be changed.
  public struct Configuration: Hashable, Sendable {
    /// What a blocked call does when a signal interrupts it.
    public enum Interruption: Hashable, Sendable {
      /// It goes on, for the rest of its time.
      case retry
      /// It throws `.interrupted`, and nothing was sent or received.
      ///
      /// Only a signal that reaches the blocked thread itself does so. A waiting task is never interrupted; cancel it instead.
      case `throw`
    }

    /// The number of threads that do input and output: 1 is enough for about a gigabyte a second, 0 for inproc alone.
    ///
    /// The corresponding libzmq option is `ZMQ_IO_THREADS`.
    public var ioThreads: Int

    /// The largest number of sockets that may be open at once; those that libzmq is still closing count.
    ///
    /// A monitor counts as two sockets. While connections wait for an inproc name to be bound, the context uses one more.
    ///
    /// The corresponding libzmq option is `ZMQ_MAX_SOCKETS`.
    public var maximumSockets: Int

    /// The scheduling priority of the I/O threads; `nil` leaves the system's.
    ///
    /// For the policies `SCHED_FIFO` and `SCHED_RR` it is the priority, mostly 1 to 99. With any other policy, libzmq lowers the
    /// threads' nice value as far as possible, whatever the number. If the system refuses, creating the context throws
    /// `.notPermitted` or `.invalidArgument`.
    ///
    /// The corresponding libzmq option is `ZMQ_THREAD_PRIORITY`.
    public var threadPriority: Int?

    /// The scheduling policy of the I/O threads, one of the system's `SCHED_` numbers; `nil` leaves the system's.
    ///
    /// If the system refuses, creating the context throws `.notPermitted` or `.invalidArgument`.
    ///
    /// The corresponding libzmq option is `ZMQ_THREAD_SCHED_POLICY`.
    public var threadSchedulingPolicy: Int?

    /// The processors that the I/O threads may run on, by number; empty means all.
    ///
    /// The corresponding libzmq option is `ZMQ_THREAD_AFFINITY_CPU_ADD`.
    public var threadAffinity: Set<Int>

    /// The processors that the I/O threads may not run on, by number, such as one that is kept for something else.
    ///
    /// The corresponding libzmq option is `ZMQ_THREAD_AFFINITY_CPU_REMOVE`.
    public var threadAffinityExclusions: Set<Int>

    /// A number that the names of the I/O threads begin with; `nil` for none.
    ///
    /// The corresponding libzmq option is `ZMQ_THREAD_NAME_PREFIX`.
    public var threadNamePrefix: Int?

    /// The largest message to send, in bytes; `nil` leaves libzmq's `INT_MAX`.
    ///
    /// libzmq stores the number, but 4.3 does not enforce it; what a socket accepts is the option `maximumMessageSize`. The
    /// corresponding libzmq option is `ZMQ_MAX_MSGSZ`.
    public var maximumMessageSize: Int?

    /// Whether new sockets use IPv6 as well.
    ///
    /// The corresponding libzmq option is `ZMQ_IPV6`.
    public var ipv6: Bool

    /// Whether new sockets linger for ever; `false` gives them a linger of zero.
    ///
    /// The corresponding libzmq option is `ZMQ_BLOCKY`.
    public var blocky: Bool

    /// What a blocked call does when a signal interrupts it.
    public var interruption: Interruption

    /// The options that new sockets begin with, in the order in which they are set.
    var socketDefaults: [SocketDefault] = []

    /// Makes a configuration; what is not given has libzmq's default.
    ///
    /// - Parameters:
    ///   - ioThreads: the number of I/O threads, 0 or more.
    ///   - maximumSockets: the largest number of open sockets, 1 or more.
    ///   - threadPriority: the scheduling priority of the I/O threads.
    ///   - threadSchedulingPolicy: the scheduling policy of the I/O threads.
    ///   - threadAffinity: the processors that the I/O threads may run on.
    ///   - threadAffinityExclusions: the processors that they may not run on.
    ///   - threadNamePrefix: a number that the I/O threads' names begin with, 0 or more.
    ///   - maximumMessageSize: the largest message to send, in bytes.
    ///   - ipv6: whether new sockets use IPv6 as well.
    ///   - blocky: whether new sockets linger for ever.
    ///   - interruption: what a blocked call does when a signal interrupts it.
    public init(
      ioThreads: Int = 1,
      maximumSockets: Int = 1023,
      threadPriority: Int? = nil,
      threadSchedulingPolicy: Int? = nil,
      threadAffinity: Set<Int> = [],
      threadAffinityExclusions: Set<Int> = [],
      threadNamePrefix: Int? = nil,
      maximumMessageSize: Int? = nil,
      ipv6: Bool = false,
      blocky: Bool = true,
      interruption: Interruption = .retry
    ) {
      self.ioThreads = ioThreads
      self.maximumSockets = maximumSockets
      self.threadPriority = threadPriority
      self.threadSchedulingPolicy = threadSchedulingPolicy
      self.threadAffinity = threadAffinity
      self.threadAffinityExclusions = threadAffinityExclusions
      self.threadNamePrefix = threadNamePrefix
      self.maximumMessageSize = maximumMessageSize
      self.ipv6 = ipv6
      self.blocky = blocky
      self.interruption = interruption
    }
  }
}

extension Context.Configuration {
  /// Sets all that differs from libzmq's default on a context that has no socket yet.
  func apply(to context: UnsafeMutableRawPointer) throws(ZeroMQError) {
    let standard = Context.Configuration()
    // libzmq: it takes any number here, and ends the process when it has no memory for so many sockets.
    guard unsafe maximumSockets <= Context.option(ZMQ_SOCKET_LIMIT, of: context) else {
      throw ZeroMQError(.invalidArgument, operation: "zmq_ctx_set", subject: "ZMQ_MAX_SOCKETS = \(maximumSockets)")
    }
    var options: [(option: Int32, name: String, value: Int?)] = [
      (ZMQ_IO_THREADS, "ZMQ_IO_THREADS", ioThreads),
      (ZMQ_MAX_SOCKETS, "ZMQ_MAX_SOCKETS", maximumSockets == standard.maximumSockets ? nil : maximumSockets),
      (ZMQ_THREAD_PRIORITY, "ZMQ_THREAD_PRIORITY", threadPriority),
      (ZMQ_THREAD_SCHED_POLICY, "ZMQ_THREAD_SCHED_POLICY", threadSchedulingPolicy),
      (ZMQ_THREAD_NAME_PREFIX, "ZMQ_THREAD_NAME_PREFIX", threadNamePrefix),
      (ZMQ_MAX_MSGSZ, "ZMQ_MAX_MSGSZ", maximumMessageSize),
      (ZMQ_IPV6, "ZMQ_IPV6", ipv6 ? 1 : 0),
      (ZMQ_BLOCKY, "ZMQ_BLOCKY", blocky ? 1 : 0),
    ]
    // Taken out one by one, processors have to be in the set first.
    let added = threadAffinity.isEmpty && !threadAffinityExclusions.isEmpty ? Set(0..<processorCount) : threadAffinity
    // libzmq: an I/O thread that is bound only to processors that are not there ends the process.
    if let missing = added.first(where: { $0 >= processorCount }) {
      throw ZeroMQError(.invalidArgument, operation: "zmq_ctx_set", subject: "ZMQ_THREAD_AFFINITY_CPU_ADD = \(missing)")
    }
    guard added.isEmpty || !added.isSubset(of: threadAffinityExclusions) else {
      throw ZeroMQError(.invalidArgument, operation: "zmq_ctx_set", subject: "ZMQ_THREAD_AFFINITY_CPU_REMOVE of all processors")
    }
    if threadPriority != nil || threadSchedulingPolicy != nil {
      // libzmq: a thread that the system refuses to schedule so ends the process.
      let scheduling = shim_scheduling(
        policy: Int32(clamping: threadSchedulingPolicy ?? -1), priority: Int32(clamping: threadPriority ?? -1))
      let code = shim_check_scheduling(scheduling)
      guard code == 0 else {
        let subject = [
          threadSchedulingPolicy.map { "ZMQ_THREAD_SCHED_POLICY = \($0)" }, threadPriority.map { "ZMQ_THREAD_PRIORITY = \($0)" },
        ].compactMap(\.self).joined(separator: ", ")
        throw ZeroMQError(.init(rawValue: code), operation: "zmq_ctx_set", subject: subject)
      }
    }
    for cpu in added.sorted() {
      options.append((ZMQ_THREAD_AFFINITY_CPU_ADD, "ZMQ_THREAD_AFFINITY_CPU_ADD", cpu))
    }
    for cpu in threadAffinityExclusions.intersection(added).sorted() {
      options.append((ZMQ_THREAD_AFFINITY_CPU_REMOVE, "ZMQ_THREAD_AFFINITY_CPU_REMOVE", cpu))
    }
    for (option, name, value) in options {
      guard let value else { continue }
      let subject = "\(name) = \(value)"
      guard let number = Int32(exactly: value) else {
        throw ZeroMQError(.invalidArgument, operation: "zmq_ctx_set", subject: subject)
      }
      try unsafe Context.setOption(option, of: context, to: number, subject)
    }
  }
}
