internal import CZeroMQ

extension Context {
  /// The options that a context is created with.
  ///
  /// libzmq ignores most of them once a socket exists. So they are passed to ``Context/init(_:)`` and cannot be changed later.
  public struct Configuration: Hashable, Sendable {
    /// The reaction of a blocked call to a signal.
    public enum Interruption: Hashable, Sendable {
      /// The call resumes, and waits for its remaining time.
      case retry
      /// The call throws `.interrupted`, and nothing was sent or received.
      ///
      /// Only a signal that is delivered to the blocked thread interrupts its call. A signal never interrupts a waiting task;
      /// cancel the task instead.
      case `throw`
    }

    /// The number of threads that do input and output, 0 or more.
    ///
    /// One thread suffices for about a gigabyte a second. With none, sockets can use inproc only.
    ///
    /// The corresponding libzmq option is `ZMQ_IO_THREADS`.
    public var ioThreads: Int

    /// The maximum number of open sockets, 1 or more, including those that libzmq is still closing.
    ///
    /// A monitor counts as two sockets. While connections wait for an inproc name to be bound, the context uses one more.
    ///
    /// The corresponding libzmq option is `ZMQ_MAX_SOCKETS`.
    public var maximumSockets: Int

    /// The scheduling priority of the I/O threads, or `nil` to keep the system's.
    ///
    /// With the policies `SCHED_FIFO` and `SCHED_RR`, the number is the priority, usually 1 to 99. With any other policy, libzmq
    /// ignores the number and lowers the threads' nice value as far as possible. If the system does not permit the priority,
    /// creating the context throws `.notPermitted` or `.invalidArgument`.
    ///
    /// The corresponding libzmq option is `ZMQ_THREAD_PRIORITY`.
    public var threadPriority: Int?

    /// The scheduling policy of the I/O threads, one of the system's `SCHED_` constants, or `nil` to keep the system's.
    ///
    /// If the system does not permit the policy, creating the context throws `.notPermitted` or `.invalidArgument`.
    ///
    /// The corresponding libzmq option is `ZMQ_THREAD_SCHED_POLICY`.
    public var threadSchedulingPolicy: Int?

    /// The numbers of the processors that the I/O threads may run on; an empty set means all.
    ///
    /// The corresponding libzmq option is `ZMQ_THREAD_AFFINITY_CPU_ADD`.
    public var threadAffinity: Set<Int>

    /// The numbers of the processors that the I/O threads may not run on, such as one that is reserved for another thread.
    ///
    /// The corresponding libzmq option is `ZMQ_THREAD_AFFINITY_CPU_REMOVE`.
    public var threadAffinityExclusions: Set<Int>

    /// The number that the names of the I/O threads begin with, 0 or more, or `nil` for none.
    ///
    /// The corresponding libzmq option is `ZMQ_THREAD_NAME_PREFIX`.
    public var threadNamePrefix: Int?

    /// The maximum number of bytes of a message to send, or `nil` for libzmq's `INT_MAX`.
    ///
    /// libzmq 4.3 stores the number but does not enforce it. To limit the messages that a socket accepts, set its option
    /// `maximumMessageSize`.
    ///
    /// The corresponding libzmq option is `ZMQ_MAX_MSGSZ`.
    public var maximumMessageSize: Int?

    /// A Boolean value that indicates whether new sockets use IPv6.
    ///
    /// If `true`, they use IPv6 and IPv4. If `false` (the default), they use IPv4 only.
    ///
    /// The corresponding libzmq option is `ZMQ_IPV6`.
    public var ipv6: Bool

    /// A Boolean value that indicates whether the `linger` option of new sockets is unlimited.
    ///
    /// If `true` (the default), new sockets linger indefinitely. If `false`, they have a linger of zero.
    ///
    /// The corresponding libzmq option is `ZMQ_BLOCKY`.
    public var blocky: Bool

    /// The reaction of a blocked call to a signal.
    public var interruption: Interruption

    /// The options that new sockets start with, in the order in which they are set.
    var socketDefaults: [SocketDefault] = []

    /// Creates a configuration; each parameter has libzmq's default.
    ///
    /// - Parameters:
    ///   - ioThreads: The number of I/O threads, 0 or more.
    ///   - maximumSockets: The maximum number of open sockets, 1 or more.
    ///   - threadPriority: The scheduling priority of the I/O threads.
    ///   - threadSchedulingPolicy: The scheduling policy of the I/O threads.
    ///   - threadAffinity: The processors that the I/O threads may run on.
    ///   - threadAffinityExclusions: The processors that the I/O threads may not run on.
    ///   - threadNamePrefix: The number that the I/O threads' names begin with, 0 or more.
    ///   - maximumMessageSize: The maximum number of bytes of a message to send.
    ///   - ipv6: If `true`, new sockets use IPv6 and IPv4. If `false`, they use IPv4 only.
    ///   - blocky: If `true`, new sockets linger indefinitely. If `false`, they have a linger of zero.
    ///   - interruption: The reaction of a blocked call to a signal.
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
  /// Sets the options that differ from libzmq's defaults on a context without sockets.
  func apply(to context: UnsafeMutableRawPointer) throws(ZeroMQError) {
    func invalid(_ subject: String) -> ZeroMQError { ZeroMQError(.invalidArgument, operation: "zmq_ctx_set", subject: subject) }
    let processorCount = sysconf(Int32(_SC_NPROCESSORS_CONF))
    // libzmq: `zmq_ctx_set` accepts any number, and the first `zmq_socket` ends the process if there is no memory for so many
    // (4.3.4; ctx.cpp).
    let limit = unsafe Context.option(ZMQ_SOCKET_LIMIT, of: context)
    guard maximumSockets <= limit else { throw invalid("ZMQ_MAX_SOCKETS = \(maximumSockets)") }
    var options: [(option: Int32, name: String, value: Int?)] = [
      (ZMQ_IO_THREADS, "ZMQ_IO_THREADS", ioThreads),
      (ZMQ_MAX_SOCKETS, "ZMQ_MAX_SOCKETS", maximumSockets == ZMQ_MAX_SOCKETS_DFLT ? nil : maximumSockets),
      (ZMQ_THREAD_PRIORITY, "ZMQ_THREAD_PRIORITY", threadPriority),
      (ZMQ_THREAD_SCHED_POLICY, "ZMQ_THREAD_SCHED_POLICY", threadSchedulingPolicy),
      (ZMQ_THREAD_NAME_PREFIX, "ZMQ_THREAD_NAME_PREFIX", threadNamePrefix),
      (ZMQ_MAX_MSGSZ, "ZMQ_MAX_MSGSZ", maximumMessageSize),
      (ZMQ_IPV6, "ZMQ_IPV6", ipv6 ? 1 : 0),
      (ZMQ_BLOCKY, "ZMQ_BLOCKY", blocky ? 1 : 0),
    ]
    // libzmq: `ZMQ_THREAD_AFFINITY_CPU_REMOVE` removes a processor only from a set that it is in (4.3.4; ctx.cpp).
    let added = threadAffinity.isEmpty && !threadAffinityExclusions.isEmpty ? Set(0..<processorCount) : threadAffinity
    // libzmq: an I/O thread ends the process if the machine has none of its processors (4.3.4; thread.cpp).
    if let missing = added.first(where: { $0 >= processorCount }) { throw invalid("ZMQ_THREAD_AFFINITY_CPU_ADD = \(missing)") }
    if !added.isEmpty, added.isSubset(of: threadAffinityExclusions) {
      throw invalid("ZMQ_THREAD_AFFINITY_CPU_REMOVE of all processors")
    }
    if threadPriority != nil || threadSchedulingPolicy != nil {
      // libzmq: a thread ends the process if the system does not permit its scheduling (4.3.4; thread.cpp).
      let scheduling = shim_scheduling(
        policy: Int32(clamping: threadSchedulingPolicy ?? -1), priority: Int32(clamping: threadPriority ?? -1))
      let code = shim_check_scheduling(scheduling)
      guard code == 0 else {
        let subject = [("ZMQ_THREAD_SCHED_POLICY", threadSchedulingPolicy), ("ZMQ_THREAD_PRIORITY", threadPriority)]
          .compactMap { name, value in value.map { "\(name) = \($0)" } }.joined(separator: ", ")
        throw ZeroMQError(.init(rawValue: code), operation: "zmq_ctx_set", subject: subject)
      }
    }
    options += added.sorted().map { (ZMQ_THREAD_AFFINITY_CPU_ADD, "ZMQ_THREAD_AFFINITY_CPU_ADD", $0) }
    options += threadAffinityExclusions.intersection(added).sorted().map {
      (ZMQ_THREAD_AFFINITY_CPU_REMOVE, "ZMQ_THREAD_AFFINITY_CPU_REMOVE", $0)
    }
    for (option, name, value) in options {
      guard let value else { continue }
      let subject = "\(name) = \(value)"
      guard let number = Int32(exactly: value) else { throw invalid(subject) }
      try unsafe Context.setOption(option, of: context, to: number, subject)
    }
  }
}
