internal import CZeroMQ

/// A container for sockets, with the threads that do their input and output; usually one a process.
///
/// All of its methods may be called from any thread or task. It stays alive as long as one of its sockets; when the last reference
/// goes, libzmq's resources are released on a thread of their own, so that nobody waits. A program that must not exit before its
/// messages are sent calls ``terminate()-6wz4l`` first.
///
/// ```swift
/// let context = try Context()
/// let socket = try context.socket(.rep)
/// ```
///
/// A context belongs to the process that created it. In a child made by `fork`, every call on it and on its sockets throws
/// `.notPermitted`; closing and dropping do nothing. The child can create a context of its own.
///
/// The corresponding libzmq functions are `zmq_ctx_new`, `zmq_ctx_set` and `zmq_socket`.
public final class Context: Sendable {
  /// How the context was made.
  public let configuration: Configuration

  private let state: Lock<State>
  /// The inproc names of its sockets; held before ``state``.
  let inprocNames = Lock(InprocNames())

  /// The readers of its monitors.
  let monitorReaders = Lock(MonitorReaders())

  /// Whether the context is gone; held while it goes.
  private let isTerminated = Lock(false)
  let creator = Creator()

  /// The life of a libzmq context, which nothing may touch once its termination has begun.
  @safe
  private struct State {
    enum Phase: String {
      case open, terminating, terminated
      case shutDown = "shut down"
    }
    var phase = Phase.open
    var hasMadeSockets = false
    var openSockets = 0
    let pointer: UnsafeMutableRawPointer
  }

  /// Makes a context.
  ///
  /// - Parameter configuration: what cannot be changed once sockets exist.
  /// - Throws: `.invalidArgument` for a value that libzmq refuses, with the C name of the option; `.notPermitted` for a thread
  ///   priority or policy that the process may not choose; `.tooManyOpenFiles`.
  public init(_ configuration: Configuration = Configuration()) throws {
    // SAFETY: the context belongs to this object from here on; `configure` does not keep it.
    guard let pointer = unsafe zmq_ctx_new() else { throw ZeroMQError.last("zmq_ctx_new") }
    // SAFETY: the context is alive. What is here a `zmq_msg_t` must be one to the library that was loaded.
    precondition(
      unsafe Self.option(ZMQ_MSG_T_SIZE, of: pointer) == MemoryLayout<zmq_msg_t>.size,
      "the libzmq that was loaded is not compatible with the headers that this library was built with")
    do {
      try unsafe configuration.apply(to: pointer)
    } catch {
      // A context without sockets is released at once.
      unsafe zmq_ctx_term(pointer)
      throw error
    }
    self.configuration = configuration
    state = unsafe Lock(State(pointer: pointer))
  }

  deinit {
    if creator.isOther { return }
    inprocNames.withLock { $0.end() }
    state.withLock { state in
      guard state.phase != .terminated else { return }
      // libzmq: only then do monitors not wait for their readers.
      unsafe zmq_ctx_shutdown(state.pointer)
      monitorReaders.withLock { $0.end() }
      let pointer = unsafe UInt(bitPattern: state.pointer)
      // SAFETY: no socket and no other caller is left, so this is the last use; the number stands for the pointer on its way.
      // EINTR is the only failure, and termination may be taken up again after it.
      let terminate: @Sendable () -> Void = {
        while unsafe zmq_ctx_term(UnsafeMutableRawPointer(bitPattern: pointer)) != 0, ZeroMQError.Code.last == .interrupted {}
      }
      guard state.hasMadeSockets else { return terminate() }
      if !runDetached(terminate) {
        // Without a thread the memory is lost, rather than the caller blocked.
        unsafe zmq_ctx_shutdown(state.pointer)
      }
    }
  }

  /// Makes a socket of a kind that is known at compile time.
  ///
  /// The socket may be given to another task or thread, but is used by one at a time. The corresponding libzmq function is
  /// `zmq_socket`.
  ///
  /// - Parameter kind: the socket type, such as `.router`.
  /// - Returns: a socket that is neither bound nor connected.
  /// - Throws: `.contextTerminated` after ``shutdown()``; `.tooManyOpenFiles` when the context's maximum number of sockets is open.
  public func socket<Kind: TypedSocketKind>(_ kind: Kind) throws -> sending Socket<Kind> {
    Socket(try makeHandle(Kind.type))
  }

  /// Makes a socket of a type that is chosen while the program runs; libzmq checks what it is used for.
  ///
  /// The corresponding libzmq function is `zmq_socket`.
  ///
  /// - Parameter type: the socket type.
  /// - Returns: a socket that is neither bound nor connected.
  /// - Throws: `.contextTerminated` after ``shutdown()``; `.tooManyOpenFiles` when the context's maximum number of sockets is open;
  ///   `.invalidArgument` for a type that is none of the twelve, such as a draft of libzmq's.
  public func socket(ofType type: SocketType) throws -> sending AnySocket {
    // libzmq: where it has drafts, one of them aborts the process when it is used as the stable types are.
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

  /// Makes every call on the context's sockets, those that are blocked first, throw `.contextTerminated`.
  ///
  /// Returns at once. The sockets still have to be closed by those who own them; messages already sent are still delivered, for
  /// as long as each socket's `linger` allows. The corresponding libzmq function is `zmq_ctx_shutdown`.
  public func shutdown() {
    if creator.isOther { return }
    inprocNames.withLock { names in
      state.withLock { state in
        guard state.phase == .open else { return }
        // Within the lock, so that no connection begins to wait in between.
        names.end()
        // SAFETY: termination has not begun, and cannot as long as the lock is held. libzmq: the call does not block or fail.
        unsafe zmq_ctx_shutdown(state.pointer)
        state.phase = .shutDown
      }
    }
  }

  /// Shuts down, waits until all sockets are closed and their messages sent or given up, and releases everything.
  ///
  /// Blocks: until every socket of the context has been closed, by whichever thread owns it, so close those of the calling thread
  /// first; and then for as long as sockets with unsent messages linger, which by default is for ever. A second call returns when
  /// the first has finished. The corresponding libzmq function is `zmq_ctx_term`.
  ///
  /// Even with nothing to send, this takes up to the option `handshakeInterval` (30 seconds by default) if a peer accepts a connection
  /// and never speaks, unless the socket's `linger` is finite. Monitors do not hold this up: those that no call uses are closed.
  ///
  /// - Throws: `.interrupted` by a signal, if the context is configured so; the call may be repeated.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public func terminate() throws {
    try refuseInChild("zmq_ctx_term")
    try isTerminated.withLock { isTerminated in
      guard !isTerminated else { return }
      shutdown()
      monitorReaders.withLock { $0.end() }
      let pointer = state.withLock { state in
        state.phase = .terminating
        return unsafe UInt(bitPattern: state.pointer)
      }
      // SAFETY: the phase keeps everybody else away, and the lock a second termination; the pointer is not used after success.
      while unsafe zmq_ctx_term(UnsafeMutableRawPointer(bitPattern: pointer)) != 0 {
        let error = ZeroMQError.last("zmq_ctx_term")
        guard error.code == .interrupted, configuration.interruption == .retry else { throw error }
      }
      state.withLock { $0.phase = .terminated }
      isTerminated = true
    }
  }

  /// Makes a libzmq socket.
  func makeSocket(_ type: SocketType) throws(ZeroMQError) -> UnsafeMutableRawPointer {
    try refuseInChild("zmq_socket")
    let socket = try state.withLock { (state) throws(ZeroMQError) in
      guard state.phase == .open else {
        throw ZeroMQError(.contextTerminated, operation: "zmq_socket", subject: type.description)
      }
      if !state.hasMadeSockets {
        // libzmq: with the first socket, the reaper and each I/O thread get a mailbox and a poller (4.3.4; ctx.cpp, epoll.cpp).
        try Descriptors.require(2 * (configuration.ioThreads + 1) + 1, for: "zmq_socket", type.description)
      }
      // SAFETY: termination has not begun, and cannot as long as the lock is held.
      guard let socket = unsafe zmq_socket(state.pointer, type.rawValue) else {
        throw ZeroMQError.last("zmq_socket", type.description)
      }
      state.hasMadeSockets = true
      state.openSockets += 1
      return UInt(bitPattern: socket)
    }
    // SAFETY: the number stands for the pointer on its way out of the lock; it is not zero.
    return unsafe UnsafeMutableRawPointer(bitPattern: socket).unsafelyUnwrapped
  }

  /// Counts a socket that is about to be closed.
  func removeSocket() {
    state.withLock { $0.openSockets -= 1 }
  }

  /// Reads one of libzmq's context options.
  private func option(_ option: Int32, _ name: String) throws(ZeroMQError) -> Int {
    try refuseInChild("zmq_ctx_get")
    let result: Result<Int, ZeroMQError> = state.withLock { state in
      guard state.phase == .open || state.phase == .shutDown else {
        return .failure(ZeroMQError(.contextTerminated, operation: "zmq_ctx_get", subject: name))
      }
      // SAFETY: termination has not begun, and cannot as long as the lock is held.
      return unsafe .success(Self.option(option, of: state.pointer))
    }
    return try result.get()
  }

  /// Reads one of the options of a libzmq context, which the caller keeps alive for the call.
  static func option(_ option: Int32, of pointer: UnsafeMutableRawPointer) -> Int {
    Int(unsafe zmq_ctx_get(pointer, option))
  }

  /// Sets one of the options of a libzmq context, which the caller keeps alive for the call.
  static func setOption(
    _ option: Int32, of pointer: UnsafeMutableRawPointer, to number: Int32, _ subject: String
  ) throws(ZeroMQError) {
    guard unsafe zmq_ctx_set(pointer, option, number) == 0 else { throw .last("zmq_ctx_set", subject) }
  }

  /// The largest number of sockets that may be open at once; those that libzmq is still closing count.
  ///
  /// The corresponding libzmq option is `ZMQ_MAX_SOCKETS`.
  public var maximumSockets: Int {
    get throws { try option(ZMQ_MAX_SOCKETS, "ZMQ_MAX_SOCKETS") }
  }

  /// The largest ``maximumSockets`` that this libzmq accepts.
  ///
  /// The corresponding libzmq option is `ZMQ_SOCKET_LIMIT`.
  public var socketLimit: Int {
    get throws { try option(ZMQ_SOCKET_LIMIT, "ZMQ_SOCKET_LIMIT") }
  }

  /// The number of threads that do input and output.
  ///
  /// The corresponding libzmq option is `ZMQ_IO_THREADS`.
  public var ioThreads: Int {
    get throws { try option(ZMQ_IO_THREADS, "ZMQ_IO_THREADS") }
  }
}

extension Context: CustomStringConvertible {
  /// The context's phase and number of open sockets, such as `"context (open, 2 sockets)"`.
  ///
  /// A monitor counts as a socket.
  public var description: String {
    state.withLock { "context (\($0.phase.rawValue), \($0.openSockets) \($0.openSockets == 1 ? "socket" : "sockets"))" }
  }
}
