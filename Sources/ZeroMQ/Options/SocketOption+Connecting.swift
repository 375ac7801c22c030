internal import CZeroMQ

extension SocketOption where Value == Bool, Access == OptionAccess.ReadWrite {
  /// A Boolean value that indicates whether messages are queued only for complete connections.
  ///
  /// If `true`, a socket without a complete connection waits in `send`. Messages that wait for a connection are dropped when that
  /// connection breaks. If `false` (the default), a connection accepts messages from the `connect` on, and keeps them until its
  /// peer answers.
  ///
  /// The corresponding libzmq option is `ZMQ_IMMEDIATE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all; not inproc | at the next bind or connect |
  public static var immediate: Self { Self(CZeroMQ.ZMQ_IMMEDIATE, "ZMQ_IMMEDIATE", .boolean) }

  /// The C name of ``immediate``.
  @available(*, unavailable, renamed: "immediate") public static var ZMQ_IMMEDIATE: Self { immediate }

  /// The former C name of ``immediate``.
  @available(*, unavailable, renamed: "immediate") public static var ZMQ_DELAY_ATTACH_ON_CONNECT: Self { immediate }

  /// A Boolean value that indicates whether the socket uses IPv6.
  ///
  /// If `true`, the socket uses both IPv6 and IPv4. If `false` (the default), it uses only IPv4.
  ///
  /// The corresponding libzmq option is `ZMQ_IPV6`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false`, or the context's | all; tcp, udp | at the next bind or connect |
  public static var ipv6: Self { Self(CZeroMQ.ZMQ_IPV6, "ZMQ_IPV6", .boolean) }

  /// The C name of ``ipv6``.
  @available(*, unavailable, renamed: "ipv6") public static var ZMQ_IPV6: Self { ipv6 }
}

extension SocketOption where Value == Duration?, Access == OptionAccess.ReadWrite {
  /// The time to wait before a lost connection is made again.
  ///
  /// libzmq adds a random part, so that many peers do not reconnect at the same moment.
  ///
  /// The corresponding libzmq option is `ZMQ_RECONNECT_IVL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` never connects again | 100 ms | all; not inproc | at the next bind or connect |
  public static var reconnectInterval: Self { Self(CZeroMQ.ZMQ_RECONNECT_IVL, "ZMQ_RECONNECT_IVL", .milliseconds) }

  /// The C name of ``reconnectInterval``.
  @available(*, unavailable, renamed: "reconnectInterval") public static var ZMQ_RECONNECT_IVL: Self { reconnectInterval }

  /// The maximum time to wait, after a ping, for anything from the peer.
  ///
  /// After that time, the connection is closed. It acts only with `heartbeatInterval`. `nil` can be read but not set.
  ///
  /// The corresponding libzmq option is `ZMQ_HEARTBEAT_TIMEOUT`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration?` | milliseconds; `nil` is `heartbeatInterval` | `nil` | all; not STREAM, inproc | at the next bind or connect |
  public static var heartbeatTimeout: Self { Self(CZeroMQ.ZMQ_HEARTBEAT_TIMEOUT, "ZMQ_HEARTBEAT_TIMEOUT", .milliseconds) }

  /// The C name of ``heartbeatTimeout``.
  @available(*, unavailable, renamed: "heartbeatTimeout") public static var ZMQ_HEARTBEAT_TIMEOUT: Self { heartbeatTimeout }
}

extension SocketOption where Value == Duration, Access == OptionAccess.ReadWrite {
  /// The maximum time to wait before a lost connection is made again.
  ///
  /// The time doubles with each failed attempt. It stays at `reconnectInterval` if the maximum is less than that, or zero. Any
  /// successful connection, however brief, resets it.
  ///
  /// The corresponding libzmq option is `ZMQ_RECONNECT_IVL_MAX`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration` | milliseconds | zero | all; not inproc | at the next bind or connect |
  public static var reconnectIntervalMaximum: Self { Self(CZeroMQ.ZMQ_RECONNECT_IVL_MAX, "ZMQ_RECONNECT_IVL_MAX", .milliseconds) }

  /// The C name of ``reconnectIntervalMaximum``.
  @available(*, unavailable, renamed: "reconnectIntervalMaximum")
  public static var ZMQ_RECONNECT_IVL_MAX: Self { reconnectIntervalMaximum }

  /// The maximum time that an attempt to connect may take.
  ///
  /// After that time, libzmq abandons the attempt, and later tries again.
  ///
  /// The corresponding libzmq option is `ZMQ_CONNECT_TIMEOUT`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration` | milliseconds; zero is the system's default | zero | all; tcp | at the next bind or connect |
  public static var connectTimeout: Self { Self(CZeroMQ.ZMQ_CONNECT_TIMEOUT, "ZMQ_CONNECT_TIMEOUT", .milliseconds) }

  /// The C name of ``connectTimeout``.
  @available(*, unavailable, renamed: "connectTimeout") public static var ZMQ_CONNECT_TIMEOUT: Self { connectTimeout }

  /// The time between two ZMTP pings, which detect a dead connection.
  ///
  /// A peer that stays silent for `heartbeatTimeout` is disconnected, and the connection is made again. Peers older than libzmq 4.2
  /// do not answer pings.
  ///
  /// The corresponding libzmq option is `ZMQ_HEARTBEAT_IVL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration` | milliseconds; zero sends none | zero | all; not STREAM, inproc | at the next bind or connect |
  public static var heartbeatInterval: Self { Self(CZeroMQ.ZMQ_HEARTBEAT_IVL, "ZMQ_HEARTBEAT_IVL", .milliseconds) }

  /// The C name of ``heartbeatInterval``.
  @available(*, unavailable, renamed: "heartbeatInterval") public static var ZMQ_HEARTBEAT_IVL: Self { heartbeatInterval }

  /// The time of silence after which the peer closes the connection.
  ///
  /// Each ping announces it to the peer, so it acts only with `heartbeatInterval`. libzmq rounds down to tenths of a second: less
  /// than 100 ms acts as zero.
  ///
  /// The corresponding libzmq option is `ZMQ_HEARTBEAT_TTL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration` | milliseconds, up to 6,553,599; zero is none | zero | all; not STREAM, inproc | at the next bind or connect |
  public static var heartbeatTimeToLive: Self { Self(CZeroMQ.ZMQ_HEARTBEAT_TTL, "ZMQ_HEARTBEAT_TTL", .milliseconds) }

  /// The C name of ``heartbeatTimeToLive``.
  @available(*, unavailable, renamed: "heartbeatTimeToLive") public static var ZMQ_HEARTBEAT_TTL: Self { heartbeatTimeToLive }
}

extension SocketOption where Kind: HandshakingKind, Value == Duration, Access == OptionAccess.ReadWrite {
  /// The maximum time that the handshake of a new connection may take.
  ///
  /// After that time, libzmq closes the connection. Terminating the context can take as long if a peer accepts a connection and
  /// never speaks, even if nothing is to be sent.
  ///
  /// The corresponding libzmq option is `ZMQ_HANDSHAKE_IVL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Duration` | milliseconds; zero is no limit | 30 s | all but STREAM; not inproc | at the next bind or connect |
  public static var handshakeInterval: Self { Self(CZeroMQ.ZMQ_HANDSHAKE_IVL, "ZMQ_HANDSHAKE_IVL", .milliseconds) }

  /// The C name of ``handshakeInterval``.
  @available(*, unavailable, renamed: "handshakeInterval") public static var ZMQ_HANDSHAKE_IVL: Self { handshakeInterval }
}

extension SocketOption where Value == Int, Access == OptionAccess.ReadWrite {
  /// The maximum number of connections that wait to be accepted, as `listen` takes it.
  ///
  /// The system can have a lower limit.
  ///
  /// The corresponding libzmq option is `ZMQ_BACKLOG`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | connections, 0 or more | 100 | all; not inproc | at the next bind or connect |
  public static var backlog: Self { Self(CZeroMQ.ZMQ_BACKLOG, "ZMQ_BACKLOG", .int) }

  /// The C name of ``backlog``.
  @available(*, unavailable, renamed: "backlog") public static var ZMQ_BACKLOG: Self { backlog }

  /// The type-of-service byte of the IP packets that are sent, `IP_TOS`.
  ///
  /// Numbers that do not fit into the byte are rejected here, although libzmq accepts them.
  ///
  /// The corresponding libzmq option is `ZMQ_TOS`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int` | 0 to 255 | 0 | all; tcp | at the next bind or connect |
  public static var typeOfService: Self { Self(CZeroMQ.ZMQ_TOS, "ZMQ_TOS", .byte) }

  /// The C name of ``typeOfService``.
  @available(*, unavailable, renamed: "typeOfService") public static var ZMQ_TOS: Self { typeOfService }
}

extension SocketOption where Value == String?, Access == OptionAccess.ReadWrite {
  /// The network interface or VRF to which the socket is limited.
  ///
  /// It works on Linux only; older systems require the capability `CAP_NET_RAW`. With a name that does not exist, binding fails,
  /// and connecting is tried again and again.
  ///
  /// The corresponding libzmq option is `ZMQ_BINDTODEVICE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String?` | 1 to 16 bytes; `nil` is any interface | `nil` | all; tcp, udp | at the next bind or connect |
  public static var bindToDevice: Self { Self(CZeroMQ.ZMQ_BINDTODEVICE, "ZMQ_BINDTODEVICE", .string) }

  /// The C name of ``bindToDevice``.
  @available(*, unavailable, renamed: "bindToDevice") public static var ZMQ_BINDTODEVICE: Self { bindToDevice }

  /// The SOCKS5 proxy for outgoing connections, such as `"127.0.0.1:1080"`.
  ///
  /// The proxy resolves the names of hosts. A proxy that asks for a user name requires libzmq's draft options.
  ///
  /// libzmq 4.3.4 can abort the process: when the proxy has refused or broken off, and the socket is closed before the next
  /// attempt. Use only proxies that you can rely on.
  ///
  /// The corresponding libzmq option is `ZMQ_SOCKS_PROXY`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String?` | host:port, not empty; `nil` is none | `nil` | all; tcp | at the next bind or connect |
  public static var socksProxy: Self { Self(CZeroMQ.ZMQ_SOCKS_PROXY, "ZMQ_SOCKS_PROXY", .string) }

  /// The C name of ``socksProxy``.
  @available(*, unavailable, renamed: "socksProxy") public static var ZMQ_SOCKS_PROXY: Self { socksProxy }
}

extension SocketOption where Value == Int32?, Access == OptionAccess.ReadWrite {
  /// A descriptor that already listens, from which the next `bind` accepts connections.
  ///
  /// Use it for sockets that a service manager has created. libzmq takes ownership of the descriptor and closes it. The address
  /// given to `bind` is ignored, but its transport must be right.
  ///
  /// The option serves one `bind`; afterwards it is `nil`. A descriptor that does not listen is rejected with `.invalidArgument`.
  /// If two sockets use the same descriptor, libzmq ends the process.
  ///
  /// The corresponding libzmq option is `ZMQ_USE_FD`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Int32?` | a listening stream socket; `nil` is none | `nil` | all; tcp, ipc | at the next bind |
  public static var useFileDescriptor: Self { Self(CZeroMQ.ZMQ_USE_FD, "ZMQ_USE_FD", .listeningDescriptor) }

  /// The C name of ``useFileDescriptor``.
  @available(*, unavailable, renamed: "useFileDescriptor") public static var ZMQ_USE_FD: Self { useFileDescriptor }
}
