/// What a proxy has forwarded.
///
/// Messages are counted whole, whatever the number of their frames; bytes are those of all frames' payloads, routing IDs and empty
/// delimiters among them. A message counts once it has gone through; copies for a capture do not count.
public struct ProxyStatistics: Hashable, Sendable {
  /// The messages and bytes of one of a proxy's sockets.
  public struct Traffic: Hashable, Sendable {
    /// The number of messages received from the socket.
    public var messagesReceived: UInt64

    /// The number of bytes in the messages received.
    public var bytesReceived: UInt64

    /// The number of messages sent to the socket.
    public var messagesSent: UInt64

    /// The number of bytes in the messages sent.
    public var bytesSent: UInt64

    /// Makes what one socket has forwarded; nothing, unless said otherwise.
    ///
    /// - Parameters:
    ///   - messagesReceived: the number of messages received from the socket.
    ///   - bytesReceived: the number of bytes in them.
    ///   - messagesSent: the number of messages sent to the socket.
    ///   - bytesSent: the number of bytes in them.
    public init(messagesReceived: UInt64 = 0, bytesReceived: UInt64 = 0, messagesSent: UInt64 = 0, bytesSent: UInt64 = 0) {
      self.messagesReceived = messagesReceived
      self.bytesReceived = bytesReceived
      self.messagesSent = messagesSent
      self.bytesSent = bytesSent
    }

    mutating func receive(_ count: ProxyDirection.Count) {
      messagesReceived += count.messages
      bytesReceived += count.bytes
    }

    mutating func send(_ count: ProxyDirection.Count) {
      messagesSent += count.messages
      bytesSent += count.bytes
    }
  }

  /// What went through the frontend.
  public var frontend: Traffic

  /// What went through the backend.
  public var backend: Traffic

  /// Makes what two sockets have forwarded; nothing, unless said otherwise.
  ///
  /// - Parameters:
  ///   - frontend: what went through the frontend.
  ///   - backend: what went through the backend.
  public init(frontend: Traffic = Traffic(), backend: Traffic = Traffic()) {
    self.frontend = frontend
    self.backend = backend
  }
}
