internal import CZeroMQ

extension SocketOption where Value == Bool?, Access == OptionAccess.ReadWrite {
  /// Whether the system probes idle connections, `SO_KEEPALIVE`.
  ///
  /// `heartbeatInterval` does so within ZMTP and sooner.
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
  /// How many probes may stay unanswered before a connection is dropped, `TCP_KEEPCNT`.
  ///
  /// Needs `tcpKeepalive`. What the system does not take (0, and on Linux more than 127) makes every connection fail; 0 is refused
  /// here.
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
  /// How long a connection is idle before it is probed, `TCP_KEEPIDLE`.
  ///
  /// Needs `tcpKeepalive`. What the system does not take (zero, and on Linux more than 32,767 s) makes every connection fail; zero
  /// is refused here. Parts of a second are rounded up.
  ///
  /// The corresponding libzmq option is `ZMQ_TCP_KEEPALIVE_IDLE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | seconds; `nil` is the system's default | `nil` | all; tcp | at the next bind or connect |
  public static var tcpKeepaliveIdle: Self { Self(CZeroMQ.ZMQ_TCP_KEEPALIVE_IDLE, "ZMQ_TCP_KEEPALIVE_IDLE", .seconds) }

  /// The C name of ``tcpKeepaliveIdle``.
  @available(*, unavailable, renamed: "tcpKeepaliveIdle") public static var ZMQ_TCP_KEEPALIVE_IDLE: Self { tcpKeepaliveIdle }

  /// How long to wait from one probe to the next, `TCP_KEEPINTVL`.
  ///
  /// Needs `tcpKeepalive`. What the system does not take (zero, and on Linux more than 32,767 s) makes every connection fail; zero
  /// is refused here. Parts of a second are rounded up.
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
  /// How long sent bytes may stay unacknowledged before a connection is dropped.
  ///
  /// It is Linux's `TCP_USER_TIMEOUT`; other systems may ignore it.
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
