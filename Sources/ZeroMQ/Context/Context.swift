internal import CZeroMQ

/// A container for sockets and the threads that do their input and output; a process usually has one.
///
/// All methods may be called from any thread or task. Each socket retains its context. When the last reference to a context is
/// released, libzmq's resources are released on a thread of their own, so the caller does not wait. A program that must not exit
/// before its messages are sent calls ``terminate()-6wz4l`` first.
///
/// ```swift
/// let context = try Context()
/// let socket = try context.socket(.rep)
/// ```
///
/// A context belongs to the process that created it. In a child made by `fork`, every call on it and on its sockets throws
/// `.notPermitted`; closing and releasing them does nothing. The child can create a context of its own.
///
/// The corresponding libzmq functions are `zmq_ctx_new`, `zmq_ctx_set` and `zmq_socket`.
public final class Context: Sendable, CustomStringConvertible {
  /// The configuration that the context was created with.
  public let configuration: Configuration

  /// The address of the libzmq context; not used once the termination has begun, but by the thread that terminates it.
  private let address: UInt

  private let state = Lock(State())

  /// The inproc names of its sockets; locked before ``state``.
  let inprocNames = Lock(InprocNames())

  /// The sockets that read the events of its monitors.
  let monitorReaders = Lock(MonitorReaders())

  /// A Boolean value that indicates whether the context is terminated; locked during a termination.
  private let isTerminated = Lock(false)

  /// The process that created the context.
  let creator = Creator()

  private struct State {
    enum Phase: String {
      case open, terminating, terminated
      case shutDown = "shut down"
    }
    var phase = Phase.open
    var hasMadeSockets = false
    var openSockets = 0
  }

  /// Creates a context.
  ///
  /// The corresponding libzmq functions are `zmq_ctx_new` and `zmq_ctx_set`.
  ///
  /// - Parameter configuration: The options of the context, which cannot be changed once sockets exist.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if libzmq does not accept a value; the error's subject is the C name of the option and the value.
  ///   - `.notPermitted` if the process may not choose the thread priority or policy.
  ///   - `.tooManyOpenFiles` if the process has no file descriptor left.
  public init(_ configuration: Configuration = Configuration()) throws {
    // SAFETY: the pointer points to the libzmq context, owned by this object, valid until `zmq_ctx_term`; used only under `state`.
    guard let pointer = unsafe zmq_ctx_new() else { throw ZeroMQError.last("zmq_ctx_new") }
    // SAFETY: the pointer points to the libzmq context, owned by this object, valid until `zmq_ctx_term`; used only on this thread.
    precondition(
      unsafe Self.option(ZMQ_MSG_T_SIZE, of: pointer) == MemoryLayout<zmq_msg_t>.size,
      "the libzmq that was loaded is not compatible with the headers that this library was built with")
    do {
      try unsafe configuration.apply(to: pointer)
    } catch {
      // libzmq: `zmq_ctx_term` does not block without sockets (4.3.4; ctx.cpp).
      unsafe zmq_ctx_term(pointer)
      throw error
    }
    self.configuration = configuration
    address = UInt(bitPattern: pointer)
  }

  deinit {
    if creator.isOther { return }
    shutdown()
    // libzmq: a monitor stops waiting for its reader once the context is shut down (4.3.4; socket_base.cpp).
    monitorReaders.withLock { $0.end() }
    state.withLock { state in
      guard state.phase != .terminated else { return }
      // SAFETY: the pointer points to the libzmq context, owned by this object and then by the closure, valid until `zmq_ctx_term`
      // succeeds; used only by the closure, as no socket is left. It crosses to the thread as an integer.
      // libzmq: `zmq_ctx_term` fails only with EINTR, and may then be called again (4.3.4; zmq_ctx_term(3)).
      let terminate: @Sendable () -> Void = { [address] in
        while unsafe zmq_ctx_term(UnsafeMutableRawPointer(bitPattern: address)) != 0, ZeroMQError.Code.last == .interrupted {}
      }
      // Without a thread, the memory leaks; terminating here could block the caller.
      if state.hasMadeSockets { _ = runDetached(terminate) } else { terminate() }
    }
  }

  private var pointer: UnsafeMutableRawPointer? { unsafe UnsafeMutableRawPointer(bitPattern: address) }

  /// Returns a new socket of a kind that is known at compile time.
  ///
  /// The socket may be transferred to another task or thread, but only one uses it at a time.
  ///
  /// The corresponding libzmq function is `zmq_socket`.
  ///
  /// - Parameter kind: The socket type, such as `.router`.
  /// - Returns: A socket that is neither bound nor connected.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.tooManyOpenFiles` if ``Configuration/maximumSockets`` are open, or the process has no file descriptor left.
  ///   - `.invalidArgument` if the configuration has a default that libzmq does not accept.
  ///   - `.notPermitted` in a child process made by `fork`, which must create its own context.
  ///   - `.contextTerminated` if the context was shut down.
  public func socket<Kind: TypedSocketKind>(_ kind: Kind) throws -> sending Socket<Kind> {
    Socket(try makeHandle(Kind.type))
  }

  /// Returns a new socket of a type that is known only at run time; libzmq checks each operation.
  ///
  /// The socket may be transferred to another task or thread, but only one uses it at a time.
  ///
  /// The corresponding libzmq function is `zmq_socket`.
  ///
  /// - Parameter type: The socket type.
  /// - Returns: A socket that is neither bound nor connected.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.tooManyOpenFiles` if ``Configuration/maximumSockets`` are open, or the process has no file descriptor left.
  ///   - `.invalidArgument` if the type is not one of the twelve stable types, or the configuration has a default that libzmq does
  ///     not accept.
  ///   - `.notPermitted` in a child process made by `fork`, which must create its own context.
  ///   - `.contextTerminated` if the context was shut down.
  public func socket(ofType type: SocketType) throws -> sending AnySocket {
    // libzmq: a draft socket type ends the process if it is used like a stable one (4.3.4, built with drafts; zmq.cpp).
    guard SocketType.pair.rawValue...SocketType.stream.rawValue ~= type.rawValue else {
      throw ZeroMQError(.invalidArgument, operation: "zmq_socket", subject: "\(type)")
    }
    return AnySocket(try makeHandle(type))
  }

  private func makeHandle(_ type: SocketType) throws(ZeroMQError) -> sending SocketHandle {
    let handle = try SocketHandle(in: self, type: type)
    for socketDefault in configuration.socketDefaults { try socketDefault.apply(to: handle) }
    return handle
  }

  /// Makes every call on the context's sockets throw `.contextTerminated`, including those that block.
  ///
  /// Does not wait. Each owner still has to close its sockets. Messages already sent are still delivered, for at most the time of
  /// the socket's `linger` option. In a child process made by `fork`, the call does nothing.
  ///
  /// The corresponding libzmq function is `zmq_ctx_shutdown`.
  public func shutdown() {
    if creator.isOther { return }
    inprocNames.withLock { names in
      state.withLock { state in
        guard state.phase == .open else { return }
        // Within the lock, so that no further connection begins to wait for a bind.
        names.end()
        // SAFETY: the pointer points to the libzmq context, owned by this object, valid until the termination, which waits for the
        // lock; used only under the lock.
        // libzmq: `zmq_ctx_shutdown` neither blocks nor fails (4.3.4; ctx.cpp).
        unsafe zmq_ctx_shutdown(pointer)
        state.phase = .shutDown
      }
    }
  }

  /// Shuts the context down, waits until its sockets are closed and their messages sent or dropped, and releases it.
  ///
  /// Blocks the current thread until every socket of the context is closed, so close those of the calling thread first. Then it
  /// blocks for at most the longest `linger` time of the sockets with unsent messages, which by default is unlimited. A second call
  /// returns when the first has finished.
  ///
  /// A peer that accepts a connection and never speaks delays the call even if there is nothing to send. The delay is at most the
  /// option `handshakeInterval` (30 seconds by default), or the socket's `linger` if that is finite. Monitors do not delay the
  /// call: those that no call uses are closed.
  ///
  /// The corresponding libzmq function is `zmq_ctx_term`.
  ///
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.interrupted` if a signal arrives and the context was created with `interruption: .throw`; the call may be repeated.
  ///   - `.notPermitted` in a child process made by `fork`, which must create its own context.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func terminate() throws {
    try refuseInChild("zmq_ctx_term")
    try isTerminated.withLock { isTerminated in
      guard !isTerminated else { return }
      shutdown()
      monitorReaders.withLock { $0.end() }
      state.withLock { $0.phase = .terminating }
      // SAFETY: the pointer points to the libzmq context, owned by this object, valid until `zmq_ctx_term` succeeds; used only on
      // this thread, as the phase excludes other calls and the lock excludes a second termination.
      while unsafe zmq_ctx_term(pointer) != 0 {
        let error = ZeroMQError.last("zmq_ctx_term")
        guard error.code == .interrupted, configuration.interruption == .retry else { throw error }
      }
      state.withLock { $0.phase = .terminated }
      isTerminated = true
    }
  }

  /// Returns the address of a new libzmq socket, which the caller owns.
  func makeSocket(_ type: SocketType) throws(ZeroMQError) -> UInt {
    try refuseInChild("zmq_socket")
    return try state.withLock { (state) throws(ZeroMQError) in
      guard state.phase == .open else {
        throw ZeroMQError(.contextTerminated, operation: "zmq_socket", subject: type.description)
      }
      if !state.hasMadeSockets {
        // libzmq: the first `zmq_socket` creates a mailbox and a poller for the reaper and each I/O thread (4.3.4; ctx.cpp,
        // epoll.cpp).
        try requireDescriptors(2 * (configuration.ioThreads + 1) + 1, for: "zmq_socket", type.description)
      }
      // SAFETY: the pointer points to the libzmq context, owned by this object, valid until the termination, which waits for the
      // lock; used only under the lock.
      guard let socket = unsafe zmq_socket(pointer, type.rawValue) else {
        throw ZeroMQError.last("zmq_socket", type.description)
      }
      state.hasMadeSockets = true
      return UInt(bitPattern: socket)
    }
  }

  /// A Boolean value that indicates whether the context was shut down.
  var isShutDown: Bool { state.withLock { $0.phase != .open } }

  /// Counts the program's sockets that are opened, or closed if the number is negative.
  func countSockets(_ change: Int) {
    state.withLock { $0.openSockets += change }
  }

  /// Returns the value of one of libzmq's context options.
  private func option(_ option: Int32, _ name: String) throws(ZeroMQError) -> Int {
    try refuseInChild("zmq_ctx_get")
    return try state.withLock { (state) throws(ZeroMQError) in
      guard state.phase == .open || state.phase == .shutDown else {
        throw ZeroMQError(.contextTerminated, operation: "zmq_ctx_get", subject: name)
      }
      // SAFETY: the pointer points to the libzmq context, owned by this object, valid until the termination, which waits for the
      // lock; used only under the lock.
      return unsafe Self.option(option, of: pointer)
    }
  }

  /// Returns the value of an option of a libzmq context, which the caller keeps alive during the call.
  static func option(_ option: Int32, of pointer: UnsafeMutableRawPointer?) -> Int {
    Int(unsafe zmq_ctx_get(pointer, option))
  }

  /// Sets an option of a libzmq context, which the caller keeps alive during the call.
  static func setOption(
    _ option: Int32, of pointer: UnsafeMutableRawPointer, to number: Int32, _ subject: String
  ) throws(ZeroMQError) {
    guard unsafe zmq_ctx_set(pointer, option, number) == 0 else { throw .last("zmq_ctx_set", subject) }
  }

  /// The maximum number of open sockets, including those that libzmq is still closing.
  ///
  /// The corresponding libzmq option is `ZMQ_MAX_SOCKETS`. Throws a ``ZeroMQError`` with the code `.contextTerminated` if the
  /// context was terminated, and `.notPermitted` in a child process made by `fork`.
  public var maximumSockets: Int { get throws { try option(ZMQ_MAX_SOCKETS, "ZMQ_MAX_SOCKETS") } }

  /// The largest ``maximumSockets`` that this libzmq accepts.
  ///
  /// The corresponding libzmq option is `ZMQ_SOCKET_LIMIT`. Throws a ``ZeroMQError`` with the code `.contextTerminated` if the
  /// context was terminated, and `.notPermitted` in a child process made by `fork`.
  public var socketLimit: Int { get throws { try option(ZMQ_SOCKET_LIMIT, "ZMQ_SOCKET_LIMIT") } }

  /// The number of threads that do input and output.
  ///
  /// The corresponding libzmq option is `ZMQ_IO_THREADS`. Throws a ``ZeroMQError`` with the code `.contextTerminated` if the
  /// context was terminated, and `.notPermitted` in a child process made by `fork`.
  public var ioThreads: Int { get throws { try option(ZMQ_IO_THREADS, "ZMQ_IO_THREADS") } }

  /// The context's phase and number of open sockets, such as `"context (open, 2 sockets)"`.
  ///
  /// A monitor counts as a socket.
  public var description: String {
    state.withLock { "context (\($0.phase.rawValue), \($0.openSockets) \($0.openSockets == 1 ? "socket" : "sockets"))" }
  }
}
