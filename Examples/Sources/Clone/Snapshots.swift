public import ZeroMQ

extension CloneState {
  /// Gets the state from a server, blocking until it is there.
  ///
  /// - Parameters:
  ///   - server: A DEALER that is connected to the server's ROUTER.
  ///   - subtree: What the keys begin with; `nil` for models without subtrees, whose request has one frame.
  public init(from server: DealerSocket, subtree: Frame? = nil, _ format: KeyValue.Format) throws {
    self.init(format)
    try server.send(subtree.map { ["ICANHAZ?", $0] } ?? "ICANHAZ?")
    while !addSnapshot(try server.receive()) {}
  }
}

/// Makes a ROUTER for snapshots, which drops no part of a large one.
public func snapshotSocket(_ context: Context, at endpoint: String) throws -> RouterSocket {
  let router = try context.socket(.router)
  try router.set(.sendHighWaterMark, to: 0)
  try router.bind(endpoint)
  return router
}

/// Makes a SUB that is subscribed to a subtree.
public func updateSocket(_ context: Context, from endpoint: String, subtree: Frame = "") throws -> SubSocket {
  let subscriber = try context.socket(.sub)
  try subscriber.set(.receiveHighWaterMark, to: 0)  // Updates come while the snapshot is read.
  try subscriber.subscribe(to: subtree)
  try subscriber.connect(endpoint)
  return subscriber
}
