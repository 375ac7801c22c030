internal import CZeroMQ

extension SocketOption where Kind: XPubKind, Value == Bool, Access == OptionAccess.WriteOnly {
  /// Whether subscriptions that the socket has already are received too.
  ///
  /// Otherwise only the first for a prefix, and the end of the last, are. Setting it ends `xpubVerboser`.
  ///
  /// The corresponding libzmq option is `ZMQ_XPUB_VERBOSE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | XPUB | at once |
  public static var xpubVerbose: Self { Self(CZeroMQ.ZMQ_XPUB_VERBOSE, "ZMQ_XPUB_VERBOSE", .boolean) }

  /// The C name of ``xpubVerbose``.
  @available(*, unavailable, renamed: "xpubVerbose") public static var ZMQ_XPUB_VERBOSE: Self { xpubVerbose }

  /// Whether all subscriptions and all their ends are received, also repeated ones.
  ///
  /// Setting it sets `xpubVerbose` too.
  ///
  /// A SUB that has subscribed several times to a prefix reports only the last of its unsubscriptions.
  ///
  /// The corresponding libzmq option is `ZMQ_XPUB_VERBOSER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | XPUB | at once |
  public static var xpubVerboser: Self { Self(CZeroMQ.ZMQ_XPUB_VERBOSER, "ZMQ_XPUB_VERBOSER", .boolean) }

  /// The C name of ``xpubVerboser``.
  @available(*, unavailable, renamed: "xpubVerboser") public static var ZMQ_XPUB_VERBOSER: Self { xpubVerboser }

  /// Whether the program, and not the socket, decides on subscriptions.
  ///
  /// What subscribers ask for is then received, and granted only by `subscribeLastPeer(to:)`.
  ///
  /// A SUB still drops what does not match its own subscriptions, whatever the XPUB grants it.
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
  /// A message that every new subscriber is sent, if it has subscribed to a prefix of it.
  ///
  /// It reaches a subscriber as its first message, also when it connects again; so a subscriber knows that it is connected.
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
  /// Whether sending waits for a subscriber that is at its high-water mark.
  ///
  /// Otherwise messages for that subscriber are dropped. With it one slow subscriber holds up all.
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
  /// Whether subscribers get what does not begin with one of their subscriptions.
  ///
  /// The publisher and its subscribers must all have it, or all not.
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
