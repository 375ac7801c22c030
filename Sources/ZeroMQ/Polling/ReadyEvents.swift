/// What was ready when a ``Poller`` returned.
public struct ReadyEvents: Sequence, IteratorProtocol {
  private let items: [PollItem]
  private let handles: [SocketHandle?]
  private var position = 0

  /// How many sockets and file descriptors are ready and not yet iterated over.
  public private(set) var count: Int

  /// Whether nothing is ready: the time has passed.
  public var isEmpty: Bool { count == 0 }

  init(items: [PollItem], handles: [SocketHandle?], count: Int) {
    self.items = items
    self.handles = handles
    self.count = count
  }

  /// A socket or file descriptor that is ready.
  public struct Event {
    /// What it is ready for.
    public let events: PollEvents

    /// The file descriptor; `nil` for a socket.
    public let fileDescriptor: Int32?

    let handle: SocketHandle?

    /// Whether it is this socket.
    public func concerns(_ socket: Socket<some SocketKind>) -> Bool { handle === socket.handle }

    /// Whether it is this file descriptor.
    public func concerns(fileDescriptor: Int32) -> Bool { self.fileDescriptor == fileDescriptor }

    /// Whether a message can be received, or bytes can be read, without waiting.
    public var isReadable: Bool { events.contains(.readable) }

    /// Whether a message can be sent, or bytes can be written, without waiting.
    public var isWritable: Bool { events.contains(.writable) }
  }

  /// Whether a socket is ready.
  ///
  /// - Parameters:
  ///   - socket: a socket that the poller waits for.
  ///   - events: what it should be ready for; any of them is enough.
  public func contains(_ socket: Socket<some SocketKind>, _ events: PollEvents = .readable) -> Bool {
    self.contains { $0.concerns(socket) && !$0.events.isDisjoint(with: events) }
  }

  /// The next one that is ready, in the order in which they were added.
  public mutating func next() -> Event? {
    while count > 0, position < items.count {
      let item = items[position]
      defer { position += 1 }
      guard !item.readyEvents.isEmpty else { continue }
      count -= 1
      let handle = handles[position]
      return Event(events: item.readyEvents, fileDescriptor: handle == nil ? item.fileDescriptor : nil, handle: handle)
    }
    return nil
  }
}
