@preconcurrency import Foundation
public import ZeroMQ

/// An update: a key, its new value, and where it stands in the order of all updates.
///
/// As a message it has three frames, `[key][sequence][body]`, or five, `[key][sequence][uuid][properties][body]`: see ``Format``. The
/// sequence has 8 bytes, the most significant first; the UUID 16 bytes or none; properties are lines `name=value`, each ended by a
/// line feed.
public struct KeyValue: Sendable, Equatable {
  /// How many frames an update has.
  public enum Format: Sendable {
    /// Three frames, for models 1 to 4.
    case simple
    /// Five frames, for models 5 and 6.
    case full
  }

  /// The key.
  public var key: Frame

  /// The position in the order of all updates; 0 if no server has given it one yet.
  public var sequence: UInt64

  /// Identifies the update: 16 bytes, or none.
  public var uuid: Frame

  /// Properties by name, such as the time to live.
  public var properties: [String: String]

  /// The value; empty if the key is deleted.
  public var body: Frame

  /// Creates an update.
  public init(
    key: Frame, sequence: UInt64 = 0, uuid: Frame = "", properties: [String: String] = [:], body: Frame = ""
  ) {
    self.key = key
    self.sequence = sequence
    self.uuid = uuid
    self.properties = properties
    self.body = body
  }

  /// Creates an update from a message; `nil` if the message is none.
  public init?(_ message: Message, _ format: Format) {
    guard message.count == (format == .simple ? 3 : 5), message[1].count == 8 else { return nil }
    self.init(key: message[0], sequence: message[1].reduce(0) { $0 << 8 | UInt64($1) })
    if format == .full {
      guard message[2].isEmpty || message[2].count == 16 else { return nil }
      uuid = message[2]
      for line in String(decoding: message[3], as: UTF8.self).split(separator: "\n") {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        // A property that is there twice has its last value.
        properties[String(parts[0])] = String(parts[1])
      }
    }
    body = message[message.count - 1]
  }

  /// The update as a message.
  public func message(_ format: Format) -> Message {
    let number = Frame(copying: (0..<8).map { UInt8(truncatingIfNeeded: sequence >> (56 - 8 * $0)) })
    guard format == .full else { return [key, number, body] }
    let lines = properties.sorted { $0.key < $1.key }.map { "\($0)=\($1)\n" }.joined()
    return [key, number, uuid, Frame(lines), body]
  }

  /// The property `ttl` as a number: seconds to live, or in a snapshot the time of expiry in milliseconds; `nil` if it never expires.
  public var timeToLive: Int? {
    get { properties["ttl"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }
    set { properties["ttl"] = newValue.map(String.init) }
  }

  /// A new random UUID, as 16 bytes.
  public static func newUUID() -> Frame {
    withUnsafeBytes(of: UUID().uuid) { Frame(copying: $0) }
  }
}

extension KeyValue {
  /// A random update as the Guide's programs make them, under a prefix.
  public static func random(under prefix: String = "") -> KeyValue {
    KeyValue(key: Frame("\(prefix)\(Int.random(in: 0..<10_000))"), body: Frame("\(Int.random(in: 0..<1_000_000))"))
  }
}
