/// A socket type that the compiler knows; further protocols decide which methods and options it has.
///
/// Programs name kinds by their short forms, as in `context.socket(.router)`, or by aliases such as ``RouterSocket``.
public protocol SocketKind: Sendable {}

/// A kind that represents one socket type.
public protocol TypedSocketKind: SocketKind {
  /// The type as a value.
  static var type: SocketType { get }
}

/// A socket type that can send: all but PULL and SUB.
public protocol SendingKind: SocketKind {}

/// A socket type that can receive: all but PUSH and PUB.
public protocol ReceivingKind: SocketKind {}

/// A socket type that can subscribe to prefixes: SUB and XSUB.
public protocol SubscribingKind: SocketKind {}

/// A socket type that can announce its routing ID to a ROUTER peer: REQ, REP, DEALER and ROUTER.
public protocol RoutingIDKind: SocketKind {}

/// A socket type that sends to the peer that the first frame names: ROUTER.
public protocol RoutingKind: SocketKind {}

/// A socket type that can choose the routing ID of the peer that it connects to: ROUTER and STREAM.
public protocol ConnectRoutingIDKind: SocketKind {}

/// A socket type that can announce itself with an empty message: REQ, DEALER and ROUTER.
public protocol ProbingKind: SocketKind {}

/// A socket type that can make requests and receive the replies to them: REQ and DEALER.
public protocol RequestingKind: SocketKind {}

/// A socket type that sends and receives alternately: REQ.
public protocol ReqKind: SocketKind {}

/// A socket type that receives its subscribers' subscriptions: XPUB.
public protocol XPubKind: SocketKind {}

/// A socket type that can block at the high-water mark instead of dropping: PUB and XPUB.
public protocol XPubNoDropKind: SocketKind {}

/// A socket type that can keep only the newest message: DEALER, PUSH, PULL, PUB and SUB.
public protocol ConflatingKind: SocketKind {}

/// A socket type that can invert the matching of subscriptions: PUB, XPUB and SUB.
public protocol MatchingKind: SocketKind {}

/// A socket type that exchanges bytes with TCP peers without ZMTP: STREAM.
public protocol StreamingKind: SocketKind {}

/// A socket type that speaks ZMTP, which begins with a handshake: all but STREAM.
public protocol HandshakingKind: SocketKind {}

/// A socket type to which a proxy can copy the messages that it forwards: PAIR, PUB, DEALER and PUSH.
public protocol CapturingKind: SocketKind {}

/// A socket type that a proxy can bridge with another one.
public protocol ProxyingKind: SocketKind {
  /// The side of a proxy that the kind belongs to, named after one of its kinds.
  associatedtype ProxySide = Self

  /// The side that the other socket of the proxy must belong to.
  associatedtype ProxyPeer: ProxyingKind where ProxyPeer.ProxySide == ProxyPeer
}
