internal import CZeroMQ

extension SocketOption where Value == Bool, Access == OptionAccess.ReadOnly {
  /// A Boolean value that indicates whether the last received frame is followed by others of its message.
  ///
  /// `receive()` takes whole messages, so the value is `false` afterwards. A `UniqueFrame` has the same information, and is faster.
  ///
  /// The corresponding libzmq option is `ZMQ_RCVMORE`.
  ///
  /// | Type | Unit | Default | Applies to |
  /// | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all |
  public static var receiveMore: Self { Self(CZeroMQ.ZMQ_RCVMORE, "ZMQ_RCVMORE", .boolean) }

  /// The C name of ``receiveMore``.
  @available(*, unavailable, renamed: "receiveMore") public static var ZMQ_RCVMORE: Self { receiveMore }

  /// A Boolean value that indicates whether several threads can use the socket at once.
  ///
  /// No stable socket type allows it, so the value is `false`.
  ///
  /// The corresponding libzmq option is `ZMQ_THREAD_SAFE`.
  ///
  /// | Type | Unit | Default | Applies to |
  /// | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all |
  public static var threadSafe: Self { Self(CZeroMQ.ZMQ_THREAD_SAFE, "ZMQ_THREAD_SAFE", .boolean) }

  /// The C name of ``threadSafe``.
  @available(*, unavailable, renamed: "threadSafe") public static var ZMQ_THREAD_SAFE: Self { threadSafe }
}

extension SocketOption where Value == PollEvents, Access == OptionAccess.ReadOnly {
  /// The operations that the socket can perform without waiting.
  ///
  /// A PUB, ROUTER, STREAM, XPUB or XSUB is always writable. Reading the option also makes the socket process pending work, such as
  /// sending its subscriptions again.
  ///
  /// The corresponding libzmq option is `ZMQ_EVENTS`.
  ///
  /// | Type | Unit | Default | Applies to |
  /// | --- | --- | --- | --- |
  /// | `PollEvents` | `.readable`, `.writable` | `.writable` if sending does not depend on a peer | all |
  public static var events: Self { Self(CZeroMQ.ZMQ_EVENTS, "ZMQ_EVENTS", .constant) }

  /// The C name of ``events``.
  @available(*, unavailable, renamed: "events") public static var ZMQ_EVENTS: Self { events }
}

extension SocketOption where Value == Int32, Access == OptionAccess.ReadOnly {
  /// A file descriptor that becomes readable when `events` may have changed, for other event loops.
  ///
  /// It is edge-triggered: read `events` before you wait. Read it again after every send and receive, which can consume the event.
  /// Wait only for reading. Never read, write or close the descriptor.
  ///
  /// The corresponding libzmq option is `ZMQ_FD`.
  ///
  /// | Type | Unit | Default | Applies to |
  /// | --- | --- | --- | --- |
  /// | `Int32` | a descriptor | the socket's own | all |
  public static var fileDescriptor: Self { Self(CZeroMQ.ZMQ_FD, "ZMQ_FD", .descriptor) }

  /// The C name of ``fileDescriptor``.
  @available(*, unavailable, renamed: "fileDescriptor") public static var ZMQ_FD: Self { fileDescriptor }
}

extension SocketOption where Value == SocketType, Access == OptionAccess.ReadOnly {
  /// The socket's type.
  ///
  /// The corresponding libzmq option is `ZMQ_TYPE`.
  ///
  /// | Type | Unit | Default | Applies to |
  /// | --- | --- | --- | --- |
  /// | `SocketType` | a socket type | the socket's own | all |
  public static var type: Self { Self(CZeroMQ.ZMQ_TYPE, "ZMQ_TYPE", .constant) }

  /// The C name of ``type``.
  @available(*, unavailable, renamed: "type") public static var ZMQ_TYPE: Self { type }
}

extension SocketOption where Value == String, Access == OptionAccess.ReadOnly {
  /// The endpoint of the last `bind` or `connect`, as libzmq resolved it.
  ///
  /// `bind(_:)` returns the same string.
  ///
  /// The corresponding libzmq option is `ZMQ_LAST_ENDPOINT`.
  ///
  /// | Type | Unit | Default | Applies to |
  /// | --- | --- | --- | --- |
  /// | `String` | an endpoint | empty | all |
  public static var lastEndpoint: Self { Self(CZeroMQ.ZMQ_LAST_ENDPOINT, "ZMQ_LAST_ENDPOINT", .string) }

  /// The C name of ``lastEndpoint``.
  @available(*, unavailable, renamed: "lastEndpoint") public static var ZMQ_LAST_ENDPOINT: Self { lastEndpoint }
}
