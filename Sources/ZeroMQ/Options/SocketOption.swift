/// The key of a socket option: the kinds of socket that have it, the type of its value, and its access.
///
/// Keys are static members. The compiler offers those that a socket has, and rejects the others:
///
/// ```swift
/// try router.set(.routerMandatory, to: true)
/// try router.set(.linger, to: .milliseconds(500))
/// let limit = try router.get(.sendHighWaterMark)
/// ```
///
/// An option without a key here can be used by its number: `try socket.set(.raw(93), to: true)`.
///
/// The corresponding libzmq functions are `zmq_setsockopt` and `zmq_getsockopt`.
public struct SocketOption<Kind: SocketKind, Value, Access>: Sendable {
  /// libzmq's number of the option.
  public let rawValue: Int32

  /// The C name, for errors.
  let name: String

  let codec: OptionCodec<Value>

  init(_ rawValue: Int32, _ name: String, _ codec: OptionCodec<Value>) {
    self.rawValue = rawValue
    self.name = name
    self.codec = codec
  }
}

/// The access of options that can be read.
public protocol ReadableAccess: Sendable {}

/// The access of options that can be set.
public protocol WritableAccess: Sendable {}

/// The ways to access an option's value, as types.
public enum OptionAccess {
  /// The option can only be read.
  public enum ReadOnly: ReadableAccess {}

  /// The option can only be set.
  public enum WriteOnly: WritableAccess {}

  /// The option can be read and set.
  public enum ReadWrite: ReadableAccess, WritableAccess {}
}
