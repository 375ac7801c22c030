extension SocketOption where Value == Bool, Access == OptionAccess.ReadWrite {
  /// An option that has no key here, by libzmq's number, as C's `int` that is 0 or 1.
  ///
  /// - Parameter option: the number, such as a new `ZMQ_` constant's.
  public static func raw(_ option: Int32) -> Self { Self(option, "option \(option)", .boolean) }
}

extension SocketOption where Value == Int, Access == OptionAccess.ReadWrite {
  /// An option that has no key here, by libzmq's number, as C's `int`.
  ///
  /// - Parameter option: the number, such as a new `ZMQ_` constant's.
  public static func raw(_ option: Int32) -> Self { Self(option, "option \(option)", .int) }
}

extension SocketOption where Value == String, Access == OptionAccess.ReadWrite {
  /// An option that has no key here, by libzmq's number, as a C string.
  ///
  /// - Parameter option: the number, such as a new `ZMQ_` constant's.
  public static func raw(_ option: Int32) -> Self { Self(option, "option \(option)", .string) }
}

extension SocketOption where Value == Frame, Access == OptionAccess.ReadWrite {
  /// An option that has no key here, by libzmq's number, as bytes: at most 255 when read.
  ///
  /// - Parameter option: the number, such as a new `ZMQ_` constant's.
  public static func raw(_ option: Int32) -> Self { Self(option, "option \(option)", .bytes) }
}
