internal import CZeroMQ

extension SocketOption where Value == Duration, Access == OptionAccess.ReadWrite {
  /// How often a ZMTP ping is sent, so that a dead connection is noticed.
  ///
  /// A peer that stays silent for `heartbeatTimeout` is disconnected, and connected to again. Peers older than libzmq 4.2 do not
  /// answer.
  ///
  /// The corresponding libzmq option is `ZMQ_HEARTBEAT_IVL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration` | milliseconds; zero sends none | zero | all; not STREAM, inproc | at the next bind or connect |
  public static var heartbeatInterval: Self { Self(CZeroMQ.ZMQ_HEARTBEAT_IVL, "ZMQ_HEARTBEAT_IVL", .milliseconds) }

  /// The C name of ``heartbeatInterval``.
  @available(*, unavailable, renamed: "heartbeatInterval") public static var ZMQ_HEARTBEAT_IVL: Self { heartbeatInterval }

  /// How long the peer may hear nothing from this socket before the peer drops the connection.
  ///
  /// The peer is told so with each ping; acts only with `heartbeatInterval`. libzmq keeps tenths of a second and rounds down, so
  /// that less than 100 ms is none.
  ///
  /// The corresponding libzmq option is `ZMQ_HEARTBEAT_TTL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration` | milliseconds, up to 6,553,599; zero is none | zero | all; not STREAM, inproc | at the next bind or connect |
  public static var heartbeatTimeToLive: Self { Self(CZeroMQ.ZMQ_HEARTBEAT_TTL, "ZMQ_HEARTBEAT_TTL", .milliseconds) }

  /// The C name of ``heartbeatTimeToLive``.
  @available(*, unavailable, renamed: "heartbeatTimeToLive") public static var ZMQ_HEARTBEAT_TTL: Self { heartbeatTimeToLive }
}

extension SocketOption where Value == Duration?, Access == OptionAccess.ReadWrite {
  /// How long to wait for anything to come after a ping, before the connection is dropped.
  ///
  /// Acts only with `heartbeatInterval`. `nil` can be read but not set.
  ///
  /// The corresponding libzmq option is `ZMQ_HEARTBEAT_TIMEOUT`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` is `heartbeatInterval` | `nil` | all; not STREAM, inproc | at the next bind or connect |
  public static var heartbeatTimeout: Self { Self(CZeroMQ.ZMQ_HEARTBEAT_TIMEOUT, "ZMQ_HEARTBEAT_TIMEOUT", .milliseconds) }

  /// The C name of ``heartbeatTimeout``.
  @available(*, unavailable, renamed: "heartbeatTimeout") public static var ZMQ_HEARTBEAT_TIMEOUT: Self { heartbeatTimeout }
}
