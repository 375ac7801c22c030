internal import CZeroMQ

/// A socket: an end of a pattern of messaging, bound to or connected with any number of endpoints.
///
/// A socket belongs to one task or thread at a time. The compiler sees to that: a socket can be given away, but not shared. It
/// keeps its ``Context`` alive, and is closed when the last reference to it goes.
///
/// What a socket can do depends on its kind: `send` exists only on those that send, `subscribe(to:)` only on SUB and XSUB, and so
/// on. An array of sockets of several kinds is an array of ``AnySocket``.
///
/// The corresponding libzmq functions are `zmq_socket` and `zmq_close`.
public final class Socket<Kind: SocketKind> {
  @usableFromInline
  let handle: SocketHandle

  init(_ handle: SocketHandle) {
    self.handle = handle
  }

  /// Looks at a socket without its kind, as in an array of sockets of several kinds; both are the same socket.
  ///
  /// - Parameter socket: the socket.
  public convenience init(_ socket: Socket<some SocketKind>) where Kind == SocketType.Unknown {
    self.init(socket.handle)
  }

  /// The context that the socket was made in.
  public var context: Context { handle.context }

  /// Whether the socket has been closed.
  public var isClosed: Bool { !handle.isOpen }

  /// Closes the socket; closing it again does nothing.
  ///
  /// libzmq releases a socket some time after it was closed. A loop that opens and closes sockets runs out of file descriptors
  /// after some thousands, so keep sockets.
  ///
  /// Returns at once: messages not yet sent are sent in the background, for as long as the option `linger` says. Every later use
  /// of the socket throws `.notSocket`. The corresponding libzmq function is `zmq_close`.
  public func close() {
    handle.close()
  }
}

extension Socket: CustomStringConvertible {
  /// The socket's type and endpoint, such as `"ROUTER socket at tcp://127.0.0.1:5555"`, or that it is closed.
  ///
  /// The endpoint is the one that was bound or connected last.
  public var description: String {
    let endpoint = (try? get(.lastEndpoint)) ?? ""
    return "\(handle.type) socket \(isClosed ? "(closed)" : endpoint.isEmpty ? "(no endpoint)" : "at \(endpoint)")"
  }
}

@available(*, unavailable, message: "a socket is used by one task or thread at a time; give it away, or make one there")
extension Socket: Sendable {}
