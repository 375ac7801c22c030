internal import CZeroMQ

/// A property of a frame that is a number.
///
/// The type is open: a number without a name here is passed to libzmq as it is. The corresponding libzmq function is `zmq_msg_get`.
public struct FrameProperty: RawRepresentable, Hashable, Sendable {
  /// libzmq's number.
  public let rawValue: Int32

  /// Wraps one of libzmq's numbers.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// 1 if further frames of the same message followed this one when it was received.
  ///
  /// The corresponding libzmq constant is `ZMQ_MORE`.
  public static var more: Self { Self(rawValue: CZeroMQ.ZMQ_MORE) }

  /// 1 if libzmq shares the frame's bytes with a copy of it.
  ///
  /// Frames of up to 33 bytes are never shared, but copied. The corresponding libzmq constant is `ZMQ_SHARED`.
  public static var shared: Self { Self(rawValue: CZeroMQ.ZMQ_SHARED) }
}

extension FrameProperty {
  /// The C name of ``more``.
  @available(*, unavailable, renamed: "more") public static var ZMQ_MORE: Self { more }

  /// The C name of ``shared``.
  @available(*, unavailable, renamed: "shared") public static var ZMQ_SHARED: Self { shared }
}
