// The twelve stable socket types as Swift types, with the protocols that each conforms to.

extension SocketType {
  /// PAIR, which exchanges messages with exactly one peer, mostly over inproc between two threads.
  public struct Pair: TypedSocketKind, SendingKind, ReceivingKind, CapturingKind, ProxyingKind, HandshakingKind {
    /// The type as a value.
    public static var type: SocketType { .pair }

    /// The kind that it can be bridged with.
    public typealias ProxyPeer = SocketType.Pair
  }

  /// PUB, which sends every message to all subscribers and drops it for those at their high-water mark.
  public struct Pub: TypedSocketKind, SendingKind, CapturingKind, XPubNoDropKind, ConflatingKind, MatchingKind, ProxyingKind,
    HandshakingKind
  {
    /// The type as a value.
    public static var type: SocketType { .pub }

    /// The side of a proxy that it shares with PUSH.
    public typealias ProxySide = SocketType.Push

    /// The side that it can be bridged with: PULL and SUB.
    public typealias ProxyPeer = SocketType.Pull
  }

  /// SUB, which receives the messages that begin with one of its subscriptions.
  public struct Sub: TypedSocketKind, ReceivingKind, SubscribingKind, ConflatingKind, MatchingKind, ProxyingKind, HandshakingKind {
    /// The type as a value.
    public static var type: SocketType { .sub }

    /// The side of a proxy that it shares with PULL.
    public typealias ProxySide = SocketType.Pull

    /// The side that it can be bridged with: PUSH and PUB.
    public typealias ProxyPeer = SocketType.Push
  }

  /// REQ, which sends a request and receives its reply, alternately.
  public struct Req: TypedSocketKind, SendingKind, ReceivingKind, RoutingIDKind, ProbingKind, RequestingKind, ReqKind,
    HandshakingKind
  {
    /// The type as a value.
    public static var type: SocketType { .req }
  }

  /// REP, which receives a request and sends its reply, alternately.
  public struct Rep: TypedSocketKind, SendingKind, ReceivingKind, RoutingIDKind, HandshakingKind {
    /// The type as a value.
    public static var type: SocketType { .rep }
  }

  /// DEALER, which sends round-robin to its peers and receives from all in turn.
  public struct Dealer: TypedSocketKind, SendingKind, ReceivingKind, RoutingIDKind, ProbingKind, RequestingKind, ConflatingKind,
    CapturingKind, ProxyingKind, HandshakingKind
  {
    /// The type as a value.
    public static var type: SocketType { .dealer }

    /// The kind that it can be bridged with.
    public typealias ProxyPeer = SocketType.Router
  }

  /// ROUTER, which puts the sender's routing ID before what it receives, and sends to the peer that the first frame names.
  public struct Router: TypedSocketKind, SendingKind, ReceivingKind, RoutingIDKind, ProbingKind, RoutingKind, ConnectRoutingIDKind,
    ProxyingKind, HandshakingKind
  {
    /// The type as a value.
    public static var type: SocketType { .router }

    /// The kind that it can be bridged with.
    public typealias ProxyPeer = SocketType.Dealer
  }

  /// PULL, which receives from all peers in turn.
  public struct Pull: TypedSocketKind, ReceivingKind, ConflatingKind, ProxyingKind, HandshakingKind {
    /// The type as a value.
    public static var type: SocketType { .pull }

    /// The kind that it can be bridged with.
    public typealias ProxyPeer = SocketType.Push
  }

  /// PUSH, which sends round-robin to its peers, and waits while there is none.
  public struct Push: TypedSocketKind, SendingKind, ConflatingKind, CapturingKind, ProxyingKind, HandshakingKind {
    /// The type as a value.
    public static var type: SocketType { .push }

    /// The kind that it can be bridged with.
    public typealias ProxyPeer = SocketType.Pull
  }

  /// XPUB, which is a PUB that receives its subscribers' subscriptions as messages.
  public struct XPub: TypedSocketKind, SendingKind, ReceivingKind, XPubKind, XPubNoDropKind, MatchingKind, ProxyingKind,
    HandshakingKind
  {
    /// The type as a value.
    public static var type: SocketType { .xpub }

    /// The kind that it can be bridged with.
    public typealias ProxyPeer = SocketType.XSub
  }

  /// XSUB, which is a SUB that sends its subscriptions as messages.
  public struct XSub: TypedSocketKind, SendingKind, ReceivingKind, SubscribingKind, ProxyingKind, HandshakingKind {
    /// The type as a value.
    public static var type: SocketType { .xsub }

    /// The kind that it can be bridged with.
    public typealias ProxyPeer = SocketType.XPub
  }

  /// STREAM, which exchanges bytes with TCP peers that do not speak ZMTP.
  public struct Stream: TypedSocketKind, SendingKind, ReceivingKind, ConnectRoutingIDKind, StreamingKind {
    /// The type as a value.
    public static var type: SocketType { .stream }
  }

  /// All types, for the options that each of them has, as in a context's defaults.
  public enum Every: SocketKind {}

  /// A type that is known only at run time; libzmq then checks each operation.
  public struct Unknown: SocketKind, SendingKind, ReceivingKind, SubscribingKind, RoutingIDKind, ProbingKind, RequestingKind,
    ReqKind, RoutingKind, ConnectRoutingIDKind, XPubKind, XPubNoDropKind, ConflatingKind, MatchingKind, StreamingKind,
    HandshakingKind, CapturingKind, ProxyingKind
  {
    /// The kind that it can be bridged with; checked at run time.
    public typealias ProxyPeer = SocketType.Unknown
  }
}

extension SocketKind where Self == SocketType.Pair {
  /// PAIR, which exchanges messages with exactly one peer, mostly over inproc between two threads.
  public static var pair: Self { Self() }
}

extension SocketKind where Self == SocketType.Pub {
  /// PUB, which sends every message to all subscribers and drops it for those at their high-water mark.
  public static var pub: Self { Self() }
}

extension SocketKind where Self == SocketType.Sub {
  /// SUB, which receives the messages that begin with one of its subscriptions.
  public static var sub: Self { Self() }
}

extension SocketKind where Self == SocketType.Req {
  /// REQ, which sends a request and receives its reply, alternately.
  public static var req: Self { Self() }
}

extension SocketKind where Self == SocketType.Rep {
  /// REP, which receives a request and sends its reply, alternately.
  public static var rep: Self { Self() }
}

extension SocketKind where Self == SocketType.Dealer {
  /// DEALER, which sends round-robin to its peers and receives from all in turn.
  public static var dealer: Self { Self() }
}

extension SocketKind where Self == SocketType.Router {
  /// ROUTER, which puts the sender's routing ID before what it receives, and sends to the peer that the first frame names.
  public static var router: Self { Self() }
}

extension SocketKind where Self == SocketType.Pull {
  /// PULL, which receives from all peers in turn.
  public static var pull: Self { Self() }
}

extension SocketKind where Self == SocketType.Push {
  /// PUSH, which sends round-robin to its peers, and waits while there is none.
  public static var push: Self { Self() }
}

extension SocketKind where Self == SocketType.XPub {
  /// XPUB, which is a PUB that receives its subscribers' subscriptions as messages.
  public static var xpub: Self { Self() }
}

extension SocketKind where Self == SocketType.XSub {
  /// XSUB, which is a SUB that sends its subscriptions as messages.
  public static var xsub: Self { Self() }
}

extension SocketKind where Self == SocketType.Stream {
  /// STREAM, which exchanges bytes with TCP peers that do not speak ZMTP.
  public static var stream: Self { Self() }
}

/// A socket that exchanges messages with exactly one peer, mostly over inproc between two threads.
///
/// A PAIR keeps about 1.5 KiB for each further peer that it refuses, so do not bind one where unknown peers can connect. Over
/// inproc, it accepts a new peer only after it has received the end of the old one.
public typealias PairSocket = Socket<SocketType.Pair>

/// A socket that sends every message to all subscribers and drops it for those at their high-water mark.
public typealias PubSocket = Socket<SocketType.Pub>

/// A socket that receives the messages that begin with one of its subscriptions.
public typealias SubSocket = Socket<SocketType.Sub>

/// A socket that sends a request and receives its reply, alternately.
public typealias ReqSocket = Socket<SocketType.Req>

/// A socket that receives a request and sends its reply, alternately.
///
/// A REP may lose the reply to one client after another peer has sent a message without delimiter and left. For a server that
/// unknown peers can reach, use a ROUTER, and let clients repeat their requests.
public typealias RepSocket = Socket<SocketType.Rep>

/// A socket that sends round-robin to its peers and receives from all in turn.
public typealias DealerSocket = Socket<SocketType.Dealer>

/// A socket that puts the sender's routing ID before what it receives, and sends to the peer that the first frame names.
public typealias RouterSocket = Socket<SocketType.Router>

/// A socket that receives from all peers in turn.
public typealias PullSocket = Socket<SocketType.Pull>

/// A socket that sends round-robin to its peers, and waits while there is none.
public typealias PushSocket = Socket<SocketType.Push>

/// A socket that publishes and receives its subscribers' subscriptions as messages.
public typealias XPubSocket = Socket<SocketType.XPub>

/// A socket that subscribes and sends its subscriptions as messages.
public typealias XSubSocket = Socket<SocketType.XSub>

/// A socket that exchanges bytes with TCP peers that do not speak ZMTP.
///
/// Each message has exactly two frames: the routing ID of a client, and bytes. Sending any other message throws `.invalidArgument`.
///
/// - An empty second frame ends the client's connection. It takes effect when the socket is used again, and waits like any other
///   message if the client is at its high-water mark.
/// - Sending to a client that has disconnected blocks until the socket has received the client's last messages, and then throws
///   `.hostUnreachable`. So receive before you reply, or send with a timeout.
public typealias StreamSocket = Socket<SocketType.Stream>

/// A socket whose type is known only at run time; libzmq then checks each operation.
public typealias AnySocket = Socket<SocketType.Unknown>
