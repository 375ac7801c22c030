/// What the compiler knows about a socket: its type, and through further protocols what may be done with it.
///
/// Programs name kinds by their short forms, as in `context.socket(.router)`, or by aliases such as ``RouterSocket``.
public protocol SocketKind: Sendable {}

/// A kind that stands for one socket type.
public protocol TypedSocketKind: SocketKind {
  /// The type as a value.
  static var type: SocketType { get }
}

/// Kinds that send: all but PULL and SUB.
public protocol SendingKind: SocketKind {}

/// Kinds that receive: all but PUSH and PUB.
public protocol ReceivingKind: SocketKind {}

/// SUB and XSUB, which subscribe to prefixes.
public protocol SubscribingKind: SocketKind {}

/// REQ, REP, DEALER and ROUTER, which tell a ROUTER peer their routing ID.
public protocol RoutingIDKind: SocketKind {}

/// ROUTER, which sends to the peer that the first frame names.
public protocol RoutingKind: SocketKind {}

/// ROUTER and STREAM, which may choose the routing ID of the peer that they connect to.
public protocol ConnectRoutingIDKind: SocketKind {}

/// REQ, DEALER and ROUTER, which may announce themselves with an empty message.
public protocol ProbingKind: SocketKind {}

/// REQ and DEALER, which can make requests and receive the replies to them.
public protocol RequestingKind: SocketKind {}

/// REQ, which sends and receives in turns.
public protocol ReqKind: SocketKind {}

/// XPUB, which sees its subscribers' subscriptions.
public protocol XPubKind: SocketKind {}

/// PUB and XPUB, which may wait at the high-water mark instead of dropping.
public protocol XPubNoDropKind: SocketKind {}

/// DEALER, PUSH, PULL, PUB and SUB, which may keep only the newest message.
public protocol ConflatingKind: SocketKind {}

/// PUB, XPUB and SUB, whose matching of subscriptions may be inverted.
public protocol MatchingKind: SocketKind {}

/// STREAM, which speaks to TCP peers without ZMTP.
public protocol StreamingKind: SocketKind {}

/// Kinds that speak ZMTP and so begin with a handshake: all but STREAM.
public protocol HandshakingKind: SocketKind {}

/// PAIR, PUB, DEALER and PUSH, to which a proxy can copy what it forwards.
public protocol CapturingKind: SocketKind {}

/// A socket type that a proxy can bridge with another one.
public protocol ProxyingKind: SocketKind {
  /// The side of a proxy that the kind belongs to, named after one of its kinds.
  associatedtype ProxySide = Self

  /// The side that the other socket of the proxy must belong to.
  associatedtype ProxyPeer: ProxyingKind where ProxyPeer.ProxySide == ProxyPeer
}
