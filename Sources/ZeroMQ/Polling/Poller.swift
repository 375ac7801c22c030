internal import CZeroMQ

/// Waits for several sockets and file descriptors at once.
///
/// ```swift
/// var poller = Poller()
/// poller.add(receiver, for: .readable)
/// poller.add(subscriber, for: .readable)
/// for event in try poller.wait(timeout: .seconds(1)) where event.concerns(receiver) {
///   print(try receiver.receive())
/// }
/// ```
///
/// A poller keeps its sockets open to others but alive, and belongs to their task or thread. Events come in the order in which the
/// sockets were added. The corresponding libzmq function is `zmq_poll`.
public struct Poller {
  private(set) var items: [PollItem] = []
  private(set) var handles: [SocketHandle?] = []

  /// How long ``wait(timeout:)-2h87e`` looks again and again before it blocks; zero unless it is set.
  ///
  /// What it costs and when it helps is said at the socket's own `spinTime`.
  public var spinTime = Duration.zero

  /// The number of waits of a task that may end at once before other tasks run, where there is no socket to count them.
  var remainingCalls = SocketHandle.callsBeforeYield

  /// Makes a poller that waits for nothing yet.
  public init() {}

  /// The number of sockets and file descriptors.
  public var count: Int { items.count }

  /// Whether there is nothing to wait for.
  public var isEmpty: Bool { items.isEmpty }

  /// Adds a socket; one that is there already gets the new events instead.
  ///
  /// - Parameters:
  ///   - socket: the socket.
  ///   - events: what to wait for.
  public mutating func add(_ socket: Socket<some SocketKind>, for events: PollEvents) {
    add(socket.handle, for: events)
  }

  /// Adds a file descriptor; one that is there already gets the new events instead.
  ///
  /// - Parameters:
  ///   - fileDescriptor: the descriptor, which remains the caller's.
  ///   - events: what to wait for.
  public mutating func add(fileDescriptor: Int32, for events: PollEvents) {
    if let index = index(of: fileDescriptor) {
      items[index].events = events
    } else {
      items.append(PollItem(fileDescriptor: fileDescriptor, events: events.rawValue))
      handles.append(nil)
    }
  }

  /// Changes what a socket is waited for.
  ///
  /// - Parameters:
  ///   - socket: the socket.
  ///   - events: what to wait for from now on; none keeps its place, but reports nothing.
  /// - Returns: whether the socket is there.
  @discardableResult
  public mutating func change(_ socket: Socket<some SocketKind>, to events: PollEvents) -> Bool {
    change(socket.handle, to: events)
  }

  /// Changes what a file descriptor is waited for.
  ///
  /// - Parameters:
  ///   - fileDescriptor: the descriptor.
  ///   - events: what to wait for from now on; none keeps its place, but reports nothing.
  /// - Returns: whether the descriptor is there.
  @discardableResult
  public mutating func change(fileDescriptor: Int32, to events: PollEvents) -> Bool {
    change(index(of: fileDescriptor), to: events)
  }

  /// Removes a socket.
  ///
  /// - Parameter socket: the socket.
  /// - Returns: whether it was there.
  @discardableResult
  public mutating func remove(_ socket: Socket<some SocketKind>) -> Bool {
    remove(socket.handle)
  }

  /// Removes a file descriptor.
  ///
  /// - Parameter fileDescriptor: the descriptor.
  /// - Returns: whether it was there.
  @discardableResult
  public mutating func remove(fileDescriptor: Int32) -> Bool {
    remove(at: index(of: fileDescriptor))
  }

  /// Waits until something is ready.
  ///
  /// Blocks for as long as the timeout says. Allocates nothing itself, unless the events of an earlier wait are still in use.
  ///
  /// - Parameter timeout: how long to wait; `nil` is for ever, zero not at all.
  /// - Returns: what is ready; empty when the time has passed.
  /// - Throws: `.contextTerminated`; `.notSocket` if one of the sockets has been closed; `.interrupted` where a socket's context is
  ///   configured so; `.invalidArgument` for an empty poller without a timeout, which would never return.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public mutating func wait(timeout: Duration? = nil) throws -> ReadyEvents {
    if isEmpty && timeout == nil { throw ZeroMQError(.invalidArgument, operation: "zmq_poll") }
    // libzmq: more items than there may be descriptors end the process (4.3.4; zmq.cpp, `zmq_poll`).
    if items.count > 100, items.count > sysconf(Int32(_SC_OPEN_MAX)) {
      throw ZeroMQError(.invalidArgument, operation: "zmq_poll", subject: "\(items.count) items")
    }
    try beginUsingMonitors()
    defer { endUsingMonitors() }
    let handles = handles
    for index in handles.indices {
      guard let handle = handles[index] else { continue }
      // libzmq: an item without a socket would be taken for a file descriptor.
      guard let socket = unsafe handle.pointer else {
        throw handle.context.explain(ZeroMQError(.notSocket, operation: "zmq_poll"))
      }
      unsafe items[index].socket = unsafe socket
    }
    func retries() -> Bool { handles.allSatisfy { ($0?.context.configuration.interruption ?? .retry) == .retry } }
    let deadline = timeout.map { Deadline(after: $0) }
    var ready = 0
    if spinTime > .zero {
      let now = Deadline.now
      let end = min(Deadline(after: spinTime), deadline ?? Deadline(after: spinTime))
      repeat { ready = try items.poll(until: now, retrying: retries()) } while ready == 0 && !end.hasPassed
    }
    if ready == 0 { ready = try items.poll(until: deadline, retrying: retries()) }
    return ReadyEvents(items: items, handles: handles, count: ready)
  }

  /// A Boolean value that indicates whether monitors are among the items.
  var hasMonitors = false

  /// Keeps the readers of monitors open during a wait.
  func beginUsingMonitors() throws(ZeroMQError) {
    guard hasMonitors else { return }
    var failure: ZeroMQError?
    for handle in handles { do { try unsafe handle?.readerLink?.beginUse() } catch { failure = error } }
    guard let failure else { return }
    endUsingMonitors()
    throw failure
  }

  func endUsingMonitors() {
    guard hasMonitors else { return }
    for handle in handles { if let handle { unsafe handle.readerLink?.endUse(in: handle.context) } }
  }

  mutating func add(_ handle: SocketHandle, for events: PollEvents) {
    if let index = index(of: handle) {
      items[index].events = events
    } else {
      items.append(PollItem(fileDescriptor: -1, events: events.rawValue))
      handles.append(handle)
    }
  }

  mutating func change(_ handle: SocketHandle, to events: PollEvents) -> Bool {
    change(index(of: handle), to: events)
  }

  mutating func remove(_ handle: SocketHandle) -> Bool {
    remove(at: index(of: handle))
  }

  private func index(of handle: SocketHandle) -> Int? {
    handles.firstIndex { $0 === handle }
  }

  private func index(of fileDescriptor: Int32) -> Int? {
    items.indices.first { handles[$0] == nil && items[$0].fileDescriptor == fileDescriptor }
  }

  private mutating func change(_ index: Int?, to events: PollEvents) -> Bool {
    guard let index else { return false }
    items[index].events = events
    return true
  }

  private mutating func remove(at index: Int?) -> Bool {
    guard let index else { return false }
    items.remove(at: index)
    handles.remove(at: index)
    return true
  }
}
