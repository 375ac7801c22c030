internal import CZeroMQ

extension SocketOption where Kind: RoutingIDKind, Value == Frame, Access == OptionAccess.ReadWrite {
  /// The name by which a connected ROUTER addresses this socket.
  ///
  /// Without a routing ID, the ROUTER generates one for each connection, which begins with a zero byte. So an ID that begins with a
  /// zero byte is rejected here.
  ///
  /// Give each peer of a ROUTER its own ID. A second peer with the same ID is ignored, unless the ROUTER has `routerHandover` set.
  ///
  /// A ROUTER that connects to a peer keeps the routing ID of the first peer of that connection. If a server returns with another
  /// routing ID, the new ID is unreachable, and messages for the old ID reach the new server.
  ///
  /// The corresponding libzmq option is `ZMQ_ROUTING_ID`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Frame` | 1 to 255 bytes, first byte not zero | empty | DEALER, REP, REQ, ROUTER | at the next bind or connect |
  public static var routingID: Self { Self(CZeroMQ.ZMQ_ROUTING_ID, "ZMQ_ROUTING_ID", .routingID) }

  /// The name in the ZeroMQ Guide of ``routingID``.
  public static var identity: Self { routingID }

  /// The C name of ``routingID``.
  @available(*, unavailable, renamed: "routingID") public static var ZMQ_ROUTING_ID: Self { routingID }

  /// The former C name of ``routingID``.
  @available(*, unavailable, renamed: "routingID") public static var ZMQ_IDENTITY: Self { routingID }
}

extension SocketOption where Kind: ConnectRoutingIDKind, Value == Frame, Access == OptionAccess.WriteOnly {
  /// The routing ID for the peer of the next `connect`.
  ///
  /// It replaces the ID that the peer announces, so that messages can be sent to it immediately. It is used for one `connect` only.
  ///
  /// If another peer of the socket has the ID, `connect` throws `.addressExists`. If that peer of a ROUTER had announced the ID
  /// itself, it also receives an empty message, as from `probeRouter`. While a message is being sent frame by frame, `connect`
  /// throws `.wrongState`.
  ///
  /// After `disconnect`, an ID is free again as soon as libzmq has ended the connection. A ROUTER cannot detect that while it has
  /// other peers to send to. In that case, the ID stays taken.
  ///
  /// libzmq ends the process if a peer announces the same ID while `connect` is called. It also does if a peer has announced the
  /// ID, and left with messages that have not been received. So choose IDs that strangers cannot guess.
  ///
  /// The corresponding libzmq option is `ZMQ_CONNECT_ROUTING_ID`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Frame` | 1 to 255 bytes, first byte not zero | none | ROUTER, STREAM | at the next connect, once |
  public static var connectRoutingID: Self { Self(CZeroMQ.ZMQ_CONNECT_ROUTING_ID, "ZMQ_CONNECT_ROUTING_ID", .routingID) }

  /// The C name of ``connectRoutingID``.
  @available(*, unavailable, renamed: "connectRoutingID") public static var ZMQ_CONNECT_ROUTING_ID: Self { connectRoutingID }

  /// The former C name of ``connectRoutingID``.
  @available(*, unavailable, renamed: "connectRoutingID") public static var ZMQ_CONNECT_RID: Self { connectRoutingID }
}

extension SocketOption where Kind: RoutingKind, Value == Bool, Access == OptionAccess.WriteOnly {
  /// A Boolean value that indicates whether sending to an unknown peer throws `.hostUnreachable`.
  ///
  /// If `true`, sending to a peer that is not connected throws, and sending to a peer at its high-water mark waits. If `false` (the
  /// default), the message is dropped in both cases.
  ///
  /// The corresponding libzmq option is `ZMQ_ROUTER_MANDATORY`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | ROUTER | at once |
  public static var routerMandatory: Self { Self(CZeroMQ.ZMQ_ROUTER_MANDATORY, "ZMQ_ROUTER_MANDATORY", .boolean) }

  /// The C name of ``routerMandatory``.
  @available(*, unavailable, renamed: "routerMandatory") public static var ZMQ_ROUTER_MANDATORY: Self { routerMandatory }

  /// The former C name of ``routerMandatory``.
  @available(*, unavailable, renamed: "routerMandatory") public static var ZMQ_FAIL_UNROUTABLE: Self { routerMandatory }

  /// The former C name of ``routerMandatory``.
  @available(*, unavailable, renamed: "routerMandatory") public static var ZMQ_ROUTER_BEHAVIOR: Self { routerMandatory }

  /// A Boolean value that indicates whether a new peer takes over a routing ID that is in use.
  ///
  /// If `true`, the new peer takes over the routing ID; the old connection stays open but its messages are no longer received. If
  /// `false` (the default), the new peer is ignored. This also affects a peer that returns before the ROUTER has noticed its loss.
  ///
  /// The corresponding libzmq option is `ZMQ_ROUTER_HANDOVER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | ROUTER | at once |
  public static var routerHandover: Self { Self(CZeroMQ.ZMQ_ROUTER_HANDOVER, "ZMQ_ROUTER_HANDOVER", .boolean) }

  /// The C name of ``routerHandover``.
  @available(*, unavailable, renamed: "routerHandover") public static var ZMQ_ROUTER_HANDOVER: Self { routerHandover }
}

extension SocketOption where Kind: ProbingKind, Value == Bool, Access == OptionAccess.WriteOnly {
  /// A Boolean value that indicates whether each new connection begins with an empty message.
  ///
  /// If `true`, the socket sends an empty message on each new connection, which tells a ROUTER that the peer exists. If `false`
  /// (the default), it sends none. Set it only on sockets whose peers are all ROUTERs; these must skip the empty message.
  ///
  /// The corresponding libzmq option is `ZMQ_PROBE_ROUTER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | DEALER, REQ, ROUTER | at the next connection |
  public static var probeRouter: Self { Self(CZeroMQ.ZMQ_PROBE_ROUTER, "ZMQ_PROBE_ROUTER", .boolean) }

  /// The C name of ``probeRouter``.
  @available(*, unavailable, renamed: "probeRouter") public static var ZMQ_PROBE_ROUTER: Self { probeRouter }
}

extension SocketOption where Kind: ReqKind, Value == Bool, Access == OptionAccess.WriteOnly {
  /// A Boolean value that indicates whether requests carry a number that replies must return.
  ///
  /// If `true`, each request begins with a frame that has its number, before the delimiter, and replies without that number are
  /// dropped. REP sockets, and ROUTER sockets that return the envelope, return the number. If `false` (the default), requests have
  /// no number.
  ///
  /// The corresponding libzmq option is `ZMQ_REQ_CORRELATE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | REQ | at once |
  public static var reqCorrelate: Self { Self(CZeroMQ.ZMQ_REQ_CORRELATE, "ZMQ_REQ_CORRELATE", .boolean) }

  /// The C name of ``reqCorrelate``.
  @available(*, unavailable, renamed: "reqCorrelate") public static var ZMQ_REQ_CORRELATE: Self { reqCorrelate }

  /// A Boolean value that indicates whether a request can be sent before the last reply has arrived.
  ///
  /// If `true`, the socket sends the new request, and drops the reply to the previous one. Without `reqCorrelate`, a late reply can
  /// be taken for the reply to the new request. If `false` (the default), sending throws `.wrongState`.
  ///
  /// The corresponding libzmq option is `ZMQ_REQ_RELAXED`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | REQ | at once |
  public static var reqRelaxed: Self { Self(CZeroMQ.ZMQ_REQ_RELAXED, "ZMQ_REQ_RELAXED", .boolean) }

  /// The C name of ``reqRelaxed``.
  @available(*, unavailable, renamed: "reqRelaxed") public static var ZMQ_REQ_RELAXED: Self { reqRelaxed }
}

extension SocketOption where Kind: StreamingKind, Value == Bool, Access == OptionAccess.WriteOnly {
  /// A Boolean value that indicates whether the socket reports that peers connect and disconnect.
  ///
  /// If `true` (the default), the socket receives an empty message from each peer that connects or disconnects. If `false`, it
  /// receives only data.
  ///
  /// The corresponding libzmq option is `ZMQ_STREAM_NOTIFY`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `true` | STREAM | at the next bind or connect |
  public static var streamNotify: Self { Self(CZeroMQ.ZMQ_STREAM_NOTIFY, "ZMQ_STREAM_NOTIFY", .boolean) }

  /// The C name of ``streamNotify``.
  @available(*, unavailable, renamed: "streamNotify") public static var ZMQ_STREAM_NOTIFY: Self { streamNotify }
}
