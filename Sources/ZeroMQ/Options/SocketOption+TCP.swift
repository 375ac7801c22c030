internal import CZeroMQ

extension SocketOption where Value == Bool?, Access == OptionAccess.ReadWrite {
  /// A Boolean value that indicates whether the system probes idle connections, `SO_KEEPALIVE`.
  ///
  /// If `true`, it probes them. If `false`, it does not. If `nil` (the default), the system's setting decides. `heartbeatInterval`
  /// detects a dead connection within ZMTP, and sooner.
  ///
  /// The corresponding libzmq option is `ZMQ_TCP_KEEPALIVE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool?` | boolean; `nil` is the system's default | `nil` | all; tcp | at the next bind or connect |
  public static var tcpKeepalive: Self { Self(CZeroMQ.ZMQ_TCP_KEEPALIVE, "ZMQ_TCP_KEEPALIVE", .boolean) }

  /// The C name of ``tcpKeepalive``.
  @available(*, unavailable, renamed: "tcpKeepalive") public static var ZMQ_TCP_KEEPALIVE: Self { tcpKeepalive }
}

extension SocketOption where Value == Int?, Access == OptionAccess.ReadWrite {
  /// The number of unanswered probes after which a connection is closed, `TCP_KEEPCNT`.
  ///
  /// It requires `tcpKeepalive`. A value that the system rejects, such as more than 127 on Linux, makes every connection fail.
  /// Setting 0 throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_TCP_KEEPALIVE_CNT`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int?` | probes, 1 or more; `nil` is the system's default | `nil` | all; tcp | at the next bind or connect |
  public static var tcpKeepaliveCount: Self { Self(CZeroMQ.ZMQ_TCP_KEEPALIVE_CNT, "ZMQ_TCP_KEEPALIVE_CNT", .positive) }

  /// The C name of ``tcpKeepaliveCount``.
  @available(*, unavailable, renamed: "tcpKeepaliveCount") public static var ZMQ_TCP_KEEPALIVE_CNT: Self { tcpKeepaliveCount }
}

extension SocketOption where Value == Duration?, Access == OptionAccess.ReadWrite {
  /// The time for which a connection is idle before it is probed, `TCP_KEEPIDLE`.
  ///
  /// It requires `tcpKeepalive`. Parts of a second are rounded up. A value that the system rejects, such as more than 32,767 s on
  /// Linux, makes every connection fail. Setting zero throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_TCP_KEEPALIVE_IDLE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | seconds; `nil` is the system's default | `nil` | all; tcp | at the next bind or connect |
  public static var tcpKeepaliveIdle: Self { Self(CZeroMQ.ZMQ_TCP_KEEPALIVE_IDLE, "ZMQ_TCP_KEEPALIVE_IDLE", .seconds) }

  /// The C name of ``tcpKeepaliveIdle``.
  @available(*, unavailable, renamed: "tcpKeepaliveIdle") public static var ZMQ_TCP_KEEPALIVE_IDLE: Self { tcpKeepaliveIdle }

  /// The time between two probes, `TCP_KEEPINTVL`.
  ///
  /// It requires `tcpKeepalive`. Parts of a second are rounded up. A value that the system rejects, such as more than 32,767 s on
  /// Linux, makes every connection fail. Setting zero throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_TCP_KEEPALIVE_INTVL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | seconds; `nil` is the system's default | `nil` | all; tcp | at the next bind or connect |
  public static var tcpKeepaliveInterval: Self { Self(CZeroMQ.ZMQ_TCP_KEEPALIVE_INTVL, "ZMQ_TCP_KEEPALIVE_INTVL", .seconds) }

  /// The C name of ``tcpKeepaliveInterval``.
  @available(*, unavailable, renamed: "tcpKeepaliveInterval")
  public static var ZMQ_TCP_KEEPALIVE_INTVL: Self { tcpKeepaliveInterval }
}

extension SocketOption where Value == Duration, Access == OptionAccess.ReadWrite {
  /// The maximum time for which sent bytes may stay unacknowledged.
  ///
  /// After that time, the system closes the connection. It is `TCP_USER_TIMEOUT` on Linux; other systems can ignore it.
  ///
  /// The corresponding libzmq option is `ZMQ_TCP_MAXRT`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration` | milliseconds; zero is the system's default | zero | all; tcp | at the next bind or connect |
  public static var tcpMaximumRetransmitTimeout: Self { Self(CZeroMQ.ZMQ_TCP_MAXRT, "ZMQ_TCP_MAXRT", .milliseconds) }

  /// The C name of ``tcpMaximumRetransmitTimeout``.
  @available(*, unavailable, renamed: "tcpMaximumRetransmitTimeout")
  public static var ZMQ_TCP_MAXRT: Self { tcpMaximumRetransmitTimeout }
}
