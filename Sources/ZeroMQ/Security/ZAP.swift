/// The messages between a server's socket and an authenticator, by ZeroMQ's RFC 27.
enum ZAP {
  static let endpoint = "inproc://zeromq.zap.01"

  /// The parts of a received message.
  struct Exchange {
    /// The frames that lead back to the server.
    let envelope: Message
    /// The request's number; empty if it has none.
    let requestID: Frame
    /// The request, or the reason why the message is not one.
    let request: Result<AuthenticationRequest, Malformed>
  }

  /// An error that gives the reason why a message is not a request.
  struct Malformed: Error {
    let reason: String
    var status = AuthenticationDecision.Status.internalError
  }

  /// Separates a message into its parts; any message is accepted.
  static func parse(_ message: Message) -> Exchange {
    guard message.count > 1, message[1].isEmpty else {
      // The answer begins with an empty frame, as for a REQ socket, although the request does not.
      return Exchange(
        envelope: Message([message[0], Frame()]), requestID: Frame(),
        request: .failure(Malformed(reason: "The request does not begin with an empty frame")))
    }
    let (envelope, frames) = (Message(message[..<2]), Array(message[2...]))
    return Exchange(
      envelope: envelope, requestID: frames.count > 1 ? frames[1] : Frame(),
      request: Result { () throws(Malformed) in try request(frames) })
  }

  private static func request(_ frames: [Frame]) throws(Malformed) -> AuthenticationRequest {
    guard frames.count >= 6 else { throw Malformed(reason: "The request has too few frames") }
    guard frames[0] == "1.0" else { throw Malformed(reason: "The version is not 1.0") }
    guard frames[1].count <= 255 else { throw Malformed(reason: "The request ID is too long") }
    let domain = try text(frames[2], "domain")
    let address = try text(frames[3], "address")
    guard frames[4].count <= 255 else { throw Malformed(reason: "The identity is too long") }
    let credentials = try credentials(try text(frames[5], "mechanism"), Array(frames[6...]))
    return AuthenticationRequest(domain: domain, address: address, identity: frames[4], credentials: credentials)
  }

  private static func credentials(
    _ mechanism: String, _ frames: [Frame]
  ) throws(Malformed) -> AuthenticationRequest.Credentials {
    switch (mechanism, frames.count) {
    case ("NULL", 0):
      return .null
    case ("PLAIN", 2):
      return .plain(username: try text(frames[0], "user name", of: 1), password: try text(frames[1], "password"))
    case ("CURVE", 1):
      guard let key = try? CurvePublicKey(copying: frames[0]) else { throw Malformed(reason: "The key has not 32 bytes") }
      return .curve(key)
    case ("GSSAPI", 1):
      return .gssapi(principal: try text(frames[0], "principal", of: 1))
    case ("NULL", _), ("PLAIN", _), ("CURVE", _), ("GSSAPI", _):
      throw Malformed(reason: "The request has a wrong number of credentials")
    default:
      throw Malformed(reason: "The mechanism is not known", status: .authenticationFailure)
    }
  }

  /// Returns a frame as a string.
  ///
  /// An empty user name or principal is malformed, since it names no client.
  private static func text(_ frame: Frame, _ what: String, of minimum: Int = 0) throws(Malformed) -> String {
    guard minimum...255 ~= frame.count else { throw Malformed(reason: "The \(what) has not \(minimum) to 255 bytes") }
    guard let text = String(validating: frame, as: UTF8.self), !text.utf8.contains(0) else {
      throw Malformed(reason: "The \(what) is no text")
    }
    return text
  }

  /// Returns the answer to a request.
  static func reply(to exchange: Exchange, _ decision: AuthenticationDecision) -> Message {
    switch decision {
    case .accept(let userID, let metadata):
      guard !userID.utf8.contains(0), let properties = encoded(metadata) else {
        return reply(to: exchange, .deny(status: .internalError, reason: "The authenticator's user ID or metadata is invalid"))
      }
      return exchange.envelope + ["1.0", exchange.requestID, "200", "OK", Frame(userID), Frame(copying: properties)]
    case .deny(let status, let reason):
      let reason = reason.utf8.prefix(255)
      return exchange.envelope + ["1.0", exchange.requestID, Frame("\(status.rawValue)"), Frame(copying: reason), "", ""]
    }
  }

  /// Returns metadata in the format of ZMTP, or `nil` if it does not fit.
  ///
  /// Each property consists of the length of its name in one byte, the name, the length of the value in four bytes, and the value.
  private static func encoded(_ metadata: [String: String]) -> [UInt8]? {
    var bytes: [UInt8] = []
    for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
      guard 1...255 ~= name.utf8.count, name.utf8.allSatisfy({ $0.isAlphanumeric || "-_.+".utf8.contains($0) }),
        !value.utf8.contains(0), let count = Int32(exactly: value.utf8.count)
      else { return nil }
      bytes.append(UInt8(name.utf8.count))
      bytes += name.utf8
      bytes += (0..<4).reversed().map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
      bytes += value.utf8
    }
    return bytes
  }
}

extension UInt8 {
  /// A Boolean value that indicates whether the byte is an ASCII letter or digit.
  var isAlphanumeric: Bool { 0x30...0x39 ~= self || 0x41...0x5a ~= self || 0x61...0x7a ~= self }
}
