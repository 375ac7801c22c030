internal import CZeroMQ

extension SocketOption where Value == Bool, Access == OptionAccess.ReadOnly {
  /// Whether the frame received last has further frames behind it.
  ///
  /// `receive()` takes whole messages, after which it is `false`; a `UniqueFrame` says so itself, and faster.
  ///
  /// The corresponding libzmq option is `ZMQ_RCVMORE`.
  ///
  /// | Type | Unit | Default | Applies to |
  /// | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all |
  public static var receiveMore: Self { Self(CZeroMQ.ZMQ_RCVMORE, "ZMQ_RCVMORE", .boolean) }

  /// The C name of ``receiveMore``.
  @available(*, unavailable, renamed: "receiveMore") public static var ZMQ_RCVMORE: Self { receiveMore }

  /// Whether libzmq lets several threads use the socket at once: no stable type does.
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
  /// Whether the socket can receive or send without waiting.
  ///
  /// A PUB, ROUTER, STREAM, XPUB or XSUB is always writable. Reading it also lets the socket do what is due, such as sending
  /// subscriptions again.
  ///
  /// The corresponding libzmq option is `ZMQ_EVENTS`.
  ///
  /// | Type | Unit | Default | Applies to |
  /// | --- | --- | --- | --- |
  /// | `PollEvents` | `.readable`, `.writable` | `.writable` where sending does not depend on a peer | all |
  public static var events: Self { Self(CZeroMQ.ZMQ_EVENTS, "ZMQ_EVENTS", .constant) }

  /// The C name of ``events``.
  @available(*, unavailable, renamed: "events") public static var ZMQ_EVENTS: Self { events }
}

extension SocketOption where Value == Int32, Access == OptionAccess.ReadOnly {
  /// A descriptor that becomes readable when `events` may have changed, for other event loops.
  ///
  /// It is edge-triggered: read `events` before waiting, and again after every send and receive, which may swallow the edge. Wait
  /// for reading only; never read, write or close it.
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
  /// The endpoint bound or connected to last, as libzmq resolved it.
  ///
  /// `bind(_:)` returns the same.
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
