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

  /// The maximum time that connecting to a virtual machine may take.
  ///
  /// The option exists only if libzmq was built with VMCI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_VMCI_CONNECT_TIMEOUT`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` is the system's default | `nil` | all; vmci | at the next bind or connect |
  public static var vmciConnectTimeout: Self { Self(CZeroMQ.ZMQ_VMCI_CONNECT_TIMEOUT, "ZMQ_VMCI_CONNECT_TIMEOUT", .milliseconds) }

  /// The C name of ``vmciConnectTimeout``.
  @available(*, unavailable, renamed: "vmciConnectTimeout") public static var ZMQ_VMCI_CONNECT_TIMEOUT: Self { vmciConnectTimeout }
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

  /// The maximum time for which a multicast receiver can be absent without loss.
  ///
  /// The sender keeps the data of that time in memory: 7 GB for a minute at 1 Gbit/s.
  ///
  /// The corresponding libzmq option is `ZMQ_RECOVERY_IVL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration` | milliseconds | 10 s | all; pgm, epgm | at the next bind or connect |
  public static var recoveryInterval: Self { Self(CZeroMQ.ZMQ_RECOVERY_IVL, "ZMQ_RECOVERY_IVL", .milliseconds) }

  /// The C name of ``recoveryInterval``.
  @available(*, unavailable, renamed: "recoveryInterval") public static var ZMQ_RECOVERY_IVL: Self { recoveryInterval }
}

extension SocketOption where Value == Int, Access == OptionAccess.ReadWrite {
  /// The maximum rate at which multicast is sent and received.
  ///
  /// The corresponding libzmq option is `ZMQ_RATE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | kilobits a second, 1 or more | 100 | all; pgm, epgm | at the next bind or connect |
  public static var rate: Self { Self(CZeroMQ.ZMQ_RATE, "ZMQ_RATE", .int) }

  /// The C name of ``rate``.
  @available(*, unavailable, renamed: "rate") public static var ZMQ_RATE: Self { rate }

  /// The maximum number of networks that a multicast packet passes, its time to live.
  ///
  /// With 1, packets stay in the local network.
  ///
  /// The corresponding libzmq option is `ZMQ_MULTICAST_HOPS`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | network hops, 1 or more | 1 | all; pgm, epgm, udp | at the next bind or connect |
  public static var multicastHops: Self { Self(CZeroMQ.ZMQ_MULTICAST_HOPS, "ZMQ_MULTICAST_HOPS", .int) }

  /// The C name of ``multicastHops``.
  @available(*, unavailable, renamed: "multicastHops") public static var ZMQ_MULTICAST_HOPS: Self { multicastHops }

  /// The maximum size of a multicast packet.
  ///
  /// No network on the way may have to split a packet of that size.
  ///
  /// The corresponding libzmq option is `ZMQ_MULTICAST_MAXTPDU`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | bytes, 1 or more | 1500 | all; pgm, epgm | at the next bind or connect |
  public static var multicastMaximumTransportDataUnit: Self { Self(CZeroMQ.ZMQ_MULTICAST_MAXTPDU, "ZMQ_MULTICAST_MAXTPDU", .int) }

  /// The C name of ``multicastMaximumTransportDataUnit``.
  @available(*, unavailable, renamed: "multicastMaximumTransportDataUnit")
  public static var ZMQ_MULTICAST_MAXTPDU: Self { multicastMaximumTransportDataUnit }

  /// The size of the buffer of a connection between virtual machines.
  ///
  /// The option exists only if libzmq was built with VMCI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_VMCI_BUFFER_SIZE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | bytes, 0 or more | 65546 | all; vmci | at the next bind or connect |
  public static var vmciBufferSize: Self { Self(CZeroMQ.ZMQ_VMCI_BUFFER_SIZE, "ZMQ_VMCI_BUFFER_SIZE", .uint64) }

  /// The C name of ``vmciBufferSize``.
  @available(*, unavailable, renamed: "vmciBufferSize") public static var ZMQ_VMCI_BUFFER_SIZE: Self { vmciBufferSize }

  /// The minimum size of the buffer of a connection between virtual machines.
  ///
  /// The option exists only if libzmq was built with VMCI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_VMCI_BUFFER_MIN_SIZE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | bytes, 0 or more | 128 | all; vmci | at the next bind or connect |
  public static var vmciBufferMinimumSize: Self { Self(CZeroMQ.ZMQ_VMCI_BUFFER_MIN_SIZE, "ZMQ_VMCI_BUFFER_MIN_SIZE", .uint64) }

  /// The C name of ``vmciBufferMinimumSize``.
  @available(*, unavailable, renamed: "vmciBufferMinimumSize")
  public static var ZMQ_VMCI_BUFFER_MIN_SIZE: Self { vmciBufferMinimumSize }

  /// The maximum size of the buffer of a connection between virtual machines.
  ///
  /// The option exists only if libzmq was built with VMCI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_VMCI_BUFFER_MAX_SIZE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | bytes, 0 or more | 262144 | all; vmci | at the next bind or connect |
  public static var vmciBufferMaximumSize: Self { Self(CZeroMQ.ZMQ_VMCI_BUFFER_MAX_SIZE, "ZMQ_VMCI_BUFFER_MAX_SIZE", .uint64) }

  /// The C name of ``vmciBufferMaximumSize``.
  @available(*, unavailable, renamed: "vmciBufferMaximumSize")
  public static var ZMQ_VMCI_BUFFER_MAX_SIZE: Self { vmciBufferMaximumSize }
}
