internal import CZeroMQ

/// A ZeroMQ socket, which can bind and connect to any number of endpoints.
///
/// A socket belongs to one task or thread at a time. The compiler enforces this: a socket can be transferred, but not shared. It
/// retains its ``Context``, and is closed when its last reference is released.
///
/// The kind of a socket decides which methods it has. For example, `send` exists only on kinds that send, and `subscribe(to:)` only
/// on SUB and XSUB. For an array of sockets of several kinds, use ``AnySocket``.
///
/// The corresponding libzmq functions are `zmq_socket` and `zmq_close`.
public final class Socket<Kind: SocketKind>: CustomStringConvertible {
  @usableFromInline
  let handle: SocketHandle

  init(_ handle: SocketHandle) {
    self.handle = handle
  }

  /// Creates a type-erased view of a socket; both values refer to the same underlying socket.
  ///
  /// - Parameter socket: The socket.
  public convenience init(_ socket: Socket<some SocketKind>) where Kind == SocketType.Unknown {
    self.init(socket.handle)
  }

  /// The context that created the socket.
  public var context: Context { handle.context }

  /// A Boolean value that indicates whether the socket has been closed.
  public var isClosed: Bool { !handle.isOpen }

  /// Closes the socket; closing it again does nothing.
  ///
  /// Does not wait. Messages not yet sent are sent in the background, for at most the time of the `linger` option. Every later use
  /// of the socket throws `.notSocket`.
  ///
  /// libzmq releases a socket some time after it was closed. A loop that opens and closes sockets runs out of file descriptors
  /// after some thousands, so keep sockets.
  ///
  /// The corresponding libzmq function is `zmq_close`.
  public func close() {
    handle.close()
  }

  /// The socket's type and its last bound or connected endpoint, such as `"ROUTER socket at tcp://127.0.0.1:5555"`.
  ///
  /// If the socket is closed, the description says so in place of the endpoint.
  public var description: String {
    let endpoint = (try? get(.lastEndpoint)) ?? ""
    return "\(handle.type) socket \(isClosed ? "(closed)" : endpoint.isEmpty ? "(no endpoint)" : "at \(endpoint)")"
  }
}

@available(
  *, unavailable, message: "a socket cannot be shared between tasks or threads; create it where it is used, or transfer it"
)
extension Socket: Sendable {}
