internal import CZeroMQ

/// The type of the name of a GSSAPI principal.
public struct GSSAPINameType: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// libzmq's number of the type.
  public let rawValue: Int32

  /// Creates a type from libzmq's number of it.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// A service at a host, `service@host`.
  ///
  /// The corresponding libzmq constant is `ZMQ_GSSAPI_NT_HOSTBASED`.
  public static var hostBased: Self { Self(rawValue: CZeroMQ.ZMQ_GSSAPI_NT_HOSTBASED) }

  /// A user of this system.
  ///
  /// The corresponding libzmq constant is `ZMQ_GSSAPI_NT_USER_NAME`.
  public static var userName: Self { Self(rawValue: CZeroMQ.ZMQ_GSSAPI_NT_USER_NAME) }

  /// A Kerberos principal, `name@REALM`.
  ///
  /// The corresponding libzmq constant is `ZMQ_GSSAPI_NT_KRB5_PRINCIPAL`.
  public static var krb5Principal: Self { Self(rawValue: CZeroMQ.ZMQ_GSSAPI_NT_KRB5_PRINCIPAL) }

  /// The type, such as `"host-based"`.
  public var description: String {
    switch self {
    case .hostBased: "host-based"
    case .userName: "user name"
    case .krb5Principal: "Kerberos principal"
    default: "name type \(rawValue)"
    }
  }

  /// The C name of ``hostBased``.
  @available(*, unavailable, renamed: "hostBased") public static var ZMQ_GSSAPI_NT_HOSTBASED: Self { hostBased }

  /// The C name of ``userName``.
  @available(*, unavailable, renamed: "userName") public static var ZMQ_GSSAPI_NT_USER_NAME: Self { userName }

  /// The C name of ``krb5Principal``.
  @available(*, unavailable, renamed: "krb5Principal") public static var ZMQ_GSSAPI_NT_KRB5_PRINCIPAL: Self { krb5Principal }
}
