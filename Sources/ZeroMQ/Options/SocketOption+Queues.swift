internal import CZeroMQ

extension SocketOption where Value == Duration?, Access == OptionAccess.ReadWrite {
  /// The maximum time for which unsent messages are kept after the socket is closed.
  ///
  /// Zero drops them immediately. `nil` keeps them until they are sent, and ``Context/terminate()-6wz4l`` waits for that.
  ///
  /// The option acts only on sockets that are closed, connections that are disconnected, and contexts that are shut down after it
  /// was set.
  ///
  /// Over ipc, closing a sender whose peer is at its high-water mark can lose the last messages, even with `nil`. Let the peer
  /// confirm the last message.
  ///
  /// The corresponding libzmq option is `ZMQ_LINGER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` is no limit | `nil`; zero on SUB, XSUB, and if the context is not blocky | all | at once |
  public static var linger: Self { Self(CZeroMQ.ZMQ_LINGER, "ZMQ_LINGER", .milliseconds) }

  /// The C name of ``linger``.
  @available(*, unavailable, renamed: "linger") public static var ZMQ_LINGER: Self { linger }

  /// The maximum time that `receive()` waits for a message.
  ///
  /// When the time is over, `receive()` throws `.wouldBlock`. Zero does not wait; `nil` waits indefinitely. `receive(timeout:)`
  /// overrides the option for one call.
  ///
  /// The corresponding libzmq option is `ZMQ_RCVTIMEO`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` waits indefinitely | `nil` | all | at once |
  public static var receiveTimeout: Self { Self(CZeroMQ.ZMQ_RCVTIMEO, "ZMQ_RCVTIMEO", .milliseconds) }

  /// The C name of ``receiveTimeout``.
  @available(*, unavailable, renamed: "receiveTimeout") public static var ZMQ_RCVTIMEO: Self { receiveTimeout }

  /// The maximum time that `send` waits until the socket can accept the message.
  ///
  /// When the time is over, `send` throws `.wouldBlock`, and nothing was sent. Zero does not wait; `nil` waits indefinitely.
  ///
  /// The corresponding libzmq option is `ZMQ_SNDTIMEO`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` waits indefinitely | `nil` | all | at once |
  public static var sendTimeout: Self { Self(CZeroMQ.ZMQ_SNDTIMEO, "ZMQ_SNDTIMEO", .milliseconds) }

  /// The C name of ``sendTimeout``.
  @available(*, unavailable, renamed: "sendTimeout") public static var ZMQ_SNDTIMEO: Self { sendTimeout }
}

extension SocketOption where Value == Int, Access == OptionAccess.ReadWrite {
  /// The maximum number of messages that wait to be sent to one peer.
  ///
  /// At the mark, PUB, XPUB, XSUB, ROUTER and REP drop messages for that peer, unless `xpubNoDrop` or `routerMandatory` is set.
  /// PAIR, PUSH, DEALER, REQ and STREAM wait.
  ///
  /// libzmq counts approximately. Over inproc, the marks of both ends add up. With a mark of 1 or 2, a PUB drops messages even if
  /// its subscribers keep up: use 10 or more.
  ///
  /// Set the option before anything is sent. Raising it on a full inproc socket can keep that socket waiting forever.
  ///
  /// The subscriptions of a SUB are messages, too. Set the mark of a SUB to 0 before it subscribes to more than 1,000 prefixes.
  ///
  /// The corresponding libzmq option is `ZMQ_SNDHWM`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | messages, 0 or more; 0 is no limit | 1000 | all | at once |
  public static var sendHighWaterMark: Self { Self(CZeroMQ.ZMQ_SNDHWM, "ZMQ_SNDHWM", .int) }

  /// The C name of ``sendHighWaterMark``.
  @available(*, unavailable, renamed: "sendHighWaterMark") public static var ZMQ_SNDHWM: Self { sendHighWaterMark }

  /// The maximum number of messages received from one peer that wait to be read.
  ///
  /// At the mark, libzmq stops reading from the connection, so the sender reaches its own mark. libzmq counts approximately. Over
  /// inproc, the marks of both ends add up.
  ///
  /// The corresponding libzmq option is `ZMQ_RCVHWM`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | messages, 0 or more; 0 is no limit | 1000 | all | at once |
  public static var receiveHighWaterMark: Self { Self(CZeroMQ.ZMQ_RCVHWM, "ZMQ_RCVHWM", .int) }

  /// The C name of ``receiveHighWaterMark``.
  @available(*, unavailable, renamed: "receiveHighWaterMark") public static var ZMQ_RCVHWM: Self { receiveHighWaterMark }
}

extension SocketOption where Value == Int?, Access == OptionAccess.ReadWrite {
  /// The size of the system's send buffer of each connection, `SO_SNDBUF`.
  ///
  /// The corresponding libzmq option is `ZMQ_SNDBUF`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int?` | bytes, 0 or more; `nil` is the system's default | `nil` | all | at the next bind or connect |
  public static var sendBufferSize: Self { Self(CZeroMQ.ZMQ_SNDBUF, "ZMQ_SNDBUF", .int) }

  /// The C name of ``sendBufferSize``.
  @available(*, unavailable, renamed: "sendBufferSize") public static var ZMQ_SNDBUF: Self { sendBufferSize }

  /// The size of the system's receive buffer of each connection, `SO_RCVBUF`.
  ///
  /// The corresponding libzmq option is `ZMQ_RCVBUF`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int?` | bytes, 0 or more; `nil` is the system's default | `nil` | all | at the next bind or connect |
  public static var receiveBufferSize: Self { Self(CZeroMQ.ZMQ_RCVBUF, "ZMQ_RCVBUF", .int) }

  /// The C name of ``receiveBufferSize``.
  @available(*, unavailable, renamed: "receiveBufferSize") public static var ZMQ_RCVBUF: Self { receiveBufferSize }

  /// The maximum size of a frame that a peer may send.
  ///
  /// A peer that sends a larger frame is disconnected, and its message is dropped. Set the option on every socket that strangers
  /// can reach.
  ///
  /// The frames of a handshake count as well: a limit below a few hundred bytes rejects every peer.
  ///
  /// Subscriptions are messages, too. When a subscription of several hundred thousand bytes is removed, libzmq exhausts the stack,
  /// which ends the process. So set a limit on every PUB or XPUB that strangers can reach.
  ///
  /// The corresponding libzmq option is `ZMQ_MAXMSGSIZE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int?` | bytes, 0 or more; `nil` is no limit | `nil` | all | at the next bind or connect |
  public static var maximumMessageSize: Self { Self(CZeroMQ.ZMQ_MAXMSGSIZE, "ZMQ_MAXMSGSIZE", .int64) }

  /// The C name of ``maximumMessageSize``.
  @available(*, unavailable, renamed: "maximumMessageSize") public static var ZMQ_MAXMSGSIZE: Self { maximumMessageSize }
}

extension SocketOption where Kind: ConflatingKind, Value == Bool, Access == OptionAccess.ReadWrite {
  /// A Boolean value that indicates whether only the newest message is kept.
  ///
  /// If `true`, a newer message replaces an older one that waits to be sent or received, and the high-water marks are ignored. If
  /// `false` (the default), all messages are kept, up to the high-water marks.
  ///
  /// Use it only with messages of one frame. Of a message with several frames, only the last frame is kept.
  ///
  /// A SUB conflates its own subscriptions as well: of several in a burst, only the last one reaches the publisher.
  ///
  /// Over inproc, connect after the bind; before it, connecting throws `.connectionRefused`. Over inproc, a receiver that does not
  /// read needs about 75 more bytes for each message.
  ///
  /// The corresponding libzmq option is `ZMQ_CONFLATE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | DEALER, PUB, PULL, PUSH, SUB | at the next bind or connect |
  public static var conflate: Self { Self(CZeroMQ.ZMQ_CONFLATE, "ZMQ_CONFLATE", .boolean) }

  /// The C name of ``conflate``.
  @available(*, unavailable, renamed: "conflate") public static var ZMQ_CONFLATE: Self { conflate }
}

extension SocketOption where Value == UInt64, Access == OptionAccess.ReadWrite {
  /// The context's I/O threads that serve this socket's new connections.
  ///
  /// Bit *n* stands for thread *n*. If the context has none of these threads, binding and connecting throw `.noIOThread`.
  ///
  /// The corresponding libzmq option is `ZMQ_AFFINITY`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `UInt64` | a bit for each thread; 0 is all threads | 0 | all | at the next bind or connect |
  public static var affinity: Self { Self(CZeroMQ.ZMQ_AFFINITY, "ZMQ_AFFINITY", .bits) }

  /// The C name of ``affinity``.
  @available(*, unavailable, renamed: "affinity") public static var ZMQ_AFFINITY: Self { affinity }
}
