/// Calls a handler when a socket or file descriptor is ready, or when a timer is due.
///
/// ```swift
/// let reactor = Reactor()
/// reactor.add(subscriber) { _ in print(try subscriber.receive()) }
/// reactor.schedule(after: .seconds(1), repeating: true) { _ in try publisher.send("tick") }
/// try reactor.run()
/// ```
///
/// A reactor is a loop around a ``Poller``. Use it, its sockets and its handlers in one task or thread.
///
/// Handlers run one at a time on that thread, in the order in which they were added. Timers run after them. While a handler runs,
/// nothing else is handled.
///
/// Each handler is passed the reactor. A handler that captures the reactor instead retains it and its sockets indefinitely.
public final class Reactor {
  /// A closure that is called with the reactor, on which it can add and remove handlers.
  ///
  /// An error that it throws ends ``run()``, which throws the error.
  public typealias Handler = (Reactor) throws -> Void

  private var poller = Poller()
  /// The handlers of the poller's sockets and file descriptors, in the same order.
  private var handlers: [Handler] = []
  private var timers: [Timer: Schedule] = [:]
  private var lastTimer = 0
  private var isStopped = false

  private struct Schedule {
    var due: ContinuousClock.Instant
    let interval: Duration?
    let handler: Handler
  }

  /// A timer of a reactor.
  public struct Timer: Hashable, Sendable {
    fileprivate let number: Int
  }

  /// Creates a reactor without handlers.
  public init() {}

  /// Adds a handler for a socket.
  ///
  /// If the reactor already has the socket, the call replaces its events and handler. The reactor retains the socket; remove the
  /// socket before you close it.
  ///
  /// - Parameters:
  ///   - socket: The socket.
  ///   - events: The events to call the handler for.
  ///   - handler: The closure to call. While the socket stays ready, it is called repeatedly.
  public func add(_ socket: Socket<some SocketKind>, for events: PollEvents = .readable, handler: @escaping Handler) {
    poller.add(socket, for: events)
    set(handler, at: poller.index(of: socket.handle))
  }

  /// Adds a handler for a file descriptor.
  ///
  /// If the reactor already has the file descriptor, the call replaces its events and handler.
  ///
  /// - Parameters:
  ///   - fileDescriptor: The file descriptor, which the caller still owns.
  ///   - events: The events to call the handler for. It is also called for an error.
  ///   - handler: The closure to call. While the file descriptor stays ready, it is called repeatedly.
  public func add(fileDescriptor: Int32, for events: PollEvents = .readable, handler: @escaping Handler) {
    poller.add(fileDescriptor: fileDescriptor, for: events)
    set(handler, at: poller.index(of: nil, fileDescriptor))
  }

  /// Changes the events that a socket's handler is called for, effective immediately.
  ///
  /// - Parameters:
  ///   - socket: The socket.
  ///   - events: The events to call the handler for from now on. Pass an empty set to let messages wait in the socket.
  /// - Returns: `true` if the reactor has the socket; otherwise, `false`.
  @discardableResult
  public func change(_ socket: Socket<some SocketKind>, to events: PollEvents) -> Bool {
    poller.change(socket, to: events)
  }

  /// Changes the events that a file descriptor's handler is called for, effective immediately.
  ///
  /// - Parameters:
  ///   - fileDescriptor: The file descriptor.
  ///   - events: The events to call the handler for from now on. Pass an empty set to call it for none, not even for an error.
  /// - Returns: `true` if the reactor has the file descriptor; otherwise, `false`.
  @discardableResult
  public func change(fileDescriptor: Int32, to events: PollEvents) -> Bool {
    poller.change(fileDescriptor: fileDescriptor, to: events)
  }

  /// Removes a socket and its handler.
  ///
  /// - Parameter socket: The socket.
  /// - Returns: `true` if the reactor had the socket; otherwise, `false`.
  @discardableResult
  public func remove(_ socket: Socket<some SocketKind>) -> Bool {
    remove(at: poller.remove(socket.handle))
  }

  /// Removes a file descriptor and its handler.
  ///
  /// - Parameter fileDescriptor: The file descriptor.
  /// - Returns: `true` if the reactor had the file descriptor; otherwise, `false`.
  @discardableResult
  public func remove(fileDescriptor: Int32) -> Bool {
    remove(at: poller.remove(nil, fileDescriptor))
  }

  /// Calls a handler after a delay, once or repeatedly.
  ///
  /// - Parameters:
  ///   - delay: The time until the call. For a repeated timer it is also the interval; calls that were missed are not made up for.
  ///   - repeating: A Boolean value that indicates whether the timer repeats. If `true`, the handler is called at each interval
  ///     until the timer is cancelled. If `false` (the default), it is called once.
  ///   - handler: The closure to call.
  /// - Returns: The timer, which can be cancelled.
  @discardableResult
  public func schedule(after delay: Duration, repeating: Bool = false, handler: @escaping Handler) -> Timer {
    lastTimer += 1
    let timer = Timer(number: lastTimer)
    timers[timer] = Schedule(due: .now + delay, interval: repeating ? delay : nil, handler: handler)
    return timer
  }

  /// Cancels a timer.
  ///
  /// - Parameter timer: A timer that ``schedule(after:repeating:handler:)`` of this reactor returned.
  /// - Returns: `true` if a call was still due; otherwise, `false`.
  @discardableResult
  public func cancel(_ timer: Timer) -> Bool {
    timers.removeValue(forKey: timer) != nil
  }

  /// Waits and calls handlers until ``stop()`` is called, or until neither handlers nor timers are left.
  ///
  /// Blocks the current thread. You can call it again after it has returned or thrown.
  ///
  /// - Throws: The error of a handler, or a ``ZeroMQError`` with one of these codes:
  ///   - `.interrupted` if a signal arrives and the context of a socket was created with `interruption: .throw`.
  ///   - `.contextTerminated` if the context of a socket was shut down.
  ///   - `.notSocket` if one of the sockets is closed.
  @available(*, noasync, message: "blocks the thread; a reactor has no async overload, run it on a thread of its own")
  public func run() throws {
    isStopped = false
    while !isStopped, !handlers.isEmpty || !timers.isEmpty {
      let due = timers.values.map(\.due).min()
      let ready = try poller.wait(timeout: due.map { max($0 - .now, .zero) })
      for event in ready {
        // An earlier handler may have changed or removed this one.
        guard !isStopped, let handler = handler(for: event) else { continue }
        try handler(self)
      }
      try callTimers()
    }
  }

  /// Makes ``run()`` return once the handler that calls this has returned.
  public func stop() {
    isStopped = true
  }

  private func callTimers() throws {
    let now = ContinuousClock.now
    let due = timers.filter { $0.value.due <= now }.sorted { ($0.value.due, $0.key.number) < ($1.value.due, $1.key.number) }
    for (timer, schedule) in due {
      guard !isStopped else { return }
      guard timers[timer] != nil else { continue }
      if let interval = schedule.interval {
        // The interval counts from when the call was due, unless the next one would already be late.
        timers[timer]?.due = (schedule.due + interval < now ? now : schedule.due) + interval
      } else {
        timers[timer] = nil
      }
      try schedule.handler(self)
    }
  }

  /// Returns the handler that still waits for an event.
  private func handler(for event: ReadyEvents.Event) -> Handler? {
    guard let index = poller.index(of: event.handle, event.fileDescriptor ?? -1) else { return nil }
    let events = poller.items[index].events
    return events.isEmpty || events.union(.error).isDisjoint(with: event.events) ? nil : handlers[index]
  }

  private func set(_ handler: @escaping Handler, at index: Int?) {
    if let index, index < handlers.count { handlers[index] = handler } else { handlers.append(handler) }
  }

  private func remove(at index: Int?) -> Bool {
    if let index { handlers.remove(at: index) }
    return index != nil
  }
}

@available(*, unavailable, message: "a reactor is used by one task or thread at a time, as its sockets are")
extension Reactor: Sendable {}
