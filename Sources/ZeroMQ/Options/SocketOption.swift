/// The key of a socket option: which kinds of socket have it, the type of its value, and whether it can be read and set.
///
/// Keys are static members, so that the compiler offers those that a socket has and refuses the others:
///
/// ```swift
/// try router.set(.routerMandatory, to: true)
/// try router.set(.linger, to: .milliseconds(500))
/// let limit = try router.get(.sendHighWaterMark)
/// ```
///
/// An option without a key here can be reached by its number: `try socket.set(.raw(93), to: true)`.
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

/// Options that can be read.
public protocol ReadableAccess: Sendable {}

/// Options that can be set.
public protocol WritableAccess: Sendable {}

/// What can be done with an option's value, for the compiler.
public enum OptionAccess {
  /// It can be read.
  public enum ReadOnly: ReadableAccess {}

  /// It can be set.
  public enum WriteOnly: WritableAccess {}

  /// It can be read and set.
  public enum ReadWrite: ReadableAccess, WritableAccess {}
}
