/// What an XPUB receives from its subscribers, and an XSUB sends to its publishers.
///
/// ```swift
/// if let subscription = Subscription(try xpub.receive()) {
///   print(subscription)
/// }
/// ```
///
/// On the wire it is a message of one frame: a byte 1 or 0, and the prefix.
public enum Subscription: Hashable, Sendable {
  /// From now on, messages that begin with the prefix are wanted.
  case subscribe(to: Frame)

  /// From now on, they are no longer wanted.
  case unsubscribe(from: Frame)

  /// Reads a message that an XPUB received.
  ///
  /// - Parameter message: the message.
  /// - Returns: `nil` if it is not a subscription: an XPUB also receives what its subscribers send besides.
  public init?(_ message: Message) {
    guard message.count == 1, let frame = message.first, let action = frame.first, action <= 1 else { return nil }
    let prefix = Frame(copying: frame.dropFirst())
    self = action == 1 ? .subscribe(to: prefix) : .unsubscribe(from: prefix)
  }

  /// The message that an XSUB sends.
  public var message: Message {
    Message(copying: [isSubscribe ? 1 : 0] + prefix)
  }

  /// What the wanted messages begin with; empty is all of them.
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
  /// The action and the prefix: `subscribe to "A"`.
  public var description: String {
    "\(isSubscribe ? "subscribe to" : "unsubscribe from") \(prefix.debugDescription)"
  }
}
