internal import CZeroMQ

extension SocketOption where Value == Duration?, Access == OptionAccess.ReadWrite {
  /// The maximum time that `receive()` waits for a message.
  ///
  /// When the time is over, `receive()` throws `.wouldBlock`. Zero does not wait; `nil` waits indefinitely. `receive(timeout:)`
  /// overrides the option for one call.
  ///
  /// The corresponding libzmq option is `ZMQ_RCVTIMEO`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` waits indefinitely | `nil` | all | at once |
  public static var receiveTimeout: Self { Self(CZeroMQ.ZMQ_RCVTIMEO, "ZMQ_RCVTIMEO", .milliseconds) }

  /// The C name of ``receiveTimeout``.
  @available(*, unavailable, renamed: "receiveTimeout") public static var ZMQ_RCVTIMEO: Self { receiveTimeout }

  /// The maximum time that `send` waits until the socket can accept the message.
  ///
  /// When the time is over, `send` throws `.wouldBlock`, and nothing was sent. Zero does not wait; `nil` waits indefinitely.
  ///
  /// The corresponding libzmq option is `ZMQ_SNDTIMEO`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` waits indefinitely | `nil` | all | at once |
  public static var sendTimeout: Self { Self(CZeroMQ.ZMQ_SNDTIMEO, "ZMQ_SNDTIMEO", .milliseconds) }

  /// The C name of ``sendTimeout``.
  @available(*, unavailable, renamed: "sendTimeout") public static var ZMQ_SNDTIMEO: Self { sendTimeout }
}
