public import ZeroMQ

/// The state that a server and its clients share: values by key, and the sequence of the last update.
///
/// It does no input or output, so that blocking and asynchronous servers share it.
public struct CloneState: Sendable {
  /// The values that are there.
  public private(set) var values: [Frame: KeyValue] = [:]

  /// The sequence of the last update.
  public var sequence: UInt64 = 0

  private let format: KeyValue.Format

  /// Creates an empty state.
  public init(_ format: KeyValue.Format) {
    self.format = format
  }

  /// Gives an update the next sequence and stores it.
  ///
  /// - Parameter now: The time of day in milliseconds, by which a time to live becomes a time of expiry.
  /// - Returns: The update to publish.
  public mutating func accept(_ update: KeyValue, now: Int) -> KeyValue {
    sequence += 1
    var update = update
    update.sequence = sequence
    var stored = update
    if format == .full { stored.timeToLive = update.timeToLive.map { now + $0 * 1000 } }
    store(stored)
    return update
  }

  /// Applies an update that a server has published, unless it is older than the state.
  ///
  /// - Parameter now: The time of day in milliseconds, by which a time to live becomes a time of expiry; `nil` for clients, where
  ///   nothing expires before the server says so.
  /// - Returns: A Boolean value that indicates whether it was newer.
  public mutating func apply(_ update: KeyValue, now: Int? = nil) -> Bool {
    guard update.sequence > sequence else { return false }
    sequence = update.sequence
    var stored = update
    if let now { stored.timeToLive = update.timeToLive.map { now + $0 * 1000 } }
    store(stored)
    return true
  }

  /// Stores a value, or removes it if its body is empty, whatever its sequence.
  public mutating func store(_ update: KeyValue) {
    values[update.key] = update.body.isEmpty ? nil : update
  }

  /// Deletes the values that have expired.
  ///
  /// - Returns: The deletions to publish.
  public mutating func expire(now: Int) -> [KeyValue] {
    values.values.filter { $0.timeToLive.map { $0 <= now } ?? false }.map { value in
      sequence += 1
      let deletion = KeyValue(key: value.key, sequence: sequence, uuid: value.uuid, properties: value.properties)
      store(deletion)
      return deletion
    }
  }

  /// The messages of a snapshot, without the client's routing ID: the values whose keys begin with a prefix, and the end.
  public func snapshot(of subtree: Frame) -> [Message] {
    let matching = values.values.filter { $0.key.starts(with: subtree) }
    return matching.map { $0.message(format) } + [KeyValue(key: "KTHXBAI", sequence: sequence).message(format)]
  }

  /// Answers a snapshot request, `[client][ICANHAZ?][subtree]`; the subtree may be missing.
  ///
  /// - Parameter send: Sends a message that begins with the client's routing ID.
  public func answer(_ request: Message, send: (Message) throws -> Void) rethrows {
    guard 2...3 ~= request.count, request[1] == "ICANHAZ?" else {
      print("E: bad request, aborting: \(request)")
      return
    }
    print("Sending state snapshot=\(sequence)")
    for message in snapshot(of: request.count == 3 ? request[2] : "") { try send([request[0]] + message) }
  }

  /// Takes one message of a snapshot.
  ///
  /// - Returns: Whether it was the last one.
  public mutating func addSnapshot(_ message: Message) -> Bool {
    guard let value = KeyValue(message, format) else { return false }
    if value.key == "KTHXBAI" {
      sequence = value.sequence
      return true
    }
    store(value)
    return false
  }
}
