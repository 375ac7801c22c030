import ZeroMQ

/// The updates of clients that a server which is not active has heard, but not yet from the active one.
///
/// An update can come from the client first or from the active server first; its UUID tells that it is the same one.
public struct PendingUpdates: Sendable {
  /// The clients' updates that the active server has not published, in order.
  public private(set) var updates: [KeyValue] = []

  /// The UUIDs of the updates that the active server has published and the client's own copy of which has not arrived.
  private var published: Set<Frame> = []

  /// Creates an empty collection.
  public init() {}

  /// Adds an update of a client, unless the active server has published it.
  public mutating func add(_ update: KeyValue) {
    if published.remove(update.uuid) == nil { updates.append(update) }
  }

  /// Removes an update that the active server has published, or remembers it until the client's copy comes.
  public mutating func markPublished(_ update: KeyValue) {
    guard !update.uuid.isEmpty, !update.body.isEmpty else { return }
    if let index = updates.firstIndex(where: { $0.uuid == update.uuid }) {
      updates.remove(at: index)
    } else {
      published.insert(update.uuid)
    }
  }

  /// Removes the updates that a state includes.
  public mutating func remove(in state: CloneState) {
    updates.removeAll { !$0.uuid.isEmpty && state.values[$0.key]?.uuid == $0.uuid }
  }
}
