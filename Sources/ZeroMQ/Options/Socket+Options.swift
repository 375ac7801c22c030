extension Socket {
  /// Sets an option.
  ///
  /// Some options take effect immediately, others at the next `bind` or `connect`. The description of each option names the time.
  ///
  /// The corresponding libzmq function is `zmq_setsockopt`.
  ///
  /// - Parameters:
  ///   - option: The key of the option.
  ///   - value: The new value.
  /// - Throws: A ``ZeroMQError``, with the option's C name, and with one of these codes:
  ///   - `.invalidArgument` if the value is out of range, or if libzmq was built without the option.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func set<Value, Access: WritableAccess>(_ option: SocketOption<Kind, Value, Access>, to value: Value) throws {
    try option.codec.write(value, handle, option.rawValue, option.name)
  }

  /// Sets an option whose value is binary, such as `routingID`, to a string or to bytes.
  ///
  /// ```swift
  /// try dealer.set(.routingID, to: "worker-\(number)")
  /// ```
  ///
  /// Some options take effect immediately, others at the next `bind` or `connect`. The description of each option names the time.
  ///
  /// The corresponding libzmq function is `zmq_setsockopt`.
  ///
  /// - Parameters:
  ///   - option: The key of the option.
  ///   - value: The new value. A string is converted to its UTF-8 bytes.
  /// - Throws: A ``ZeroMQError``, with the option's C name, and with one of these codes:
  ///   - `.invalidArgument` if the value is out of range, or is a ``Message`` without exactly one frame.
  ///   - `.invalidArgument` if libzmq was built without the option.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  @_disfavoredOverload
  public func set<Access: WritableAccess>(
    _ option: SocketOption<Kind, Frame, Access>, to value: borrowing some MessagePart & ~Copyable & ~Escapable
  ) throws {
    try set(option, to: Frame(onlyOneOf: value, "zmq_setsockopt", option.name))
  }

  /// Returns the value of an option.
  ///
  /// The corresponding libzmq function is `zmq_getsockopt`.
  ///
  /// - Parameter option: The key of the option.
  /// - Returns: The current value.
  /// - Throws: A ``ZeroMQError``, with the option's C name, and with one of these codes:
  ///   - `.invalidArgument` if libzmq was built without the option.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func get<Value, Access: ReadableAccess>(_ option: SocketOption<Kind, Value, Access>) throws -> Value {
    try option.codec.read(handle, option.rawValue, option.name)
  }
}
