internal import CZeroMQ

/// The name of a numeric property of a frame.
///
/// The type is open: libzmq also gets raw values that have no name here. The corresponding libzmq function is `zmq_msg_get`.
public struct FrameProperty: RawRepresentable, Hashable, Sendable {
  /// The property's number in libzmq.
  public let rawValue: Int32

  /// Creates a property from libzmq's number.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// The property that is 1 if further frames of the same message followed when the frame was received.
  ///
  /// The corresponding libzmq constant is `ZMQ_MORE`.
  public static var more: Self { Self(rawValue: CZeroMQ.ZMQ_MORE) }

  /// The property that is 1 if libzmq shares the frame's bytes with a copy of it.
  ///
  /// Up to 33 bytes are always copied, never shared. The corresponding libzmq constant is `ZMQ_SHARED`.
  public static var shared: Self { Self(rawValue: CZeroMQ.ZMQ_SHARED) }
}

extension FrameProperty {
  /// The C name of ``more``.
  @available(*, unavailable, renamed: "more") public static var ZMQ_MORE: Self { more }

  /// The C name of ``shared``.
  @available(*, unavailable, renamed: "shared") public static var ZMQ_SHARED: Self { shared }
}
