import ZeroMQ

/// How two sockets reach each other.
public enum Transport: String, Sendable, Codable {
  case inproc
  case tcp

  /// What to bind to; every sample has a context of its own, so that the name need not be unique.
  public var endpoint: String {
    switch self {
    case .inproc: "inproc://benchmark"
    case .tcp: "tcp://127.0.0.1:*"
    }
  }
}

/// What a case is run with.
public struct Setting: Sendable, Hashable, Codable {
  /// What a size may be.
  public enum Meaning: Sendable {
    /// The bytes of a payload that is sent, or of a frame that stays.
    case payload, bytes
    /// The number of sockets that are polled, or that wait beside two others.
    case sockets, waiting
  }

  /// How the sockets reach each other.
  public var transport: Transport
  /// The payload's size in bytes, or what else the workload says it is.
  public var size: Int
  /// Whether all threads share one core.
  public var isPinned: Bool

  /// Makes a setting.
  public init(_ transport: Transport, _ size: Int, isPinned: Bool = false) {
    self.transport = transport
    self.size = size
    self.isPinned = isPinned
  }
}

/// The version of the libzmq that all cases use.
public var libzmqVersion: String { "\(LibZMQ.version)" }
