internal import CZeroMQ

extension SocketOption where Value == Mechanism, Access == OptionAccess.ReadOnly {
  /// The security mechanism that the options select.
  ///
  /// Setting an option of a mechanism selects that mechanism; the option that was set last decides.
  ///
  /// The corresponding libzmq option is `ZMQ_MECHANISM`.
  ///
  /// | Type | Unit | Default | Applies to |
  /// | --- | --- | --- | --- |
  /// | `Mechanism` | NULL, PLAIN, CURVE or GSSAPI | `.null` | all; tcp, ipc |
  public static var mechanism: Self { Self(CZeroMQ.ZMQ_MECHANISM, "ZMQ_MECHANISM", .constant) }

  /// The C name of ``mechanism``.
  @available(*, unavailable, renamed: "mechanism") public static var ZMQ_MECHANISM: Self { mechanism }
}

extension SocketOption where Value == String, Access == OptionAccess.ReadWrite {
  /// The ZAP domain of this server's authentication requests.
  ///
  /// With the NULL mechanism, a server asks an authenticator only if it has a domain. A domain cannot be removed again.
  ///
  /// The corresponding libzmq option is `ZMQ_ZAP_DOMAIN`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String` | 1 to 255 bytes | empty | all; tcp, ipc | at the next bind or connect |
  public static var zapDomain: Self { Self(CZeroMQ.ZMQ_ZAP_DOMAIN, "ZMQ_ZAP_DOMAIN", .string) }

  /// The C name of ``zapDomain``.
  @available(*, unavailable, renamed: "zapDomain") public static var ZMQ_ZAP_DOMAIN: Self { zapDomain }

  /// The principal for which the socket has credentials.
  ///
  /// Setting it selects the GSSAPI mechanism. It cannot be removed again. The option exists only if libzmq was built with GSSAPI;
  /// without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_GSSAPI_PRINCIPAL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String` | 1 to 255 bytes | empty | all; tcp | at the next bind or connect |
  public static var gssapiPrincipal: Self { Self(CZeroMQ.ZMQ_GSSAPI_PRINCIPAL, "ZMQ_GSSAPI_PRINCIPAL", .string) }

  /// The C name of ``gssapiPrincipal``.
  @available(*, unavailable, renamed: "gssapiPrincipal") public static var ZMQ_GSSAPI_PRINCIPAL: Self { gssapiPrincipal }

  /// The principal of the server to which a GSSAPI client connects.
  ///
  /// Setting it makes the socket a client. It cannot be removed again. The option exists only if libzmq was built with GSSAPI;
  /// without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_GSSAPI_SERVICE_PRINCIPAL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String` | 1 to 255 bytes | empty | all; tcp | at the next bind or connect |
  public static var gssapiServicePrincipal: Self {
    Self(CZeroMQ.ZMQ_GSSAPI_SERVICE_PRINCIPAL, "ZMQ_GSSAPI_SERVICE_PRINCIPAL", .string)
  }

  /// The C name of ``gssapiServicePrincipal``.
  @available(*, unavailable, renamed: "gssapiServicePrincipal")
  public static var ZMQ_GSSAPI_SERVICE_PRINCIPAL: Self { gssapiServicePrincipal }
}

extension SocketOption where Value == Bool, Access == OptionAccess.ReadWrite {
  /// A Boolean value that indicates whether the socket is a server of the PLAIN mechanism.
  ///
  /// If `true`, an authenticator decides about each client; without an authenticator, every client is rejected. If `false` (the
  /// default), setting it selects the NULL mechanism.
  ///
  /// PLAIN sends passwords unencrypted, so use it only within a private network. It has no effect over inproc.
  ///
  /// The corresponding libzmq option is `ZMQ_PLAIN_SERVER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all; tcp, ipc | at the next bind or connect |
  public static var plainServer: Self { Self(CZeroMQ.ZMQ_PLAIN_SERVER, "ZMQ_PLAIN_SERVER", .boolean) }

  /// The C name of ``plainServer``.
  @available(*, unavailable, renamed: "plainServer") public static var ZMQ_PLAIN_SERVER: Self { plainServer }

  /// A Boolean value that indicates whether the socket is a server of the CURVE mechanism.
  ///
  /// If `true`, the server encrypts and authenticates; it requires `curveSecretKey`. Without an authenticator, libzmq accepts every
  /// client, regardless of its key. If `false` (the default), setting it selects the NULL mechanism.
  ///
  /// It has no effect over inproc.
  ///
  /// The corresponding libzmq option is `ZMQ_CURVE_SERVER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all; tcp, ipc | at the next bind or connect |
  public static var curveServer: Self { Self(CZeroMQ.ZMQ_CURVE_SERVER, "ZMQ_CURVE_SERVER", .boolean) }

  /// The C name of ``curveServer``.
  @available(*, unavailable, renamed: "curveServer") public static var ZMQ_CURVE_SERVER: Self { curveServer }

  /// A Boolean value that indicates whether the socket is a server of the GSSAPI mechanism, which is Kerberos.
  ///
  /// If `true`, the socket is a server. If `false` (the default), it is a client. Setting either value selects the mechanism. The
  /// option exists only if libzmq was built with GSSAPI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_GSSAPI_SERVER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all; tcp | at the next bind or connect |
  public static var gssapiServer: Self { Self(CZeroMQ.ZMQ_GSSAPI_SERVER, "ZMQ_GSSAPI_SERVER", .boolean) }

  /// The C name of ``gssapiServer``.
  @available(*, unavailable, renamed: "gssapiServer") public static var ZMQ_GSSAPI_SERVER: Self { gssapiServer }

  /// A Boolean value that indicates whether the GSSAPI mechanism leaves messages unencrypted.
  ///
  /// If `true`, the mechanism only authenticates. If `false` (the default), it also encrypts. Both ends must have the same value.
  /// The option exists only if libzmq was built with GSSAPI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_GSSAPI_PLAINTEXT`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all; tcp | at the next bind or connect |
  public static var gssapiPlaintext: Self { Self(CZeroMQ.ZMQ_GSSAPI_PLAINTEXT, "ZMQ_GSSAPI_PLAINTEXT", .boolean) }

  /// The C name of ``gssapiPlaintext``.
  @available(*, unavailable, renamed: "gssapiPlaintext") public static var ZMQ_GSSAPI_PLAINTEXT: Self { gssapiPlaintext }
}

extension SocketOption where Value == String?, Access == OptionAccess.ReadWrite {
  /// The user name of a client of the PLAIN mechanism.
  ///
  /// Setting it makes the socket a client. Setting `nil` selects the NULL mechanism, but reading still returns the last name.
  ///
  /// The corresponding libzmq option is `ZMQ_PLAIN_USERNAME`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String?` | 1 to 255 bytes; `nil` ends PLAIN | `nil` | all; tcp, ipc | at the next bind or connect |
  public static var plainUsername: Self { Self(CZeroMQ.ZMQ_PLAIN_USERNAME, "ZMQ_PLAIN_USERNAME", .string) }

  /// The C name of ``plainUsername``.
  @available(*, unavailable, renamed: "plainUsername") public static var ZMQ_PLAIN_USERNAME: Self { plainUsername }

  /// The password of a client of the PLAIN mechanism.
  ///
  /// Setting it makes the socket a client. Setting `nil` selects the NULL mechanism, but reading still returns the last password.
  ///
  /// The corresponding libzmq option is `ZMQ_PLAIN_PASSWORD`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String?` | 1 to 255 bytes; `nil` ends PLAIN | `nil` | all; tcp, ipc | at the next bind or connect |
  public static var plainPassword: Self { Self(CZeroMQ.ZMQ_PLAIN_PASSWORD, "ZMQ_PLAIN_PASSWORD", .string) }

  /// The C name of ``plainPassword``.
  @available(*, unavailable, renamed: "plainPassword") public static var ZMQ_PLAIN_PASSWORD: Self { plainPassword }
}

extension SocketOption where Value == CurvePublicKey, Access == OptionAccess.ReadWrite {
  /// The public key of a CURVE client.
  ///
  /// Setting it selects the CURVE mechanism. A server needs no public key.
  ///
  /// The corresponding libzmq option is `ZMQ_CURVE_PUBLICKEY`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `CurvePublicKey` | a key | all zeros | all; tcp, ipc | at the next bind or connect |
  public static var curvePublicKey: Self { Self(CZeroMQ.ZMQ_CURVE_PUBLICKEY, "ZMQ_CURVE_PUBLICKEY", .key) }

  /// The C name of ``curvePublicKey``.
  @available(*, unavailable, renamed: "curvePublicKey") public static var ZMQ_CURVE_PUBLICKEY: Self { curvePublicKey }

  /// The public key of the server to which a CURVE client connects.
  ///
  /// Setting it makes the socket a client, which also needs a `curvePublicKey` and its `curveSecretKey`. The client refuses a
  /// server with another key.
  ///
  /// The corresponding libzmq option is `ZMQ_CURVE_SERVERKEY`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `CurvePublicKey` | a key | all zeros | all; tcp, ipc | at the next bind or connect |
  public static var curveServerKey: Self { Self(CZeroMQ.ZMQ_CURVE_SERVERKEY, "ZMQ_CURVE_SERVERKEY", .key) }

  /// The C name of ``curveServerKey``.
  @available(*, unavailable, renamed: "curveServerKey") public static var ZMQ_CURVE_SERVERKEY: Self { curveServerKey }
}

extension SocketOption where Value == CurveSecretKey, Access == OptionAccess.ReadWrite {
  /// The secret key of a CURVE server or client.
  ///
  /// Setting it selects the CURVE mechanism.
  ///
  /// The corresponding libzmq option is `ZMQ_CURVE_SECRETKEY`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `CurveSecretKey` | a key | all zeros | all; tcp, ipc | at the next bind or connect |
  public static var curveSecretKey: Self { Self(CZeroMQ.ZMQ_CURVE_SECRETKEY, "ZMQ_CURVE_SECRETKEY", .key) }

  /// The C name of ``curveSecretKey``.
  @available(*, unavailable, renamed: "curveSecretKey") public static var ZMQ_CURVE_SECRETKEY: Self { curveSecretKey }
}

extension SocketOption where Value == GSSAPINameType, Access == OptionAccess.ReadWrite {
  /// The type of the name in `gssapiPrincipal`.
  ///
  /// The option exists only if libzmq was built with GSSAPI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_GSSAPI_PRINCIPAL_NAMETYPE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `GSSAPINameType` | one of three | `.hostBased` | all; tcp | at the next bind or connect |
  public static var gssapiPrincipalNameType: Self {
    Self(CZeroMQ.ZMQ_GSSAPI_PRINCIPAL_NAMETYPE, "ZMQ_GSSAPI_PRINCIPAL_NAMETYPE", .constant)
  }

  /// The C name of ``gssapiPrincipalNameType``.
  @available(*, unavailable, renamed: "gssapiPrincipalNameType")
  public static var ZMQ_GSSAPI_PRINCIPAL_NAMETYPE: Self { gssapiPrincipalNameType }

  /// The type of the name in `gssapiServicePrincipal`.
  ///
  /// The option exists only if libzmq was built with GSSAPI; without it, setting the option throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `GSSAPINameType` | one of three | `.hostBased` | all; tcp | at the next bind or connect |
  public static var gssapiServicePrincipalNameType: Self {
    Self(CZeroMQ.ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE, "ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE", .constant)
  }

  /// The C name of ``gssapiServicePrincipalNameType``.
  @available(*, unavailable, renamed: "gssapiServicePrincipalNameType")
  public static var ZMQ_GSSAPI_SERVICE_PRINCIPAL_NAMETYPE: Self { gssapiServicePrincipalNameType }
}
