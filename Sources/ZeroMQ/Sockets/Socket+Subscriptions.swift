internal import CZeroMQ

extension Socket where Kind: SubscribingKind {
  /// Subscribes to all messages whose first frame begins with a prefix; a SUB without subscriptions receives nothing.
  ///
  /// Subscriptions are counted: one made twice ends when it is ended twice. They reach a publisher some time after this returns,
  /// and what is published until then is lost. libzmq 4.3.4 does not match prefixes of 246 to 255 bytes over tcp and ipc. The
  /// corresponding libzmq option is `ZMQ_SUBSCRIBE`.
  ///
  /// - Parameter prefix: the bytes that a message begins with; the empty frame subscribes to everything.
  /// - Throws: `.contextTerminated`; `.notSocket` after ``close()``.
  public func subscribe(to prefix: Frame) throws {
    try handle.set(ZMQ_SUBSCRIBE, "ZMQ_SUBSCRIBE", to: prefix)
  }

  /// Ends a subscription.
  ///
  /// The corresponding libzmq option is `ZMQ_UNSUBSCRIBE`.
  ///
  /// - Parameter prefix: what was subscribed to.
  /// - Throws: `.contextTerminated`; `.notSocket` after ``close()``. To end what was never subscribed to is not an error.
  public func unsubscribe(from prefix: Frame) throws {
    try handle.set(ZMQ_UNSUBSCRIBE, "ZMQ_UNSUBSCRIBE", to: prefix)
  }
}

extension Socket where Kind: SubscribingKind {
  /// Subscribes to all messages whose first frame begins with a text.
  ///
  /// - Parameter prefix: what a message begins with; the empty text subscribes to everything.
  /// - Throws: `.contextTerminated`; `.notSocket` after ``close()``.
  public func subscribe(to prefix: some StringProtocol) throws {
    try subscribe(to: Frame(prefix))
  }

  /// Ends a subscription.
  ///
  /// - Parameter prefix: what was subscribed to.
  /// - Throws: `.contextTerminated`; `.notSocket` after ``close()``. To end what was never subscribed to is not an error.
  public func unsubscribe(from prefix: some StringProtocol) throws {
    try unsubscribe(from: Frame(prefix))
  }
}

extension Socket<SocketType.XSub> {
  /// Subscribes to all messages whose first frame begins with a prefix, by sending ``Subscription/subscribe(to:)`` upstream.
  ///
  /// - Parameter prefix: the bytes that a message begins with; the empty frame subscribes to everything.
  /// - Throws: as `send(_:)`.
  public func subscribe(to prefix: Frame) throws {
    try send(Subscription.subscribe(to: prefix).message)
  }

  /// Ends a subscription, by sending ``Subscription/unsubscribe(from:)`` upstream.
  ///
  /// - Parameter prefix: what was subscribed to.
  /// - Throws: as `send(_:)`.
  public func unsubscribe(from prefix: Frame) throws {
    try send(Subscription.unsubscribe(from: prefix).message)
  }
}

extension Socket where Kind: XPubKind {
  /// Subscribes the peer whose message was received last; needs the option `xpubManual`.
  ///
  /// The corresponding libzmq option is `ZMQ_SUBSCRIBE`.
  ///
  /// - Parameter prefix: the bytes that the peer's messages are to begin with.
  /// - Throws: `.invalidArgument` without the option `xpubManual`; `.contextTerminated`; `.notSocket` after ``close()``.
  public func subscribeLastPeer(to prefix: Frame) throws {
    try handle.set(ZMQ_SUBSCRIBE, "ZMQ_SUBSCRIBE", to: prefix)
  }

  /// Ends a subscription of the peer whose message was received last; needs the option `xpubManual`.
  ///
  /// The corresponding libzmq option is `ZMQ_UNSUBSCRIBE`.
  ///
  /// - Parameter prefix: what the peer was subscribed to.
  /// - Throws: `.invalidArgument` without the option `xpubManual`; `.contextTerminated`; `.notSocket` after ``close()``.
  public func unsubscribeLastPeer(from prefix: Frame) throws {
    try handle.set(ZMQ_UNSUBSCRIBE, "ZMQ_UNSUBSCRIBE", to: prefix)
  }
}

extension SocketHandle {
  fileprivate func set(_ option: Int32, _ name: String, to prefix: Frame) throws(ZeroMQError) {
    try OptionCodec<Frame>.bytes.write(prefix, self, option, name)
  }
}
