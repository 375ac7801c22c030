internal import CZeroMQ

/// A security mechanism: the way in which the ends of a connection authenticate, and whether they encrypt.
///
/// The options of a socket select its mechanism, which the option `mechanism` returns.
public struct Mechanism: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// libzmq's number of the mechanism.
  public let rawValue: Int32

  /// Creates a mechanism from libzmq's number of it.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// No authentication and no encryption.
  ///
  /// The corresponding libzmq constant is `ZMQ_NULL`.
  public static var null: Self { Self(rawValue: CZeroMQ.ZMQ_NULL) }

  /// Authentication by a user name and a password, without encryption.
  ///
  /// The corresponding libzmq constant is `ZMQ_PLAIN`.
  public static var plain: Self { Self(rawValue: CZeroMQ.ZMQ_PLAIN) }

  /// Authentication by public keys, with encryption.
  ///
  /// The corresponding libzmq constant is `ZMQ_CURVE`.
  public static var curve: Self { Self(rawValue: CZeroMQ.ZMQ_CURVE) }

  /// Kerberos, with encryption unless `gssapiPlaintext` is set.
  ///
  /// The corresponding libzmq constant is `ZMQ_GSSAPI`.
  public static var gssapi: Self { Self(rawValue: CZeroMQ.ZMQ_GSSAPI) }

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

  /// The C name of ``null``.
  @available(*, unavailable, renamed: "null") public static var ZMQ_NULL: Self { null }

  /// The C name of ``plain``.
  @available(*, unavailable, renamed: "plain") public static var ZMQ_PLAIN: Self { plain }

  /// The C name of ``curve``.
  @available(*, unavailable, renamed: "curve") public static var ZMQ_CURVE: Self { curve }

  /// The C name of ``gssapi``.
  @available(*, unavailable, renamed: "gssapi") public static var ZMQ_GSSAPI: Self { gssapi }
}
