// A peer that does what it reads from its standard input, a command a line, and answers each with a line that begins with "ok" or
// "error".

import Foundation
import ZeroMQ

/// What a command that makes no sense is answered with.
struct Misuse: Error, CustomStringConvertible {
  let description: String
}

final class Peer {
  private let context: Context
  private var socket: AnySocket
  private var monitor: Monitor?
  private var authenticator: Authenticator?
  private var last = Message()

  private static let types: [String: SocketType] = [
    "REQ": .req, "REP": .rep, "DEALER": .dealer, "ROUTER": .router, "PUB": .pub, "SUB": .sub, "XPUB": .xpub, "XSUB": .xsub,
    "PUSH": .push, "PULL": .pull, "PAIR": .pair,
  ]

  init(_ type: String) throws {
    guard let type = Self.types[type] else { throw Misuse(description: "no socket type \(type)") }
    context = try Context(Context.Configuration(blocky: false))
    socket = AnySocket(try context.socket(ofType: type))
    monitor = try socket.monitor()
  }

  /// Does what a line says.
  func answer(_ words: [String]) throws -> String {
    switch (words.first ?? "", Array(words.dropFirst())) {
    case ("bind", let rest) where rest.count == 1:
      return try socket.bind(rest[0])
    case ("connect", let rest) where rest.count == 1:
      try socket.connect(rest[0])
    case ("subscribe", let rest) where rest.count == 1:
      try socket.subscribe(to: rest[0])
    case ("send", let frames):
      let message = Message(try frames.map { Frame(copying: try bytes($0)) })
      guard try socket.send(message, timeout: .seconds(10)) else { return "nobody took it" }
    case ("receive", let rest) where rest.count == 1:
      guard let milliseconds = Int(rest[0]), let message = try socket.receive(timeout: .milliseconds(milliseconds)) else {
        return "none"
      }
      last = message
      return message.map(text).joined(separator: " ")
    case ("metadata", let rest) where rest.count == 1:
      return last.metadata(MetadataProperty(rawValue: rest[0])) ?? "none"
    case ("handshake", []):
      guard let outcome = try monitor?.waitForConnection(timeout: .seconds(10)) else { break }
      switch outcome {
      case .established: return "established"
      case .failed(let event):
        if case .handshakeFailedAuth(let statusCode) = event.kind { return "failed \(statusCode)" }
        return "failed \(event)"
      case .timedOut: return "timed out"
      }
    case ("secure", let rest):
      try socket.secure(try security(rest))
    case ("authenticator", []):
      authenticator = try Authenticator(context)
    case ("deny", let rest) where rest.count == 1:
      try authenticator?.deny(rest[0])
    case ("serve", let rest) where rest.count >= 2:
      authenticator?.serve(rest[0], by: try policy(Array(rest[1...])))
    case ("write", let rest) where rest.count == 2:
      try CurveCertificate(try CurveKeyPair(), metadata: ["name": rest[1]]).write(to: rest[0])
    case ("read", let rest) where rest.count == 1:
      let certificate = try CurveCertificate(readingFrom: rest[0])
      return "\(certificate.publicKey) \(certificate.secretKey?.z85 ?? "none") \(certificate.metadata["name"] ?? "none")"
    default:
      throw Misuse(description: "no such command")
    }
    return ""
  }

  private func security(_ words: [String]) throws -> SocketSecurity {
    switch (words.first, words.count) {
    case ("curve-server", 3):
      let clients: CurveClients = words[2] == "any" ? .any : .authenticated(domain: words[2])
      return .curveServer(secretKey: try keys(words[1]).secretKey, clients: clients)
    case ("curve-client", 3):
      return .curveClient(serverKey: try CurveCertificate(readingFrom: words[1]).publicKey, keys: try keys(words[2]))
    case ("plain-server", 2): return .plainServer(domain: words[1])
    case ("plain-client", 3): return .plainClient(username: words[1], password: words[2])
    case ("null-server", 2): return .nullServer(domain: words[1])
    default: throw Misuse(description: "no such security")
    }
  }

  private func policy(_ words: [String]) throws -> AuthenticationPolicy {
    switch (words[0], words.count) {
    case ("addresses", 1): return .addressesOnly
    case ("password", 3): return try .passwords([words[1]: words[2]])
    case ("certificates", 2): return try .certificates(in: words[1])
    default: throw Misuse(description: "no such policy")
    }
  }

  private func keys(_ path: String) throws -> CurveKeyPair {
    guard let keys = try CurveCertificate(readingFrom: path).keys else { throw Misuse(description: "\(path) has no secret key") }
    return keys
  }

  /// The bytes of a frame that is written in hexadecimal digits after an `x`.
  private func bytes(_ text: String) throws -> [UInt8] {
    let digits = Array(text.utf8.dropFirst())
    return try stride(from: 0, to: digits.count, by: 2).map { index in
      guard index + 1 < digits.count, let byte = UInt8(String(decoding: digits[index...index + 1], as: UTF8.self), radix: 16) else {
        throw Misuse(description: "no bytes in \(text)")
      }
      return byte
    }
  }

  private func text(_ frame: Frame) -> String {
    "x" + frame.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// Prints a line at once, although it goes to a pipe.
func say(_ line: String) {
  print(line)
  fflush(nil)
}

guard CommandLine.arguments.count == 2 else {
  print("usage: interop-peer SOCKET-TYPE")
  throw Misuse(description: "one argument is needed")
}
let peer = try Peer(CommandLine.arguments[1])
while let line = readLine() {
  do {
    say("ok " + (try peer.answer(line.split(separator: " ").map { String($0) })))
  } catch {
    say("error \(error)")
  }
}
