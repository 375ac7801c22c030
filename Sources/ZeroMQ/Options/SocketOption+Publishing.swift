internal import CZeroMQ

extension SocketOption where Kind: XPubKind, Value == Bool, Access == OptionAccess.WriteOnly {
  /// A Boolean value that indicates whether the socket receives repeated subscriptions.
  ///
  /// If `true`, the socket receives every subscription. If `false` (the default), it receives only the first subscription to each
  /// prefix, and the last unsubscription from it. Setting the option ends `xpubVerboser`.
  ///
  /// The corresponding libzmq option is `ZMQ_XPUB_VERBOSE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | XPUB | at once |
  public static var xpubVerbose: Self { Self(CZeroMQ.ZMQ_XPUB_VERBOSE, "ZMQ_XPUB_VERBOSE", .boolean) }

  /// The C name of ``xpubVerbose``.
  @available(*, unavailable, renamed: "xpubVerbose") public static var ZMQ_XPUB_VERBOSE: Self { xpubVerbose }

  /// A Boolean value that indicates whether the socket receives repeated subscriptions and unsubscriptions.
  ///
  /// If `true`, the socket receives every subscription and every unsubscription; this also sets `xpubVerbose`. If `false` (the
  /// default), it receives only the last unsubscription from each prefix.
  ///
  /// A SUB that subscribed several times to a prefix reports only its last unsubscription.
  ///
  /// The corresponding libzmq option is `ZMQ_XPUB_VERBOSER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | XPUB | at once |
  public static var xpubVerboser: Self { Self(CZeroMQ.ZMQ_XPUB_VERBOSER, "ZMQ_XPUB_VERBOSER", .boolean) }

  /// The C name of ``xpubVerboser``.
  @available(*, unavailable, renamed: "xpubVerboser") public static var ZMQ_XPUB_VERBOSER: Self { xpubVerboser }

  /// A Boolean value that indicates whether the program grants subscriptions.
  ///
  /// If `true`, the socket receives the subscribers' requests, and only `subscribeLastPeer(to:)` grants a subscription. If `false`
  /// (the default), the socket grants every subscription itself.
  ///
  /// A SUB still drops messages that match none of its own subscriptions, regardless of the subscriptions that the XPUB grants. So
  /// it must subscribe to the granted prefix as well.
  ///
  /// The corresponding libzmq option is `ZMQ_XPUB_MANUAL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | XPUB | at once |
  public static var xpubManual: Self { Self(CZeroMQ.ZMQ_XPUB_MANUAL, "ZMQ_XPUB_MANUAL", .boolean) }

  /// The C name of ``xpubManual``.
  @available(*, unavailable, renamed: "xpubManual") public static var ZMQ_XPUB_MANUAL: Self { xpubManual }
}

extension SocketOption where Kind: XPubKind, Value == Frame, Access == OptionAccess.WriteOnly {
  /// A message for every new subscriber that has subscribed to a prefix of it.
  ///
  /// It is the first message that a subscriber receives, also after a reconnect. So it tells the subscriber that the connection is
  /// complete.
  ///
  /// The corresponding libzmq option is `ZMQ_XPUB_WELCOME_MSG`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Frame` | any bytes; the empty frame is none | empty | XPUB | at the next bind or connect |
  public static var xpubWelcomeMessage: Self { Self(CZeroMQ.ZMQ_XPUB_WELCOME_MSG, "ZMQ_XPUB_WELCOME_MSG", .bytes) }

  /// The C name of ``xpubWelcomeMessage``.
  @available(*, unavailable, renamed: "xpubWelcomeMessage") public static var ZMQ_XPUB_WELCOME_MSG: Self { xpubWelcomeMessage }
}

extension SocketOption where Kind: XPubNoDropKind, Value == Bool, Access == OptionAccess.WriteOnly {
  /// A Boolean value that indicates whether sending waits for a subscriber at its high-water mark.
  ///
  /// If `true`, `send` waits, so one slow subscriber delays all the others. If `false` (the default), messages for that subscriber
  /// are dropped.
  ///
  /// The corresponding libzmq option is `ZMQ_XPUB_NODROP`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | PUB, XPUB | at once |
  public static var xpubNoDrop: Self { Self(CZeroMQ.ZMQ_XPUB_NODROP, "ZMQ_XPUB_NODROP", .boolean) }

  /// The C name of ``xpubNoDrop``.
  @available(*, unavailable, renamed: "xpubNoDrop") public static var ZMQ_XPUB_NODROP: Self { xpubNoDrop }
}

extension SocketOption where Kind: MatchingKind, Value == Bool, Access == OptionAccess.ReadWrite {
  /// A Boolean value that indicates whether subscribers receive only messages that do not match.
  ///
  /// If `true`, a subscriber receives the messages that begin with none of its prefixes. If `false` (the default), it receives
  /// those that begin with one. Set the same value on the publisher and on all of its subscribers.
  ///
  /// The corresponding libzmq option is `ZMQ_INVERT_MATCHING`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | PUB, SUB, XPUB | at the next bind or connect |
  public static var invertMatching: Self { Self(CZeroMQ.ZMQ_INVERT_MATCHING, "ZMQ_INVERT_MATCHING", .boolean) }

  /// The C name of ``invertMatching``.
  @available(*, unavailable, renamed: "invertMatching") public static var ZMQ_INVERT_MATCHING: Self { invertMatching }
}
