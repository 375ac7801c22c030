public import ZeroMQ

/// The frames of the Majordomo Protocol, MDP/0.1 (ZeroMQ's RFC 7).
public enum MDP {
  /// The header of each message between a client and the broker.
  public static let client: Frame = "MDPC01"

  /// The header of each message between a worker and the broker.
  public static let worker: Frame = "MDPW01"

  /// The command in a message between a worker and the broker: one byte.
  public enum Command: UInt8, Sendable {
    case ready = 1
    case request, reply, heartbeat, disconnect

    /// The command that a frame names; `nil` if it names none.
    public init?(_ frame: Frame) {
      guard frame.count == 1, let byte = frame.first else { return nil }
      self.init(rawValue: byte)
    }

    /// The command as a frame.
    public var frame: Frame { [rawValue] }
  }

  /// A message that breaks the protocol.
  public struct Violation: Error, CustomStringConvertible {
    /// The message, as it was received.
    public let message: Message

    /// The message in words.
    public var description: String { "invalid message: \(message)" }
  }
}
