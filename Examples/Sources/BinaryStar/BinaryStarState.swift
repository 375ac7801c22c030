/// The decisions of one of a pair of servers, of which only one serves at a time: the Guide's Binary Star, without sockets.
///
/// A server that fails over waits for two things: silence of its peer, and a client's request. So a broken line between the two, over
/// which no client comes either, does not make both active.
public struct BinaryStarState: Sendable {
  /// The part that a server plays at the start.
  public enum Role: Sendable {
    case primary, backup
  }

  /// The state of a server, with the number that it publishes.
  public enum State: Int, Sendable {
    /// A primary that waits for its peer.
    case primary = 1
    /// A backup that waits for its peer.
    case backup
    /// The server that serves.
    case active
    /// The server that is ready to take over.
    case passive
  }

  /// A state of both servers together that must not be.
  public enum Fault: Error, CustomStringConvertible {
    case dualActives, dualPassives

    /// The fault in words.
    public var description: String { self == .dualActives ? "dual actives" : "dual passives" }
  }

  /// The server's own state.
  public private(set) var state: State

  private var peerDeadline: ContinuousClock.Instant
  private let patience: Duration
  private let primaryServesAtOnce: Bool

  /// Creates the state of a server that has heard nothing of its peer yet.
  ///
  /// - Parameters:
  ///   - role: The server's part.
  ///   - heartbeat: The time between two messages of the peer, which counts as dead after twice that time.
  ///   - primaryServesAtOnce: If `true`, a waiting primary serves. If `false` (the default), it serves only after it could have heard
  ///     of an active peer, as after a restart.
  ///   - now: The current time.
  public init(
    _ role: Role, heartbeat: Duration = .seconds(1), primaryServesAtOnce: Bool = false, at now: ContinuousClock.Instant = .now
  ) {
    state = role == .primary ? .primary : .backup
    patience = heartbeat * 2
    peerDeadline = now + patience
    self.primaryServesAtOnce = primaryServesAtOnce
  }

  /// Takes the peer's state into account.
  ///
  /// - Returns: A Boolean value that indicates whether the server's own state changed.
  /// - Throws: ``Fault`` if the two states must not be together; the server must end.
  public mutating func receive(_ peer: State, at now: ContinuousClock.Instant = .now) throws(Fault) -> Bool {
    peerDeadline = now + patience
    let previous = state
    switch (state, peer) {
    case (.primary, .backup), (.passive, .primary), (.passive, .backup): state = .active
    case (.primary, .active), (.backup, .active): state = .passive
    case (.active, .active): throw .dualActives
    case (.passive, .passive): throw .dualPassives
    default: break
    }
    return state != previous
  }

  /// Decides about a client's request, which can make the server the active one.
  ///
  /// - Returns: A Boolean value that indicates whether to serve it. If `false`, the request must be dropped.
  public mutating func mayServe(at now: ContinuousClock.Instant = .now) -> Bool {
    switch state {
    case .active: return true
    case .backup: return false
    case .primary where primaryServesAtOnce: return true
    case .primary, .passive:
      guard now >= peerDeadline else { return false }
      state = .active
      return true
    }
  }
}
