internal import CZeroMQ

/// An option that a context's new sockets of one type, or of every type, start with.
struct SocketDefault: Hashable, Sendable {
  private let type: SocketType?
  private let option: Int32
  private let value: any Hashable & Sendable
  private let set: @Sendable (SocketHandle) throws(ZeroMQError) -> Void

  init<Kind: SocketKind, Value: Hashable & Sendable, Access: WritableAccess>(
    _ type: SocketType?, _ option: SocketOption<Kind, Value, Access>, _ value: Value
  ) {
    precondition(option.rawValue != ZMQ_USE_FD, "a file descriptor cannot be used by more than one socket")
    self.type = type
    self.option = option.rawValue
    self.value = value
    set = { (socket) throws(ZeroMQError) in try option.codec.write(value, socket, option.rawValue, option.name) }
  }

  func apply(to socket: SocketHandle) throws(ZeroMQError) {
    if type == nil || type == socket.type { try set(socket) }
  }

  /// All properties that can be compared.
  private var identity: [AnyHashable] { [type, option, AnyHashable(value)] }

  static func == (left: Self, right: Self) -> Bool { left.identity == right.identity }

  func hash(into hasher: inout Hasher) { hasher.combine(identity) }
}

extension Context.Configuration {
  /// Sets an option that every new socket of the context starts with.
  ///
  /// The option is set before the socket is returned, and can be set to another value later. If the value is invalid, creating a
  /// socket throws.
  ///
  /// ```swift
  /// var configuration = Context.Configuration()
  /// configuration.setDefault(.linger, to: .milliseconds(500))
  /// configuration.setDefault(.routerMandatory, to: true, for: .router)
  /// let context = try Context(configuration)
  /// ```
  ///
  /// - Parameters:
  ///   - option: The key of an option that every socket type has.
  ///   - value: The value.
  public mutating func setDefault<Value: Hashable & Sendable, Access: WritableAccess>(
    _ option: SocketOption<SocketType.Every, Value, Access>, to value: Value
  ) {
    socketDefaults.append(SocketDefault(nil, option, value))
  }

  /// Sets an option that every new socket of one type starts with.
  ///
  /// The option is set before the socket is returned, and can be set to another value later. If the value is invalid, creating a
  /// socket throws.
  ///
  /// - Parameters:
  ///   - option: The key of an option that the socket type has.
  ///   - value: The value.
  ///   - kind: The socket type, such as `.router`; sockets of other types do not get the option.
  public mutating func setDefault<Kind: TypedSocketKind, Value: Hashable & Sendable, Access: WritableAccess>(
    _ option: SocketOption<Kind, Value, Access>, to value: Value, for kind: Kind
  ) {
    socketDefaults.append(SocketDefault(Kind.type, option, value))
  }
}
