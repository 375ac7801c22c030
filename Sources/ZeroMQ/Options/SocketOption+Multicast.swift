internal import CZeroMQ

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
}

extension SocketOption where Value == Duration, Access == OptionAccess.ReadWrite {
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
