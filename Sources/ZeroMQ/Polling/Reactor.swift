/// Calls a handler whenever a socket or file descriptor is ready, or a time has come.
///
/// ```swift
/// let reactor = Reactor()
/// reactor.add(subscriber) { _ in print(try subscriber.receive()) }
/// reactor.schedule(after: .seconds(1), repeating: true) { _ in try publisher.send("tick") }
/// try reactor.run()
/// ```
///
/// A reactor is a loop around a ``Poller``, and belongs, with its sockets and handlers, to one task or thread. Handlers run one at
/// a time on that thread, in the order in which they were added, timers last; while one runs, nothing else is handled. A handler
/// that captured the reactor would keep it and its sockets for ever, so it is passed the reactor instead.
public final class Reactor {
  /// What is called, with the reactor, to which it may add and from which it may remove.
  ///
  /// An error ends ``run()``, which throws it.
  public typealias Handler = (Reactor) throws -> Void

  private var poller = Poller()
  private var readers: [Reader] = []
  private var timers: [Timer: Schedule] = [:]
  private var lastTimer = 0
  private var isStopped = false

  private struct Reader {
    let source: Source
    var events: PollEvents
    let handler: Handler
  }

  private enum Source {
    case socket(AnySocket)
    case fileDescriptor(Int32)
  }

  private struct Schedule {
    var due: ContinuousClock.Instant
    let interval: Duration?
    let handler: Handler
  }

  /// Names a time that a reactor waits for.
  public struct Timer: Hashable, Sendable {
    fileprivate let number: Int
  }

  /// Makes a reactor that handles nothing yet.
  public init() {}

  /// Handles a socket; one that is there already gets the new events and handler instead.
  ///
  /// The socket stays open as long as the reactor has it; remove it before closing it.
  ///
  /// - Parameters:
  ///   - socket: the socket.
  ///   - events: what to call the handler for.
  ///   - handler: what to call; as long as the socket stays ready, it is called again and again.
  public func add(_ socket: Socket<some SocketKind>, for events: PollEvents = .readable, handler: @escaping Handler) {
    poller.add(socket, for: events)
    add(Reader(source: .socket(AnySocket(socket)), events: events, handler: handler), at: index(of: socket))
  }

  /// Handles a file descriptor; one that is there already gets the new events and handler instead.
  ///
  /// - Parameters:
  ///   - fileDescriptor: the descriptor, which remains the caller's.
  ///   - events: what to call the handler for; it is also called for an error.
  ///   - handler: what to call; as long as the descriptor stays ready, it is called again and again.
  public func add(fileDescriptor: Int32, for events: PollEvents = .readable, handler: @escaping Handler) {
    poller.add(fileDescriptor: fileDescriptor, for: events)
    add(Reader(source: .fileDescriptor(fileDescriptor), events: events, handler: handler), at: index(of: fileDescriptor))
  }

  /// Changes what a socket is handled for, at once.
  ///
  /// - Parameters:
  ///   - socket: the socket.
  ///   - events: what to call its handler for from now on; none lets messages wait in the socket.
  /// - Returns: whether the socket is there.
  @discardableResult
  public func change(_ socket: Socket<some SocketKind>, to events: PollEvents) -> Bool {
    guard let index = index(of: socket) else { return false }
    readers[index].events = events
    return poller.change(socket, to: events)
  }

  /// Changes what a file descriptor is handled for, at once.
  ///
  /// - Parameters:
  ///   - fileDescriptor: the descriptor.
  ///   - events: what to call its handler for from now on; none calls it for nothing.
  /// - Returns: whether the descriptor is there.
  @discardableResult
  public func change(fileDescriptor: Int32, to events: PollEvents) -> Bool {
    guard let index = index(of: fileDescriptor) else { return false }
    readers[index].events = events
    return poller.change(fileDescriptor: fileDescriptor, to: events)
  }

  /// Removes a socket and its handler.
  ///
  /// - Parameter socket: the socket.
  /// - Returns: whether it was there.
  @discardableResult
  public func remove(_ socket: Socket<some SocketKind>) -> Bool {
    guard let index = index(of: socket) else { return false }
    readers.remove(at: index)
    return poller.remove(socket)
  }

  /// Removes a file descriptor and its handler.
  ///
  /// - Parameter fileDescriptor: the descriptor.
  /// - Returns: whether it was there.
  @discardableResult
  public func remove(fileDescriptor: Int32) -> Bool {
    guard let index = index(of: fileDescriptor) else { return false }
    readers.remove(at: index)
    return poller.remove(fileDescriptor: fileDescriptor)
  }

  /// Calls a handler after a while, once or again and again.
  ///
  /// - Parameters:
  ///   - delay: how long to wait, and for a repeated timer the interval; calls that were missed are left out.
  ///   - repeating: whether to go on until the timer is cancelled.
  ///   - handler: what to call.
  /// - Returns: what to cancel.
  @discardableResult
  public func schedule(after delay: Duration, repeating: Bool = false, handler: @escaping Handler) -> Timer {
    lastTimer += 1
    let timer = Timer(number: lastTimer)
    timers[timer] = Schedule(due: .now + delay, interval: repeating ? delay : nil, handler: handler)
    return timer
  }

  /// Forgets a timer.
  ///
  /// - Parameter timer: what ``schedule(after:repeating:handler:)`` of this reactor returned.
  /// - Returns: whether it was still to come.
  @discardableResult
  public func cancel(_ timer: Timer) -> Bool {
    timers.removeValue(forKey: timer) != nil
  }

  /// Waits and calls handlers, until ``stop()`` is called or nothing is left to wait for.
  ///
  /// Blocks. May be called again after it has returned or thrown.
  ///
  /// - Throws: what a handler throws; what ``Poller/wait(timeout:)-2h87e`` throws, such as `.contextTerminated` when the context of the
  ///   sockets is shut down.
  @available(*, noasync, message: "blocks the thread; a reactor has no async overload, run it on a thread of its own")
  public func run() throws {
    isStopped = false
    while !isStopped, !readers.isEmpty || !timers.isEmpty {
      let due = timers.values.map(\.due).min()
      let ready = try poller.wait(timeout: due.map { max($0 - .now, .zero) })
      for event in ready {
        // Handlers before this one may have changed everything.
        guard !isStopped, let reader = reader(of: event) else { continue }
        try reader.handler(self)
      }
      try callTimers()
    }
  }

  /// Lets ``run()`` return as soon as the handler that calls this has returned.
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

  /// Who is still waiting for an event.
  private func reader(of event: ReadyEvents.Event) -> Reader? {
    let reader = readers.first {
      switch $0.source {
      case .socket(let socket): event.concerns(socket)
      case .fileDescriptor(let descriptor): event.concerns(fileDescriptor: descriptor)
      }
    }
    guard let reader, !reader.events.isEmpty, !reader.events.union(.error).isDisjoint(with: event.events) else { return nil }
    return reader
  }

  private func add(_ reader: Reader, at index: Int?) {
    if let index { readers[index] = reader } else { readers.append(reader) }
  }

  private func index(of socket: Socket<some SocketKind>) -> Int? {
    readers.firstIndex {
      if case .socket(let other) = $0.source { other.handle === socket.handle } else { false }
    }
  }

  private func index(of fileDescriptor: Int32) -> Int? {
    readers.firstIndex {
      if case .fileDescriptor(fileDescriptor) = $0.source { true } else { false }
    }
  }
}

@available(*, unavailable, message: "a reactor is used by one task or thread at a time, as its sockets are")
extension Reactor: Sendable {}
