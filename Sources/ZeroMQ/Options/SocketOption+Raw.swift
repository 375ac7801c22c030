extension SocketOption where Access == OptionAccess.ReadWrite {
  /// Returns the key of an option that has no name here, whose value is C's `int`, 0 or 1.
  ///
  /// - Parameter option: libzmq's number of the option, such as a new `ZMQ_` constant.
  public static func raw(_ option: Int32) -> Self where Value == Bool { Self(option, "option \(option)", .boolean) }

  /// Returns the key of an option that has no name here, whose value is C's `int`.
  ///
  /// - Parameter option: libzmq's number of the option, such as a new `ZMQ_` constant.
  public static func raw(_ option: Int32) -> Self where Value == Int { Self(option, "option \(option)", .int) }

  /// Returns the key of an option that has no name here, whose value is a C string.
  ///
  /// - Parameter option: libzmq's number of the option, such as a new `ZMQ_` constant.
  public static func raw(_ option: Int32) -> Self where Value == String { Self(option, "option \(option)", .string) }

  /// Returns the key of an option that has no name here, whose value is bytes.
  ///
  /// At most 255 bytes can be read.
  ///
  /// - Parameter option: libzmq's number of the option, such as a new `ZMQ_` constant.
  public static func raw(_ option: Int32) -> Self where Value == Frame { Self(option, "option \(option)", .bytes) }
}
