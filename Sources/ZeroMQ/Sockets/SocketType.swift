internal import CZeroMQ

/// A socket type, as a value that can be chosen while a program runs; nested in it, the same types for the compiler.
///
/// Where a program knows the type, `context.socket(.router)` makes a ``Socket`` whose compiler knows it too; where it does not,
/// `context.socket(ofType: type)` makes an ``AnySocket``.
public struct SocketType: RawRepresentable, Hashable, Sendable {
  /// libzmq's number, such as `ZMQ_ROUTER`'s 6.
  public let rawValue: Int32

  /// Wraps one of libzmq's numbers.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// PAIR, which exchanges messages with exactly one peer, mostly over inproc between two threads.
  ///
  /// The corresponding libzmq constant is `ZMQ_PAIR`.
  public static var pair: Self { Self(rawValue: ZMQ_PAIR) }

  /// PUB, which sends every message to all subscribers and drops it for those at their high-water mark.
  ///
  /// The corresponding libzmq constant is `ZMQ_PUB`.
  public static var pub: Self { Self(rawValue: ZMQ_PUB) }

  /// SUB, which receives the messages that begin with one of its subscriptions.
  ///
  /// The corresponding libzmq constant is `ZMQ_SUB`.
  public static var sub: Self { Self(rawValue: ZMQ_SUB) }

  /// REQ, which sends a request and receives its reply, in turns.
  ///
  /// The corresponding libzmq constant is `ZMQ_REQ`.
  public static var req: Self { Self(rawValue: ZMQ_REQ) }

  /// REP, which receives a request and sends its reply, in turns.
  ///
  /// The corresponding libzmq constant is `ZMQ_REP`.
  public static var rep: Self { Self(rawValue: ZMQ_REP) }

  /// DEALER, which sends round-robin to its peers and receives from all in turn.
  ///
  /// The corresponding libzmq constant is `ZMQ_DEALER`.
  public static var dealer: Self { Self(rawValue: ZMQ_DEALER) }

  /// ROUTER, which puts the sender's routing ID before what it receives, and sends to the peer that the first frame names.
  ///
  /// The corresponding libzmq constant is `ZMQ_ROUTER`.
  public static var router: Self { Self(rawValue: ZMQ_ROUTER) }

  /// PULL, which receives from all peers in turn.
  ///
  /// The corresponding libzmq constant is `ZMQ_PULL`.
  public static var pull: Self { Self(rawValue: ZMQ_PULL) }

  /// PUSH, which sends round-robin to its peers, and waits while there is none.
  ///
  /// The corresponding libzmq constant is `ZMQ_PUSH`.
  public static var push: Self { Self(rawValue: ZMQ_PUSH) }

  /// XPUB, which is a PUB that receives its subscribers' subscriptions as messages.
  ///
  /// The corresponding libzmq constant is `ZMQ_XPUB`.
  public static var xpub: Self { Self(rawValue: ZMQ_XPUB) }

  /// XSUB, which is a SUB that sends its subscriptions as messages.
  ///
  /// The corresponding libzmq constant is `ZMQ_XSUB`.
  public static var xsub: Self { Self(rawValue: ZMQ_XSUB) }

  /// STREAM, which exchanges bytes with TCP peers that do not speak ZMTP.
  ///
  /// The corresponding libzmq constant is `ZMQ_STREAM`.
  public static var stream: Self { Self(rawValue: ZMQ_STREAM) }
}

extension SocketType: CustomStringConvertible {
  /// The name in ZMTP, such as `"ROUTER"`.
  public var description: String {
    switch self {
    case .pair: "PAIR"
    case .pub: "PUB"
    case .sub: "SUB"
    case .req: "REQ"
    case .rep: "REP"
    case .dealer: "DEALER"
    case .router: "ROUTER"
    case .pull: "PULL"
    case .push: "PUSH"
    case .xpub: "XPUB"
    case .xsub: "XSUB"
    case .stream: "STREAM"
    default: "socket type \(rawValue)"
    }
  }
}
