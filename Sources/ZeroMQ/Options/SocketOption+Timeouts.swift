internal import CZeroMQ

extension SocketOption where Value == Duration?, Access == OptionAccess.ReadWrite {
  /// How long `receive()` waits for a message before it throws `.wouldBlock`.
  ///
  /// Zero does not wait; `nil` waits for ever. To wait once for a certain time, `receive(timeout:)` needs no option.
  ///
  /// The corresponding libzmq option is `ZMQ_RCVTIMEO`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` is for ever | `nil` | all | at once |
  public static var receiveTimeout: Self { Self(CZeroMQ.ZMQ_RCVTIMEO, "ZMQ_RCVTIMEO", .milliseconds) }

  /// The C name of ``receiveTimeout``.
  @available(*, unavailable, renamed: "receiveTimeout") public static var ZMQ_RCVTIMEO: Self { receiveTimeout }

  /// How long `send` waits for room before it throws `.wouldBlock`.
  ///
  /// Zero does not wait; `nil` waits for ever. Nothing was sent when it throws.
  ///
  /// The corresponding libzmq option is `ZMQ_SNDTIMEO`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` is for ever | `nil` | all | at once |
  public static var sendTimeout: Self { Self(CZeroMQ.ZMQ_SNDTIMEO, "ZMQ_SNDTIMEO", .milliseconds) }

  /// The C name of ``sendTimeout``.
  @available(*, unavailable, renamed: "sendTimeout") public static var ZMQ_SNDTIMEO: Self { sendTimeout }
}
