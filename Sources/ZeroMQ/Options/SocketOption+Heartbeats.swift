internal import CZeroMQ

extension SocketOption where Value == Duration, Access == OptionAccess.ReadWrite {
  /// The time between two ZMTP pings, which detect a dead connection.
  ///
  /// A peer that stays silent for `heartbeatTimeout` is disconnected, and the connection is made again. Peers older than libzmq 4.2
  /// do not answer pings.
  ///
  /// The corresponding libzmq option is `ZMQ_HEARTBEAT_IVL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration` | milliseconds; zero sends none | zero | all; not STREAM, inproc | at the next bind or connect |
  public static var heartbeatInterval: Self { Self(CZeroMQ.ZMQ_HEARTBEAT_IVL, "ZMQ_HEARTBEAT_IVL", .milliseconds) }

  /// The C name of ``heartbeatInterval``.
  @available(*, unavailable, renamed: "heartbeatInterval") public static var ZMQ_HEARTBEAT_IVL: Self { heartbeatInterval }

  /// The time of silence after which the peer closes the connection.
  ///
  /// Each ping announces it to the peer, so it acts only with `heartbeatInterval`. libzmq rounds down to tenths of a second: less
  /// than 100 ms acts as zero.
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
  /// The maximum time to wait, after a ping, for anything from the peer.
  ///
  /// After that time, the connection is closed. It acts only with `heartbeatInterval`. `nil` can be read but not set.
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
