/// The events that were ready when a ``Poller`` returned.
public struct ReadyEvents: Sequence, IteratorProtocol {
  let items: [PollItem]
  let handles: [SocketHandle?]
  private(set) var position = 0

  /// The number of ready sockets and file descriptors that have not been iterated over.
  public private(set) var count: Int

  /// A Boolean value that indicates whether nothing is ready, or everything has been iterated over.
  public var isEmpty: Bool { count == 0 }

  /// A ready socket or file descriptor.
  public struct Event {
    /// The events that are ready.
    public let events: PollEvents

    /// The file descriptor; `nil` for a socket.
    public let fileDescriptor: Int32?

    let handle: SocketHandle?

    /// Returns a Boolean value that indicates whether the event concerns a socket.
    public func concerns(_ socket: Socket<some SocketKind>) -> Bool { handle === socket.handle }

    /// Returns a Boolean value that indicates whether the event concerns a file descriptor.
    public func concerns(fileDescriptor: Int32) -> Bool { self.fileDescriptor == fileDescriptor }

    /// A Boolean value that indicates whether a message can be received, or bytes can be read, without waiting.
    public var isReadable: Bool { events.contains(.readable) }

    /// A Boolean value that indicates whether a message can be sent, or bytes can be written, without waiting.
    public var isWritable: Bool { events.contains(.writable) }
  }

  /// Returns a Boolean value that indicates whether a socket is ready.
  ///
  /// - Parameters:
  ///   - socket: A socket that the poller waits for.
  ///   - events: The events to look for; one of them is enough.
  public func contains(_ socket: Socket<some SocketKind>, _ events: PollEvents = .readable) -> Bool {
    self.contains { $0.concerns(socket) && !$0.events.isDisjoint(with: events) }
  }

  /// Returns the next ready event, in the order in which the sockets and file descriptors were added, or `nil` after the last one.
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
