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
/// A poller retains its sockets but does not prevent them from being closed. Use it only where you use the sockets. Events are
/// reported in the order in which the sockets were added.
///
/// The corresponding libzmq function is `zmq_poll`.
public struct Poller {
  private(set) var items: [PollItem] = []
  private(set) var handles: [SocketHandle?] = []

  /// The time for which ``wait(timeout:)-2h87e`` polls repeatedly before it blocks; zero by default.
  ///
  /// For what it costs and when it helps, see ``Socket/spinTime``.
  public var spinTime = Duration.zero

  /// Creates a poller without sockets and file descriptors.
  public init() {}

  /// The number of sockets and file descriptors.
  public var count: Int { items.count }

  /// A Boolean value that indicates whether the poller has neither sockets nor file descriptors.
  public var isEmpty: Bool { items.isEmpty }

  /// Adds a socket.
  ///
  /// If the poller already has the socket, the call replaces its events.
  ///
  /// - Parameters:
  ///   - socket: The socket.
  ///   - events: The events to wait for.
  public mutating func add(_ socket: Socket<some SocketKind>, for events: PollEvents) {
    add(socket.handle, for: events)
  }

  /// Adds a file descriptor.
  ///
  /// If the poller already has the file descriptor, the call replaces its events.
  ///
  /// - Parameters:
  ///   - fileDescriptor: The file descriptor, which the caller still owns.
  ///   - events: The events to wait for.
  public mutating func add(fileDescriptor: Int32, for events: PollEvents) {
    add(nil, fileDescriptor, for: events)
  }

  /// Changes the events that the poller waits for on a socket.
  ///
  /// - Parameters:
  ///   - socket: The socket.
  ///   - events: The events to wait for from now on. Pass an empty set to keep the socket registered without reporting it.
  /// - Returns: `true` if the poller has the socket; otherwise, `false`.
  @discardableResult
  public mutating func change(_ socket: Socket<some SocketKind>, to events: PollEvents) -> Bool {
    change(socket.handle, to: events)
  }

  /// Changes the events that the poller waits for on a file descriptor.
  ///
  /// - Parameters:
  ///   - fileDescriptor: The file descriptor.
  ///   - events: The events to wait for from now on. Pass an empty set to keep the file descriptor registered without reporting
  ///     it.
  /// - Returns: `true` if the poller has the file descriptor; otherwise, `false`.
  @discardableResult
  public mutating func change(fileDescriptor: Int32, to events: PollEvents) -> Bool {
    change(nil, fileDescriptor, to: events)
  }

  /// Removes a socket.
  ///
  /// - Parameter socket: The socket.
  /// - Returns: `true` if the poller had the socket; otherwise, `false`.
  @discardableResult
  public mutating func remove(_ socket: Socket<some SocketKind>) -> Bool {
    remove(socket.handle) != nil
  }

  /// Removes a file descriptor.
  ///
  /// - Parameter fileDescriptor: The file descriptor.
  /// - Returns: `true` if the poller had the file descriptor; otherwise, `false`.
  @discardableResult
  public mutating func remove(fileDescriptor: Int32) -> Bool {
    remove(nil, fileDescriptor) != nil
  }

  /// Waits until a socket or file descriptor is ready.
  ///
  /// Blocks the current thread for at most `timeout`. The call allocates no memory itself, unless the events of an earlier wait
  /// are still in use.
  ///
  /// The corresponding libzmq function is `zmq_poll`.
  ///
  /// - Parameter timeout: The maximum time to wait; `nil` waits indefinitely, and zero does not wait.
  /// - Returns: The ready events; empty if nothing was ready in time.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if the poller is empty and `timeout` is `nil`, or if it has more items than the process can open
  ///     files.
  ///   - `.interrupted` if a signal arrives and the context of a socket was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context of a socket was shut down.
  ///   - `.notSocket` if one of the sockets is closed.
  @available(*, noasync, message: "blocks the thread; await the async overload (at the top level: try await { try await … }())")
  public mutating func wait(timeout: Duration? = nil) throws -> ReadyEvents {
    if isEmpty && timeout == nil { throw ZeroMQError(.invalidArgument, operation: "zmq_poll") }
    // libzmq: more items than there may be descriptors end the process (4.3.4; zmq.cpp, `zmq_poll`).
    if items.count > 100, items.count > sysconf(Int32(_SC_OPEN_MAX)) {
      throw ZeroMQError(.invalidArgument, operation: "zmq_poll", subject: "\(items.count) items")
    }
    if hasMonitors { try beginUsingMonitors() }
    defer { if hasMonitors { endUsingMonitors() } }
    if let closed = fillSockets() { throw closed.context.explain(ZeroMQError(.notSocket, operation: "zmq_poll")) }
    let deadline = timeout.map { Deadline(after: $0) }
    var ready = 0
    if spinTime > .zero {
      let now = Deadline.now
      let end = min(Deadline(after: spinTime), deadline ?? Deadline(after: spinTime))
      repeat { ready = try poll(until: now) } while ready == 0 && !end.hasPassed
    }
    if ready == 0 { ready = try poll(until: deadline) }
    return ReadyEvents(items: items, handles: handles, count: ready)
  }

  /// Fills in the sockets of the items.
  ///
  /// libzmq: an item without a socket would be taken for a file descriptor.
  ///
  /// - Returns: The first socket that is closed.
  private mutating func fillSockets() -> SocketHandle? {
    // SAFETY: the pointers point to the elements of the two arrays, which are of the same number, valid during the closures. An
    // `Unmanaged` is the reference that it holds; as such it costs no counting, for every socket in every wait.
    unsafe items.withUnsafeMutableBufferPointer { items in
      unsafe handles.withUnsafeBufferPointer { handles in
        unsafe handles.withMemoryRebound(to: Unmanaged<SocketHandle>?.self) { handles in
          for index in handles.indices {
            guard let handle = unsafe handles[index] else { continue }
            guard let socket = unsafe handle._withUnsafeGuaranteedRef({ unsafe $0.pointer }) else {
              return unsafe handle.takeUnretainedValue()
            }
            unsafe items[index].raw.socket = socket
          }
          return nil
        }
      }
    }
  }

  /// Waits until some of the items are ready, also after a signal and when libzmq's milliseconds run out early.
  ///
  /// - Parameter deadline: The time at which the wait ends; `nil` waits indefinitely.
  /// - Returns: The number of items that are ready.
  @inline(__always)
  private mutating func poll(until deadline: Deadline?) throws(ZeroMQError) -> Int {
    while true {
      let timeout = deadline.map { Int($0.remaining.roundedUp(to: .milliseconds(1)) ?? .max) } ?? -1
      // SAFETY: the pointer points to this array's items, each a `zmq_pollitem_t`, owned by the array, valid until the call returns.
      let ready = unsafe items.withUnsafeMutableBufferPointer { items in
        unsafe items.withMemoryRebound(to: zmq_pollitem_t.self) { unsafe zmq_poll($0.baseAddress, Int32($0.count), timeout) }
      }
      if ready > 0 { return Int(ready) }
      if ready < 0 {
        let error = ZeroMQError.last("zmq_poll")
        guard error.code == .interrupted, timeout == 0 || retriesAfterSignals else { throw error }
      } else if let deadline, deadline.hasPassed {
        return 0
      }
    }
  }

  private var retriesAfterSignals: Bool {
    handles.allSatisfy { ($0?.context.configuration.interruption ?? .retry) == .retry }
  }

  /// A Boolean value that indicates whether monitors are among the items.
  var hasMonitors = false

  /// Keeps the sockets that monitors read open during a wait.
  func beginUsingMonitors() throws(ZeroMQError) {
    var failure: ZeroMQError?
    for handle in handles { do { try unsafe handle?.readerLink?.beginUse() } catch { failure = error } }
    guard let failure else { return }
    endUsingMonitors()
    throw failure
  }

  func endUsingMonitors() {
    for handle in handles { if let handle { unsafe handle.readerLink?.endUse(in: handle.context) } }
  }

  // MARK: A socket's handle, or a file descriptor without a handle

  mutating func add(_ handle: SocketHandle?, _ fileDescriptor: Int32 = -1, for events: PollEvents) {
    if change(handle, fileDescriptor, to: events) { return }
    items.append(PollItem(fileDescriptor: fileDescriptor, events: events.rawValue))
    handles.append(handle)
  }

  mutating func change(_ handle: SocketHandle?, _ fileDescriptor: Int32 = -1, to events: PollEvents) -> Bool {
    guard let index = index(of: handle, fileDescriptor) else { return false }
    items[index].events = events
    return true
  }

  /// Removes a socket or a file descriptor.
  ///
  /// - Returns: The index that it had, or `nil` if the poller did not have it.
  mutating func remove(_ handle: SocketHandle?, _ fileDescriptor: Int32 = -1) -> Int? {
    guard let index = index(of: handle, fileDescriptor) else { return nil }
    items.remove(at: index)
    handles.remove(at: index)
    return index
  }

  func index(of handle: SocketHandle?, _ fileDescriptor: Int32 = -1) -> Int? {
    items.indices.first { handles[$0] === handle && items[$0].fileDescriptor == fileDescriptor }
  }
}
