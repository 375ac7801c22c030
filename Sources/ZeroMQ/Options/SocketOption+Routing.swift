internal import CZeroMQ

extension SocketOption where Kind: RoutingIDKind, Value == Frame, Access == OptionAccess.ReadWrite {
  /// The name by which a ROUTER that this socket is connected with addresses it.
  ///
  /// Without one the ROUTER makes one up for each connection, which begins with a zero byte; one that begins so is therefore
  /// refused here. Two peers of a ROUTER must not have the same: the second is ignored, unless the ROUTER has `routerHandover`.
  ///
  /// A ROUTER that is connected to a peer keeps the routing ID of the connection's first peer. If a server returns with another
  /// routing ID, the new one cannot be reached, and messages for the old one reach the new server.
  ///
  /// The corresponding libzmq option is `ZMQ_ROUTING_ID`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Frame` | 1 to 255 bytes, first byte not zero | empty | DEALER, REP, REQ, ROUTER | at the next bind or connect |
  public static var routingID: Self { Self(CZeroMQ.ZMQ_ROUTING_ID, "ZMQ_ROUTING_ID", .routingID) }

  /// The name that the ZeroMQ Guide has for ``routingID``.
  public static var identity: Self { routingID }

  /// The C name of ``routingID``.
  @available(*, unavailable, renamed: "routingID") public static var ZMQ_ROUTING_ID: Self { routingID }

  /// The former C name of ``routingID``.
  @available(*, unavailable, renamed: "routingID") public static var ZMQ_IDENTITY: Self { routingID }
}

extension SocketOption where Kind: ConnectRoutingIDKind, Value == Frame, Access == OptionAccess.WriteOnly {
  /// The routing ID of the peer that the next `connect` connects to, and of no other.
  ///
  /// It replaces the one that the peer has itself, so that messages can be sent to it at once. If another peer of the socket has the
  /// ID, `connect` throws `.addressExists`; a ROUTER's peer that announced it by itself gets an empty message then, as from
  /// `probeRouter`. While a message is being sent frame by frame, `connect` throws `.wrongState`.
  ///
  /// After `disconnect`, an ID is free again as soon as libzmq has ended the connection. A ROUTER cannot tell when that is while it has
  /// other peers to send to, and then keeps the ID taken.
  ///
  /// If a peer announces the same ID by itself while `connect` is called, or has announced it and left behind messages that have not
  /// been received, libzmq ends the process. So choose IDs that strangers cannot guess.
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
  /// Whether sending to a peer that is not there throws `.hostUnreachable`.
  ///
  /// Otherwise such messages are dropped silently. With it, sending also waits for a peer that is at its high-water mark, where it
  /// would drop.
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

  /// Whether a new peer with a routing ID that is in use replaces the peer that has it.
  ///
  /// Otherwise the new peer is ignored. The old one stays connected, but is no longer heard.
  ///
  /// So without it, a peer with a name that returns before the ROUTER has noticed its loss is ignored.
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
  /// Whether each new connection begins with an empty message, which tells a ROUTER of this peer.
  ///
  /// For sockets whose peers are ROUTERs only; these must skip the empty message.
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
  /// Whether requests carry a number, and replies without the same number are dropped.
  ///
  /// The number is a frame before the envelope's delimiter, which REP, and a ROUTER that returns the envelope, hand back.
  ///
  /// The corresponding libzmq option is `ZMQ_REQ_CORRELATE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | REQ | at once |
  public static var reqCorrelate: Self { Self(CZeroMQ.ZMQ_REQ_CORRELATE, "ZMQ_REQ_CORRELATE", .boolean) }

  /// The C name of ``reqCorrelate``.
  @available(*, unavailable, renamed: "reqCorrelate") public static var ZMQ_REQ_CORRELATE: Self { reqCorrelate }

  /// Whether a request may be sent before the reply to the last one has come.
  ///
  /// The reply to the last one is then dropped, reliably only with `reqCorrelate`; without it a late reply can be taken for the new
  /// request's. Otherwise sending throws `.wrongState`.
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
  /// Whether a peer's connecting and disconnecting is received as an empty message.
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
