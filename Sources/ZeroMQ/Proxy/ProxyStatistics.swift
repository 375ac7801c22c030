/// The numbers of messages and bytes that a proxy has forwarded.
///
/// A message counts once, whatever the number of its frames. Its bytes are those of all frames, including routing IDs and empty
/// delimiters. A message counts once it has been sent; copies for a capture do not count.
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

    /// Creates the statistics of one socket; all numbers are zero by default.
    ///
    /// - Parameters:
    ///   - messagesReceived: The number of messages received from the socket.
    ///   - bytesReceived: The number of bytes in the messages received.
    ///   - messagesSent: The number of messages sent to the socket.
    ///   - bytesSent: The number of bytes in the messages sent.
    public init(messagesReceived: UInt64 = 0, bytesReceived: UInt64 = 0, messagesSent: UInt64 = 0, bytesSent: UInt64 = 0) {
      self.messagesReceived = messagesReceived
      self.bytesReceived = bytesReceived
      self.messagesSent = messagesSent
      self.bytesSent = bytesSent
    }
  }

  /// The messages and bytes of the frontend.
  public var frontend: Traffic

  /// The messages and bytes of the backend.
  public var backend: Traffic

  /// Creates the statistics of a proxy; all numbers are zero by default.
  ///
  /// - Parameters:
  ///   - frontend: The messages and bytes of the frontend.
  ///   - backend: The messages and bytes of the backend.
  public init(frontend: Traffic = Traffic(), backend: Traffic = Traffic()) {
    self.frontend = frontend
    self.backend = backend
  }
}
