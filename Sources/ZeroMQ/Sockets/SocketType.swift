internal import CZeroMQ

/// A socket type as a value, which a program can choose at run time.
///
/// If you know the type at compile time, `context.socket(.router)` returns a ``Socket`` with the methods of that type. If you know
/// it only at run time, `context.socket(ofType:)` returns an ``AnySocket``. The nested types, such as ``Router``, are the kinds of
/// ``Socket``.
public struct SocketType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The integer of the libzmq constant, such as 6 of `ZMQ_ROUTER`.
  public let rawValue: Int32

  /// Creates a socket type from the integer of a libzmq constant.
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

  /// REQ, which sends a request and receives its reply, alternately.
  ///
  /// The corresponding libzmq constant is `ZMQ_REQ`.
  public static var req: Self { Self(rawValue: ZMQ_REQ) }

  /// REP, which receives a request and sends its reply, alternately.
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

  /// The name in ZMTP, such as `"ROUTER"`.
  public var description: String {
    Self.names.indices.contains(Int(rawValue)) ? Self.names[Int(rawValue)] : "socket type \(rawValue)"
  }

  // libzmq: the constants of the twelve stable types are 0 to 11 in this order (4.3.4; zmq.h).
  private static let names = ["PAIR", "PUB", "SUB", "REQ", "REP", "DEALER", "ROUTER", "PULL", "PUSH", "XPUB", "XSUB", "STREAM"]
}
