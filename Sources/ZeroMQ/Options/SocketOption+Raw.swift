extension SocketOption where Value == Bool, Access == OptionAccess.ReadWrite {
  /// Returns the key of an option that has no name here, whose value is C's `int`, 0 or 1.
  ///
  /// - Parameter option: libzmq's number of the option, such as a new `ZMQ_` constant.
  public static func raw(_ option: Int32) -> Self { Self(option, "option \(option)", .boolean) }
}

extension SocketOption where Value == Int, Access == OptionAccess.ReadWrite {
  /// Returns the key of an option that has no name here, whose value is C's `int`.
  ///
  /// - Parameter option: libzmq's number of the option, such as a new `ZMQ_` constant.
  public static func raw(_ option: Int32) -> Self { Self(option, "option \(option)", .int) }
}

extension SocketOption where Value == String, Access == OptionAccess.ReadWrite {
  /// Returns the key of an option that has no name here, whose value is a C string.
  ///
  /// - Parameter option: libzmq's number of the option, such as a new `ZMQ_` constant.
  public static func raw(_ option: Int32) -> Self { Self(option, "option \(option)", .string) }
}

extension SocketOption where Value == Frame, Access == OptionAccess.ReadWrite {
  /// Returns the key of an option that has no name here, whose value is bytes.
  ///
  /// At most 255 bytes can be read.
  ///
  /// - Parameter option: libzmq's number of the option, such as a new `ZMQ_` constant.
  public static func raw(_ option: Int32) -> Self { Self(option, "option \(option)", .bytes) }
}
