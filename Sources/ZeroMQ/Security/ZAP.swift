/// The messages between a server's socket and an authenticator, by ZeroMQ's RFC 27.
enum ZAP {
  static let endpoint = "inproc://zeromq.zap.01"

  /// An error that gives the reason why a message is not a request.
  private struct Malformed: Error {
    let reason: String
    var status = AuthenticationDecision.Status.internalError
  }

  /// Returns the reply to a request; both without the routing ID that precedes them.
  ///
  /// It begins with an empty frame, as for a REQ socket, even if the request does not.
  static func reply(to message: Message.SubSequence, _ decide: (AuthenticationRequest) -> AuthenticationDecision) -> Message {
    let hasDelimiter = message.first?.isEmpty ?? false
    let frames = hasDelimiter ? Array(message.dropFirst()) : []
    let requestID = frames.count > 1 ? frames[1] : Frame()
    do throws(Malformed) {
      guard hasDelimiter else { throw Malformed(reason: "The request does not begin with an empty frame") }
      return reply(requestID, decide(try request(frames)))
    } catch {
      return reply(requestID, .deny(status: error.status, reason: error.reason))
    }
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

  private static func credentials(_ mechanism: String, _ frames: [Frame]) throws(Malformed) -> AuthenticationRequest.Credentials {
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

  private static func reply(_ requestID: Frame, _ decision: AuthenticationDecision) -> Message {
    switch decision {
    case .accept(let userID, let metadata):
      guard !userID.utf8.contains(0), let properties = encoded(metadata) else {
        return reply(requestID, .deny(status: .internalError, reason: "The authenticator's user ID or metadata is invalid"))
      }
      return ["", "1.0", requestID, "200", "OK", Frame(userID), Frame(copying: properties)]
    case .deny(let status, let reason):
      return ["", "1.0", requestID, Frame("\(status.rawValue)"), Frame(copying: reason.utf8.prefix(255)), "", ""]
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
