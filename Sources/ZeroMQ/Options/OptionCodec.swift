internal import CZeroMQ

/// Converts a Swift value to an option's bytes, which libzmq requires in the exact size, and back.
struct OptionCodec<Value>: Sendable {
  typealias Read = @Sendable (SocketHandle, Int32, String) throws(ZeroMQError) -> Value
  typealias Write = @Sendable (Value, SocketHandle, Int32, String) throws(ZeroMQError) -> Void

  let read: Read
  let write: Write
}

extension OptionCodec {
  /// Creates a codec for values that are represented by a number of a C integer type.
  private static func number<Number: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ type: Number.Type,
    read: @escaping @Sendable (Number) -> Value,
    write: @escaping @Sendable (Value) -> Number?,
    describe: @escaping @Sendable (Value) -> String = { "\($0)" }
  ) -> Self {
    Self(
      read: { (handle, option, name) throws(ZeroMQError) in read(try handle.integer(option, name)) },
      write: { (value, handle, option, name) throws(ZeroMQError) in
        guard let number = write(value) else {
          throw ZeroMQError(.invalidArgument, operation: "zmq_setsockopt", subject: "\(name) = \(describe(value))")
        }
        try unsafe withUnsafeBytes(of: number) { (bytes) throws(ZeroMQError) in
          try unsafe handle.setOption(option, name, to: bytes, describing: number)
        }
      })
  }

  /// Creates a codec for values that are represented by a number of a C integer type, in which -1 stands for `nil`.
  private static func optional<Wrapped, Number: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>(
    _ type: Number.Type,
    read: @escaping @Sendable (Number) -> Wrapped,
    write: @escaping @Sendable (Wrapped) -> Number?
  ) -> Self where Value == Wrapped? {
    number(
      Number.self, read: { $0 < 0 ? nil : read($0) }, write: { $0.map(write) ?? -1 },
      describe: { $0.map { "\($0)" } ?? "nil" })
  }
}

extension OptionCodec<Bool> {
  /// C's `int` that is 0 or 1.
  static var boolean: Self { number(Int32.self, read: { $0 != 0 }, write: { $0 ? 1 : 0 }) }
}

extension OptionCodec<Bool?> {
  /// C's `int` that is 0, 1, or -1 for `nil`.
  static var boolean: Self { optional(Int32.self, read: { $0 != 0 }, write: { $0 ? 1 : 0 }) }
}

extension OptionCodec<Int> {
  /// C's `int`.
  static var int: Self { number(Int32.self, read: { Int($0) }, write: { Int32(exactly: $0) }) }

  /// C's `int`, of which only the lowest byte is used.
  static var byte: Self { number(Int32.self, read: { Int($0) }, write: { UInt8(exactly: $0).map { Int32($0) } }) }

  /// C's `uint64_t`.
  static var uint64: Self { number(UInt64.self, read: { Int(clamping: $0) }, write: { UInt64(exactly: $0) }) }
}

extension OptionCodec<Int?> {
  /// C's `int`, in which -1 stands for `nil`.
  static var int: Self { optional(Int32.self, read: { Int($0) }, write: { Int32(number: $0, from: 0) }) }

  /// C's `int64_t`, in which -1 stands for `nil`.
  static var int64: Self { optional(Int64.self, read: { Int($0) }, write: { Int64(number: $0, from: 0) }) }

  /// C's `int`, in which -1 stands for `nil`; zero, which the system rejects, is out of range.
  static var positive: Self { optional(Int32.self, read: { Int($0) }, write: { Int32(number: $0, from: 1) }) }
}

extension FixedWidthInteger {
  /// Creates a number that is in range and not below a minimum.
  fileprivate init?(number: Int, from minimum: Int) {
    guard number >= minimum else { return nil }
    self.init(exactly: number)
  }
}

extension OptionCodec<Int32> {
  /// C's `int` that is a file descriptor.
  static var descriptor: Self { number(Int32.self, read: { $0 }, write: { $0 }) }
}

extension OptionCodec<Int32?> {
  /// C's `int` that is a file descriptor to accept from.
  ///
  /// libzmq: accepting from a descriptor that does not listen aborts the process (4.3.4; tcp_listener.cpp, ipc_listener.cpp).
  static var listeningDescriptor: Self { optional(Int32.self, read: { $0 }, write: { isListening($0) ? $0 : nil }) }
}

extension OptionCodec<UInt64> {
  /// C's `uint64_t`, as a set of bits.
  static var bits: Self { number(UInt64.self, read: { $0 }, write: { $0 }) }
}

extension OptionCodec<Duration> {
  /// C's `int` in milliseconds.
  ///
  /// Parts of a millisecond are rounded up.
  static var milliseconds: Self { number(Int32.self, read: { .milliseconds($0) }, write: { $0.roundedUp(to: .milliseconds(1)) }) }
}

extension OptionCodec<Duration?> {
  /// C's `int` in milliseconds, in which -1 stands for `nil`.
  static var milliseconds: Self { optional(Int32.self, read: { .milliseconds($0) }, write: { $0.roundedUp(to: .milliseconds(1)) }) }

  /// C's `int` in seconds, in which -1 stands for `nil`; zero, which the system rejects, is out of range.
  static var seconds: Self {
    optional(Int32.self, read: { .seconds($0) }, write: { $0 > .zero ? $0.roundedUp(to: .seconds(1)) : nil })
  }
}

extension Duration {
  /// Returns the number of units, rounded up, or `nil` if it is negative or does not fit into C's `int`.
  func roundedUp(to unit: Duration) -> Int32? {
    guard self >= .zero, self <= unit * Int32.max else { return nil }
    let whole = Int32(self / unit)
    return unit * whole < self ? whole + 1 : whole
  }
}

extension OptionCodec where Value: RawRepresentable<Int32> & Sendable {
  /// C's `int` that is a constant.
  static var constant: Self {
    // SAFETY: no pointer; `init(rawValue:)` of every open type of this library returns a value.
    number(Int32.self, read: { unsafe Value(rawValue: $0).unsafelyUnwrapped }, write: { $0.rawValue })
  }
}

extension OptionCodec<String> {
  /// A C string.
  static var string: Self {
    Self(
      read: { (handle, option, name) throws(ZeroMQError) in try handle.getString(option, name) },
      write: { (value, handle, option, name) throws(ZeroMQError) in try handle.setString(option, name, to: value) })
  }
}

extension OptionCodec<String?> {
  /// A C string; the empty one stands for `nil`.
  static var string: Self {
    Self(
      read: { (handle, option, name) throws(ZeroMQError) in
        let text = try handle.getString(option, name)
        return text.isEmpty ? nil : text
      },
      write: { (value, handle, option, name) throws(ZeroMQError) in
        if let value { return try handle.setString(option, name, to: value) }
        unsafe try handle.setOption(option, name, to: UnsafeRawBufferPointer(start: nil, count: 0))
      })
  }
}

extension OptionCodec<Frame> {
  /// Bytes, of which at most 255 can be read.
  static var bytes: Self {
    Self(
      read: { (handle, option, name) throws(ZeroMQError) in
        try unsafe handle.getBytes(option, name, capacity: 255) { unsafe Frame(copying: $0) }
      },
      write: { (value, handle, option, name) throws(ZeroMQError) in
        try unsafe value.withBytes { unsafe handle.result(ofSetting: option, name, to: $0) }.get()
      })
  }

  /// A routing ID that a program chooses.
  ///
  /// libzmq: a ROUTER generates IDs that begin with a zero byte, and aborts the process if a peer has the generated ID.
  /// Nevertheless, zmq_setsockopt accepts such IDs (4.3.4; router.cpp).
  static var routingID: Self {
    Self(
      read: bytes.read,
      write: { (value, handle, option, name) throws(ZeroMQError) in
        guard 1...255 ~= value.count, value.first != 0 else {
          throw ZeroMQError(.invalidArgument, operation: "zmq_setsockopt", subject: name)
        }
        try bytes.write(value, handle, option, name)
      })
  }
}

extension OptionCodec where Value: CurveKey {
  /// The 32 bytes of a key.
  static var key: Self {
    Self(
      read: { (handle, option, name) throws(ZeroMQError) in
        let storage = try unsafe SecretBytes(count: 32) { (bytes: UnsafeMutableRawBufferPointer) throws(ZeroMQError) in
          _ = try unsafe handle.getBytes(option, name, into: bytes)
        }
        return Value(storage: storage)
      },
      write: { (value, handle, option, name) throws(ZeroMQError) in
        try unsafe value.storage.withBytes { (bytes) throws(ZeroMQError) in try unsafe handle.setOption(option, name, to: bytes) }
      })
  }
}
