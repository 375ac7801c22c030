/// A subscription or its end, which an XPUB receives from its subscribers, and an XSUB sends to its publishers.
///
/// ```swift
/// if let subscription = Subscription(try xpub.receive()) {
///   print(subscription)
/// }
/// ```
///
/// On the wire it is a message of one frame: a byte 1 or 0, and the prefix.
public enum Subscription: Hashable, Sendable {
  /// The subscriber wants messages that begin with the prefix.
  case subscribe(to: Frame)

  /// The subscriber no longer wants messages that begin with the prefix.
  case unsubscribe(from: Frame)

  /// Creates a subscription from a message that an XPUB received.
  ///
  /// The result is `nil` if the message is not a subscription: an XPUB also receives other messages of its subscribers.
  ///
  /// - Parameter message: The message.
  public init?(_ message: Message) {
    guard message.count == 1, let frame = message.first, let action = frame.first, action <= 1 else { return nil }
    let prefix = Frame(copying: frame.dropFirst())
    self = action == 1 ? .subscribe(to: prefix) : .unsubscribe(from: prefix)
  }

  /// The message with which an XSUB sends the subscription.
  public var message: Message {
    Message(copying: [isSubscribe ? 1 : 0] + prefix)
  }

  /// The first bytes of the messages concerned; an empty prefix concerns all messages.
  public var prefix: Frame {
    switch self {
    case .subscribe(to: let prefix), .unsubscribe(from: let prefix): prefix
    }
  }

  private var isSubscribe: Bool {
    if case .subscribe = self { true } else { false }
  }
}

extension Subscription: CustomStringConvertible {
  /// A readable form of the subscription, such as `subscribe to "A"`.
  public var description: String {
    "\(isSubscribe ? "subscribe to" : "unsubscribe from") \(prefix.debugDescription)"
  }
}
