internal import CZeroMQ

extension Socket where Kind: SubscribingKind {
  /// Subscribes to all messages whose first frame begins with a prefix; a socket without subscriptions receives nothing.
  ///
  /// Subscriptions are counted: one that was made twice ends when it is ended twice. A subscription reaches a publisher some time
  /// after the call returns. Messages that are published before that are lost; see <doc:PublishSubscribe>. libzmq 4.3.4 does not
  /// match prefixes of 246 to 255 bytes over tcp and ipc.
  ///
  /// Subscriptions count against the SUB's option `sendHighWaterMark`. Of more than 1,000, the rest never reaches the publisher,
  /// not even after a reconnect. To prevent that, set the option to 0 first. A SUB that is never read or polled does not send its
  /// subscriptions again after a reconnect.
  ///
  /// The corresponding libzmq option is `ZMQ_SUBSCRIBE`. An XSUB, which has no such option, sends ``Subscription/subscribe(to:)``.
  ///
  /// - Parameter prefix: The bytes that a message begins with, such as a `String` or a `[UInt8]`; an empty prefix matches
  ///   everything.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if the prefix is a ``Message`` without exactly one frame.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func subscribe(to prefix: borrowing some MessagePart & ~Copyable & ~Escapable) throws {
    try handle.set(ZMQ_SUBSCRIBE, "ZMQ_SUBSCRIBE", to: prefix, orSend: Subscription.subscribe)
  }

  /// Ends a subscription; ending one that was never made is not an error.
  ///
  /// The corresponding libzmq option is `ZMQ_UNSUBSCRIBE`. An XSUB, which has no such option, sends
  /// ``Subscription/unsubscribe(from:)``.
  ///
  /// - Parameter prefix: The prefix that was subscribed to.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if the prefix is a ``Message`` without exactly one frame.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func unsubscribe(from prefix: borrowing some MessagePart & ~Copyable & ~Escapable) throws {
    try handle.set(ZMQ_UNSUBSCRIBE, "ZMQ_UNSUBSCRIBE", to: prefix, orSend: Subscription.unsubscribe)
  }
}

extension Socket where Kind: XPubKind {
  /// Subscribes the peer that sent the message received last; needs the option `xpubManual`.
  ///
  /// The corresponding libzmq option is `ZMQ_SUBSCRIBE`.
  ///
  /// - Parameter prefix: The bytes that the peer's messages begin with, such as a `String` or a `[UInt8]`.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if the option `xpubManual` is not set, or the prefix is a ``Message`` without exactly one frame.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func subscribeLastPeer(to prefix: borrowing some MessagePart & ~Copyable & ~Escapable) throws {
    try handle.set(ZMQ_SUBSCRIBE, "ZMQ_SUBSCRIBE", to: prefix)
  }

  /// Ends a subscription of the peer that sent the message received last; needs the option `xpubManual`.
  ///
  /// The corresponding libzmq option is `ZMQ_UNSUBSCRIBE`.
  ///
  /// - Parameter prefix: The prefix that the peer was subscribed to.
  /// - Throws: A ``ZeroMQError`` with one of these codes:
  ///   - `.invalidArgument` if the option `xpubManual` is not set, or the prefix is a ``Message`` without exactly one frame.
  ///   - `.contextTerminated` if the context was shut down.
  ///   - `.notSocket` if the socket is closed.
  public func unsubscribeLastPeer(from prefix: borrowing some MessagePart & ~Copyable & ~Escapable) throws {
    try handle.set(ZMQ_UNSUBSCRIBE, "ZMQ_UNSUBSCRIBE", to: prefix)
  }
}

extension SocketHandle {
  fileprivate func set(
    _ option: Int32, _ name: String, to prefix: borrowing some MessagePart & ~Copyable & ~Escapable,
    orSend subscription: ((Frame) -> Subscription)? = nil
  ) throws(ZeroMQError) {
    let prefix = try Frame(onlyOneOf: prefix, "zmq_setsockopt", name)
    if let subscription, type == .xsub { return try send(subscription(prefix).message) }
    try OptionCodec<Frame>.bytes.write(prefix, self, option, name)
  }
}
