internal import CZeroMQ

extension SocketOption where Value == Duration?, Access == OptionAccess.ReadWrite {
  /// How long unsent messages are kept after the socket is closed.
  ///
  /// Zero drops them at once; `nil` keeps them until they are sent, and ``Context/terminate()-6wz4l`` waits for that. It acts only on
  /// what is closed, disconnected or shut down after it was set.
  ///
  /// It acts only if it is set before `disconnect` and before the context is shut down. Over ipc, closing a sender whose peer is at
  /// its high-water mark can lose the last messages even without a limit; let the peer confirm the end.
  ///
  /// The corresponding libzmq option is `ZMQ_LINGER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` is for ever | `nil`; zero on SUB, XSUB, and if the context is not blocky | all | at once |
  public static var linger: Self { Self(CZeroMQ.ZMQ_LINGER, "ZMQ_LINGER", .milliseconds) }

  /// The C name of ``linger``.
  @available(*, unavailable, renamed: "linger") public static var ZMQ_LINGER: Self { linger }
}

extension SocketOption where Value == Int, Access == OptionAccess.ReadWrite {
  /// How many messages may wait to be sent to one peer.
  ///
  /// At the mark PUB, XPUB, XSUB, ROUTER and REP drop messages for that peer, unless `xpubNoDrop` or `routerMandatory` says
  /// otherwise; PAIR, PUSH, DEALER, REQ and STREAM wait. libzmq counts roughly, and over inproc the two ends' marks add up. Set it
  /// before anything is sent: raised on a full inproc socket, it can keep that socket waiting for ever.
  ///
  /// A SUB's subscriptions count against it, too: set it to 0 before subscribing to more than 1,000 prefixes. With a mark of 1 or
  /// 2, a PUB drops messages even if its subscribers keep up.
  ///
  /// The corresponding libzmq option is `ZMQ_SNDHWM`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | messages, 0 or more; 0 is no limit | 1000 | all | at once |
  public static var sendHighWaterMark: Self { Self(CZeroMQ.ZMQ_SNDHWM, "ZMQ_SNDHWM", .int) }

  /// The C name of ``sendHighWaterMark``.
  @available(*, unavailable, renamed: "sendHighWaterMark") public static var ZMQ_SNDHWM: Self { sendHighWaterMark }

  /// How many received messages of one peer may wait to be read.
  ///
  /// At the mark no more are taken from the connection, and so the sender reaches its own. libzmq counts roughly, and over inproc
  /// the two ends' marks add up.
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

  /// The largest frame that is accepted from a peer.
  ///
  /// A peer that sends a larger one is disconnected, and its message is dropped. The frames of a handshake count too: less than
  /// some hundred bytes lets nobody in. Set it on every socket that strangers can reach.
  ///
  /// Subscriptions are messages, too. One of several hundred thousand bytes makes libzmq use up the stack when it is removed, which
  /// ends the process, so set a limit on a PUB or XPUB that strangers can reach.
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
  /// Whether only the newest message is kept, be it to send or to receive.
  ///
  /// Older ones are dropped and the high-water marks ignored. It works for messages of one frame only: of several, the last frame
  /// alone is kept.
  ///
  /// A SUB conflates its own subscriptions as well: of several in a burst, only the last one reaches the publisher. Over inproc,
  /// connect only after the bind; otherwise connecting throws `.connectionRefused`. Over inproc, a receiver that does not read
  /// grows by about 75 bytes a message.
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
  /// Which of the context's I/O threads serve this socket's new connections.
  ///
  /// Bit *n* stands for thread *n*. Where there is none of those named, binding and connecting throw `.noIOThread`.
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
