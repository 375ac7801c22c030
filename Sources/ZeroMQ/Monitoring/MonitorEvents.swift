internal import CZeroMQ

/// A set of events for a ``Monitor`` to report.
///
/// The corresponding libzmq constants are `ZMQ_EVENT_…`.
public struct MonitorEvents: OptionSet, Hashable, Sendable {
  /// libzmq's bit pattern.
  public let rawValue: Int32

  /// Creates a set from libzmq's bit pattern.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// All events.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_ALL`.
  public static var all: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_ALL) }

  /// The events that end a handshake.
  public static var handshakes: Self {
    [.handshakeSucceeded, .handshakeFailedNoDetail, .handshakeFailedProtocol, .handshakeFailedAuth]
  }

  /// The events after which waiting for a connection is pointless.
  static var endsOfWaiting: Self { [.acceptFailed, .monitorStopped] }

  /// The events that ``Monitor/connectionCount`` and the waits for connections require.
  public static var connections: Self { handshakes.union([.connected, .accepted, .acceptFailed, .disconnected]) }

  /// An outgoing connection was made; its handshake follows.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_CONNECTED`.
  public static var connected: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_CONNECTED) }

  /// An outgoing connection is in progress.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_CONNECT_DELAYED`.
  public static var connectDelayed: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_CONNECT_DELAYED) }

  /// An outgoing connection failed; libzmq tries again.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_CONNECT_RETRIED`.
  public static var connectRetried: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_CONNECT_RETRIED) }

  /// The socket was bound to an endpoint.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_LISTENING`.
  public static var listening: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_LISTENING) }

  /// The socket could not be bound to an endpoint.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_BIND_FAILED`.
  public static var bindFailed: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_BIND_FAILED) }

  /// An incoming connection was accepted; its handshake follows.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_ACCEPTED`.
  public static var accepted: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_ACCEPTED) }

  /// An incoming connection could not be accepted.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_ACCEPT_FAILED`.
  public static var acceptFailed: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_ACCEPT_FAILED) }

  /// A connection attempt or a listener was closed.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_CLOSED`.
  public static var closed: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_CLOSED) }

  /// A listener was closed, but the file of its ipc endpoint could not be removed.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_CLOSE_FAILED`.
  public static var closeFailed: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_CLOSE_FAILED) }

  /// A connection was lost.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_DISCONNECTED`.
  public static var disconnected: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_DISCONNECTED) }

  /// The monitor was stopped; this is the last event, and is always reported.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_MONITOR_STOPPED`.
  public static var monitorStopped: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_MONITOR_STOPPED) }

  /// A handshake failed without a reason, usually because the peer closed the connection.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL`.
  public static var handshakeFailedNoDetail: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL) }

  /// A handshake succeeded, so messages can pass.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_SUCCEEDED`.
  public static var handshakeSucceeded: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_HANDSHAKE_SUCCEEDED) }

  /// A handshake failed because of a protocol error.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL`.
  public static var handshakeFailedProtocol: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL) }

  /// A handshake failed because the server's authenticator rejected the client.
  ///
  /// The corresponding libzmq constant is `ZMQ_EVENT_HANDSHAKE_FAILED_AUTH`.
  public static var handshakeFailedAuth: Self { Self(rawValue: CZeroMQ.ZMQ_EVENT_HANDSHAKE_FAILED_AUTH) }

  /// The C name of ``all``.
  @available(*, unavailable, renamed: "all") public static var ZMQ_EVENT_ALL: Self { all }

  /// The C name of ``connected``.
  @available(*, unavailable, renamed: "connected") public static var ZMQ_EVENT_CONNECTED: Self { connected }

  /// The C name of ``connectDelayed``.
  @available(*, unavailable, renamed: "connectDelayed") public static var ZMQ_EVENT_CONNECT_DELAYED: Self { connectDelayed }

  /// The C name of ``connectRetried``.
  @available(*, unavailable, renamed: "connectRetried") public static var ZMQ_EVENT_CONNECT_RETRIED: Self { connectRetried }

  /// The C name of ``listening``.
  @available(*, unavailable, renamed: "listening") public static var ZMQ_EVENT_LISTENING: Self { listening }

  /// The C name of ``bindFailed``.
  @available(*, unavailable, renamed: "bindFailed") public static var ZMQ_EVENT_BIND_FAILED: Self { bindFailed }

  /// The C name of ``accepted``.
  @available(*, unavailable, renamed: "accepted") public static var ZMQ_EVENT_ACCEPTED: Self { accepted }

  /// The C name of ``acceptFailed``.
  @available(*, unavailable, renamed: "acceptFailed") public static var ZMQ_EVENT_ACCEPT_FAILED: Self { acceptFailed }

  /// The C name of ``closed``.
  @available(*, unavailable, renamed: "closed") public static var ZMQ_EVENT_CLOSED: Self { closed }

  /// The C name of ``closeFailed``.
  @available(*, unavailable, renamed: "closeFailed") public static var ZMQ_EVENT_CLOSE_FAILED: Self { closeFailed }

  /// The C name of ``disconnected``.
  @available(*, unavailable, renamed: "disconnected") public static var ZMQ_EVENT_DISCONNECTED: Self { disconnected }

  /// The C name of ``monitorStopped``.
  @available(*, unavailable, renamed: "monitorStopped") public static var ZMQ_EVENT_MONITOR_STOPPED: Self { monitorStopped }

  /// The C name of ``handshakeFailedNoDetail``.
  @available(*, unavailable, renamed: "handshakeFailedNoDetail")
  public static var ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL: Self { handshakeFailedNoDetail }

  /// The C name of ``handshakeSucceeded``.
  @available(*, unavailable, renamed: "handshakeSucceeded")
  public static var ZMQ_EVENT_HANDSHAKE_SUCCEEDED: Self { handshakeSucceeded }

  /// The C name of ``handshakeFailedProtocol``.
  @available(*, unavailable, renamed: "handshakeFailedProtocol")
  public static var ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL: Self { handshakeFailedProtocol }

  /// The C name of ``handshakeFailedAuth``.
  @available(*, unavailable, renamed: "handshakeFailedAuth")
  public static var ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: Self { handshakeFailedAuth }
}
