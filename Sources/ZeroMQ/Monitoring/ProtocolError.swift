internal import CZeroMQ

/// The way in which a peer or an authenticator violated the protocol of a handshake.
///
/// The type is open: a number without a name here is passed through unchanged.
///
/// The corresponding libzmq constants are `ZMQ_PROTOCOL_ERROR_…`.
public struct ProtocolError: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// libzmq's number of the error.
  public let rawValue: Int32

  /// Creates an error from libzmq's number of it.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// The peer violated ZMTP, without further details.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_UNSPECIFIED`.
  public static var zmtpUnspecified: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_UNSPECIFIED) }

  /// The peer sent a command that was not expected.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND`.
  public static var zmtpUnexpectedCommand: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_UNEXPECTED_COMMAND) }

  /// The peer used a CURVE nonce that is not greater than the previous one.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE`.
  public static var zmtpInvalidSequence: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_INVALID_SEQUENCE) }

  /// The peer sent CURVE keys that do not match.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE`.
  public static var zmtpKeyExchange: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_KEY_EXCHANGE) }

  /// The peer sent a malformed command.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED`.
  public static var zmtpMalformedCommandUnspecified: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_UNSPECIFIED) }

  /// The peer sent a malformed MESSAGE command.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE`.
  public static var zmtpMalformedCommandMessage: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_MESSAGE) }

  /// The peer sent a malformed HELLO command.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO`.
  public static var zmtpMalformedCommandHello: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_HELLO) }

  /// The peer sent a malformed INITIATE command.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE`.
  public static var zmtpMalformedCommandInitiate: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_INITIATE) }

  /// The peer sent a malformed ERROR command.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR`.
  public static var zmtpMalformedCommandError: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_ERROR) }

  /// The peer sent a malformed READY command.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY`.
  public static var zmtpMalformedCommandReady: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_READY) }

  /// The peer sent a malformed WELCOME command.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME`.
  public static var zmtpMalformedCommandWelcome: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_MALFORMED_COMMAND_WELCOME) }

  /// The peer sent malformed metadata, or a socket type that does not match.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_INVALID_METADATA`.
  public static var zmtpInvalidMetadata: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_INVALID_METADATA) }

  /// The data of the peer could not be decrypted, usually because the peer has a wrong key.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC`.
  public static var zmtpCryptographic: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC) }

  /// The peer uses another security mechanism.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH`.
  public static var zmtpMechanismMismatch: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH) }

  /// The authenticator violated ZAP, without further details.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZAP_UNSPECIFIED`.
  public static var zapUnspecified: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZAP_UNSPECIFIED) }

  /// The authenticator sent a malformed reply.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZAP_MALFORMED_REPLY`.
  public static var zapMalformedReply: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZAP_MALFORMED_REPLY) }

  /// The authenticator replied to another request.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID`.
  public static var zapBadRequestID: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZAP_BAD_REQUEST_ID) }

  /// The authenticator replied in another version of ZAP.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZAP_BAD_VERSION`.
  public static var zapBadVersion: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZAP_BAD_VERSION) }

  /// The authenticator replied with a status that ZAP does not have.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE`.
  public static var zapInvalidStatusCode: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZAP_INVALID_STATUS_CODE) }

  /// The authenticator replied with malformed metadata.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_ZAP_INVALID_METADATA`.
  public static var zapInvalidMetadata: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_ZAP_INVALID_METADATA) }

  /// The peer violated the WebSocket protocol.
  ///
  /// The corresponding libzmq constant is `ZMQ_PROTOCOL_ERROR_WS_UNSPECIFIED`.
  public static var wsUnspecified: Self { Self(rawValue: ZMQ_PROTOCOL_ERROR_WS_UNSPECIFIED) }

  /// The error in a few words, such as `"mechanism mismatch (ZMTP)"`.
  public var description: String {
    switch self {
    case .zmtpUnspecified: "unspecified error (ZMTP)"
    case .zmtpUnexpectedCommand: "unexpected command (ZMTP)"
    case .zmtpInvalidSequence: "invalid sequence (ZMTP)"
    case .zmtpKeyExchange: "key exchange error (ZMTP)"
    case .zmtpMalformedCommandUnspecified: "malformed command (ZMTP)"
    case .zmtpMalformedCommandMessage: "malformed MESSAGE command (ZMTP)"
    case .zmtpMalformedCommandHello: "malformed HELLO command (ZMTP)"
    case .zmtpMalformedCommandInitiate: "malformed INITIATE command (ZMTP)"
    case .zmtpMalformedCommandError: "malformed ERROR command (ZMTP)"
    case .zmtpMalformedCommandReady: "malformed READY command (ZMTP)"
    case .zmtpMalformedCommandWelcome: "malformed WELCOME command (ZMTP)"
    case .zmtpInvalidMetadata: "invalid metadata (ZMTP)"
    case .zmtpCryptographic: "cryptographic error (ZMTP)"
    case .zmtpMechanismMismatch: "mechanism mismatch (ZMTP)"
    case .zapUnspecified: "unspecified error (ZAP)"
    case .zapMalformedReply: "malformed reply (ZAP)"
    case .zapBadRequestID: "bad request ID (ZAP)"
    case .zapBadVersion: "bad version (ZAP)"
    case .zapInvalidStatusCode: "invalid status code (ZAP)"
    case .zapInvalidMetadata: "invalid metadata (ZAP)"
    case .wsUnspecified: "unspecified error (WS)"
    default: "protocol error 0x\(String(rawValue, radix: 16))"
    }
  }
}
