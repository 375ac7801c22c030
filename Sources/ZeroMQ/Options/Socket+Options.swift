extension Socket {
  /// Sets an option.
  ///
  /// Some options act at once, others at the next `bind` or `connect`: each key's description says which. The corresponding libzmq
  /// function is `zmq_setsockopt`.
  ///
  /// - Parameters:
  ///   - option: the option's key.
  ///   - value: its new value.
  /// - Throws: `.invalidArgument`, with the option's C name, for a value out of range and for an option that this libzmq was built
  ///   without; `.contextTerminated`; `.notSocket` after ``close()``.
  public func set<Value, Access: WritableAccess>(
    _ option: SocketOption<Kind, Value, Access>, to value: Value
  ) throws {
    try option.codec.write(value, handle, option.rawValue, option.name)
  }

  /// Reads an option.
  ///
  /// The corresponding libzmq function is `zmq_getsockopt`.
  ///
  /// - Parameter option: the option's key.
  /// - Returns: its value.
  /// - Throws: `.invalidArgument`, with the option's C name, for an option that this libzmq was built without;
  ///   `.contextTerminated`; `.notSocket` after ``close()``.
  public func get<Value, Access: ReadableAccess>(
    _ option: SocketOption<Kind, Value, Access>
  ) throws -> Value {
    try option.codec.read(handle, option.rawValue, option.name)
  }
}
