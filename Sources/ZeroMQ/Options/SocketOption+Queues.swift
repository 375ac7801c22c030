internal import CZeroMQ

extension SocketOption where Value == Duration?, Access == OptionAccess.ReadWrite {
  /// How long unsent messages are kept after the socket is closed.
  ///
  /// The corresponding libzmq option is `ZMQ_LINGER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` is for ever | `nil`; zero on SUB and XSUB, and where the context is not blocky | all | at once |
  public static var linger: Self { Self(CZeroMQ.ZMQ_LINGER, "ZMQ_LINGER", .milliseconds) }

  /// The C name of ``linger``.
  @available(*, unavailable, renamed: "linger")
  public static var ZMQ_LINGER: Self { linger }
}
