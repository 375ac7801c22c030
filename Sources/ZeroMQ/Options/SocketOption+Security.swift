internal import CZeroMQ

extension SocketOption where Value == Mechanism, Access == OptionAccess.ReadOnly {
  /// The security mechanism that the options set so far lead to.
  ///
  /// Setting an option of a mechanism selects it; the last one set decides.
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
  /// The ZAP domain that this server's authentication requests name.
  ///
  /// The NULL mechanism asks an authenticator only where a domain is set. It cannot be made empty again.
  ///
  /// The corresponding libzmq option is `ZMQ_ZAP_DOMAIN`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String` | 1 to 255 bytes | empty | all; tcp, ipc | at the next bind or connect |
  public static var zapDomain: Self { Self(CZeroMQ.ZMQ_ZAP_DOMAIN, "ZMQ_ZAP_DOMAIN", .string) }

  /// The C name of ``zapDomain``.
  @available(*, unavailable, renamed: "zapDomain") public static var ZMQ_ZAP_DOMAIN: Self { zapDomain }

  /// The principal that the socket has credentials for; setting it selects the GSSAPI mechanism.
  ///
  /// It cannot be made empty again. An option of libzmq built with GSSAPI; otherwise it throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_GSSAPI_PRINCIPAL`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String` | 1 to 255 bytes | empty | all; tcp | at the next bind or connect |
  public static var gssapiPrincipal: Self { Self(CZeroMQ.ZMQ_GSSAPI_PRINCIPAL, "ZMQ_GSSAPI_PRINCIPAL", .string) }

  /// The C name of ``gssapiPrincipal``.
  @available(*, unavailable, renamed: "gssapiPrincipal") public static var ZMQ_GSSAPI_PRINCIPAL: Self { gssapiPrincipal }

  /// The principal of the server that a GSSAPI client connects to; setting it makes the socket a client.
  ///
  /// It cannot be made empty again. An option of libzmq built with GSSAPI; otherwise it throws `.invalidArgument`.
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
  /// Whether the socket is a server of the PLAIN mechanism.
  ///
  /// An authenticator decides about each client; without one none is let in. `false` selects the NULL mechanism. PLAIN sends
  /// passwords as they are, so use it within a private network only; inproc ignores it.
  ///
  /// The corresponding libzmq option is `ZMQ_PLAIN_SERVER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all; tcp, ipc | at the next bind or connect |
  public static var plainServer: Self { Self(CZeroMQ.ZMQ_PLAIN_SERVER, "ZMQ_PLAIN_SERVER", .boolean) }

  /// The C name of ``plainServer``.
  @available(*, unavailable, renamed: "plainServer") public static var ZMQ_PLAIN_SERVER: Self { plainServer }

  /// Whether the socket is a server of the CURVE mechanism, which encrypts and authenticates.
  ///
  /// It needs `curveSecretKey`. Without an authenticator libzmq lets every client in, whatever its key. `false` selects the NULL
  /// mechanism. inproc ignores it.
  ///
  /// The corresponding libzmq option is `ZMQ_CURVE_SERVER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all; tcp, ipc | at the next bind or connect |
  public static var curveServer: Self { Self(CZeroMQ.ZMQ_CURVE_SERVER, "ZMQ_CURVE_SERVER", .boolean) }

  /// The C name of ``curveServer``.
  @available(*, unavailable, renamed: "curveServer") public static var ZMQ_CURVE_SERVER: Self { curveServer }

  /// Whether the socket is a server of the GSSAPI mechanism, which is Kerberos.
  ///
  /// Either value selects the mechanism. An option of libzmq built with GSSAPI; otherwise it throws `.invalidArgument`.
  ///
  /// The corresponding libzmq option is `ZMQ_GSSAPI_SERVER`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `Bool` | boolean | `false` | all; tcp | at the next bind or connect |
  public static var gssapiServer: Self { Self(CZeroMQ.ZMQ_GSSAPI_SERVER, "ZMQ_GSSAPI_SERVER", .boolean) }

  /// The C name of ``gssapiServer``.
  @available(*, unavailable, renamed: "gssapiServer") public static var ZMQ_GSSAPI_SERVER: Self { gssapiServer }

  /// Whether the GSSAPI mechanism only authenticates and does not encrypt.
  ///
  /// Both ends must agree. An option of libzmq built with GSSAPI; otherwise it throws `.invalidArgument`.
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
  /// The name by which a client of the PLAIN mechanism logs in; setting it makes the socket one.
  ///
  /// Setting `nil` selects the NULL mechanism; the name last set is still read.
  ///
  /// The corresponding libzmq option is `ZMQ_PLAIN_USERNAME`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `String?` | 1 to 255 bytes; `nil` ends PLAIN | `nil` | all; tcp, ipc | at the next bind or connect |
  public static var plainUsername: Self { Self(CZeroMQ.ZMQ_PLAIN_USERNAME, "ZMQ_PLAIN_USERNAME", .string) }

  /// The C name of ``plainUsername``.
  @available(*, unavailable, renamed: "plainUsername") public static var ZMQ_PLAIN_USERNAME: Self { plainUsername }

  /// The password of a client of the PLAIN mechanism; setting it makes the socket one.
  ///
  /// Setting `nil` selects the NULL mechanism; the password last set is still read.
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
  /// A CURVE client's own public key; setting it selects the CURVE mechanism.
  ///
  /// A server needs none.
  ///
  /// The corresponding libzmq option is `ZMQ_CURVE_PUBLICKEY`.
  ///
  /// | Type | Unit | Default | Applies to | Takes effect |
  /// | --- | --- | --- | --- | --- |
  /// | `CurvePublicKey` | a key | all zeros | all; tcp, ipc | at the next bind or connect |
  public static var curvePublicKey: Self { Self(CZeroMQ.ZMQ_CURVE_PUBLICKEY, "ZMQ_CURVE_PUBLICKEY", .key) }

  /// The C name of ``curvePublicKey``.
  @available(*, unavailable, renamed: "curvePublicKey") public static var ZMQ_CURVE_PUBLICKEY: Self { curvePublicKey }

  /// The public key of the server that a CURVE client connects to; setting it makes the socket a client.
  ///
  /// A server with another key is not talked to. The client needs a `curvePublicKey` and its `curveSecretKey` too.
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
  /// A CURVE server's or client's own secret key; setting it selects the CURVE mechanism.
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
  /// What kind of name `gssapiPrincipal` is.
  ///
  /// An option of libzmq built with GSSAPI; otherwise it throws `.invalidArgument`.
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

  /// What kind of name `gssapiServicePrincipal` is.
  ///
  /// An option of libzmq built with GSSAPI; otherwise it throws `.invalidArgument`.
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
