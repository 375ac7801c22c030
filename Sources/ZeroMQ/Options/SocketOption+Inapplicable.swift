// The compiler's messages for an option that the socket's type does not have. Without these declarations, it would only report a
// missing requirement.

extension SocketOption where Value == Duration, Access == OptionAccess.ReadWrite {
  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "STREAM does not have this option; generic code needs Kind: HandshakingKind")
  public static var handshakeInterval: Self { preconditionFailure("not an option of this type") }
}

extension SocketOption where Value == Bool, Access == OptionAccess.WriteOnly {
  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only XPUB has this option; generic code needs Kind: XPubKind")
  public static var xpubVerbose: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only XPUB has this option; generic code needs Kind: XPubKind")
  public static var xpubVerboser: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only XPUB has this option; generic code needs Kind: XPubKind")
  public static var xpubManual: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only PUB and XPUB have this option; generic code needs Kind: XPubNoDropKind")
  public static var xpubNoDrop: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only ROUTER has this option; generic code needs Kind: RoutingKind")
  public static var routerMandatory: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only ROUTER has this option; generic code needs Kind: RoutingKind")
  public static var routerHandover: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only REQ, DEALER and ROUTER have this option; generic code needs Kind: ProbingKind")
  public static var probeRouter: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only REQ has this option; generic code needs Kind: ReqKind")
  public static var reqCorrelate: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only REQ has this option; generic code needs Kind: ReqKind")
  public static var reqRelaxed: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only STREAM has this option; generic code needs Kind: StreamingKind")
  public static var streamNotify: Self { preconditionFailure("not an option of this type") }
}

extension SocketOption where Value == Frame, Access == OptionAccess.WriteOnly {
  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only XPUB has this option; generic code needs Kind: XPubKind")
  public static var xpubWelcomeMessage: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only ROUTER and STREAM have this option; generic code needs Kind: ConnectRoutingIDKind")
  public static var connectRoutingID: Self { preconditionFailure("not an option of this type") }
}

extension SocketOption where Value == Bool, Access == OptionAccess.ReadWrite {
  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only PUB, XPUB and SUB have this option; generic code needs Kind: MatchingKind")
  public static var invertMatching: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(
    *, unavailable,
    message: "only DEALER, PUSH, PULL, PUB and SUB have this option; generic code needs Kind: ConflatingKind"
  )
  public static var conflate: Self { preconditionFailure("not an option of this type") }
}

extension SocketOption where Value == Frame, Access == OptionAccess.ReadWrite {
  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only REQ, REP, DEALER and ROUTER have this option; generic code needs Kind: RoutingIDKind")
  public static var routingID: Self { preconditionFailure("not an option of this type") }

  /// An option that this socket's type does not have.
  @available(*, unavailable, message: "only REQ, REP, DEALER and ROUTER have this option; generic code needs Kind: RoutingIDKind")
  public static var identity: Self { preconditionFailure("not an option of this type") }
}
