internal import CZeroMQ

/// The events that a socket or file descriptor can be waited for.
///
/// The corresponding libzmq constants are `ZMQ_POLLIN`, `ZMQ_POLLOUT`, `ZMQ_POLLERR` and `ZMQ_POLLPRI`.
public struct PollEvents: OptionSet, Hashable, Sendable, CustomStringConvertible {
  /// The bit pattern that libzmq uses.
  public let rawValue: Int32

  /// Creates a set of events from the bit pattern that libzmq uses.
  ///
  /// - Parameter rawValue: The bit pattern.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// A message can be received, or bytes can be read, without waiting.
  ///
  /// The corresponding libzmq constant is `ZMQ_POLLIN`.
  public static var readable: Self { Self(rawValue: Int32(ZMQ_POLLIN)) }

  /// A message can be sent, or bytes can be written, without waiting.
  ///
  /// The corresponding libzmq constant is `ZMQ_POLLOUT`.
  public static var writable: Self { Self(rawValue: Int32(ZMQ_POLLOUT)) }

  /// A file descriptor is in error; never reported for sockets.
  ///
  /// The corresponding libzmq constant is `ZMQ_POLLERR`.
  public static var error: Self { Self(rawValue: Int32(ZMQ_POLLERR)) }

  /// A file descriptor has urgent bytes; never reported for sockets.
  ///
  /// The corresponding libzmq constant is `ZMQ_POLLPRI`.
  public static var priority: Self { Self(rawValue: Int32(ZMQ_POLLPRI)) }

  /// The names of the events, such as `"[readable, writable]"`.
  public var description: String {
    let names: [(Self, String)] = [(.readable, "readable"), (.writable, "writable"), (.error, "error"), (.priority, "priority")]
    return "[\(names.filter { contains($0.0) }.map(\.1).joined(separator: ", "))]"
  }
}
