internal import CZeroMQ

/// How the two ends of a connection prove who they are, and whether they encrypt.
///
/// The options that are set on a socket select it; the option `mechanism` tells which it is.
public struct Mechanism: RawRepresentable, Hashable, Sendable {
  /// libzmq's number.
  public let rawValue: Int32

  /// Wraps one of libzmq's numbers.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// No proof and no encryption.
  ///
  /// The corresponding libzmq constant is `ZMQ_NULL`.
  public static var null: Self { Self(rawValue: CZeroMQ.ZMQ_NULL) }

  /// A user name and a password, not encrypted.
  ///
  /// The corresponding libzmq constant is `ZMQ_PLAIN`.
  public static var plain: Self { Self(rawValue: CZeroMQ.ZMQ_PLAIN) }

  /// Public keys and encryption.
  ///
  /// The corresponding libzmq constant is `ZMQ_CURVE`.
  public static var curve: Self { Self(rawValue: CZeroMQ.ZMQ_CURVE) }

  /// Kerberos, with encryption unless it is switched off.
  ///
  /// The corresponding libzmq constant is `ZMQ_GSSAPI`.
  public static var gssapi: Self { Self(rawValue: CZeroMQ.ZMQ_GSSAPI) }
}

extension Mechanism {
  /// The C name of ``null``.
  @available(*, unavailable, renamed: "null") public static var ZMQ_NULL: Self { null }

  /// The C name of ``plain``.
  @available(*, unavailable, renamed: "plain") public static var ZMQ_PLAIN: Self { plain }

  /// The C name of ``curve``.
  @available(*, unavailable, renamed: "curve") public static var ZMQ_CURVE: Self { curve }

  /// The C name of ``gssapi``.
  @available(*, unavailable, renamed: "gssapi") public static var ZMQ_GSSAPI: Self { gssapi }
}

extension Mechanism: CustomStringConvertible {
  /// The name in ZMTP, such as `"CURVE"`.
  public var description: String {
    switch self {
    case .null: "NULL"
    case .plain: "PLAIN"
    case .curve: "CURVE"
    case .gssapi: "GSSAPI"
    default: "mechanism \(rawValue)"
    }
  }
}
