public import ZeroMQ

/// The servers of models 3 and 4: put the updates of all clients into one order, publish them, and send snapshots, until the context is
/// shut down.
///
/// - Parameters:
///   - endpoints: Where to bind the ROUTER for snapshots, the PUB for updates, and the PULL that collects updates of clients.
///   - state: The state, which is the server's own at first.
public func runCollectingServer(
  _ context: Context, endpoints: (snapshots: String, updates: String, collector: String), _ state: inout CloneState
) throws {
  let snapshots = try snapshotSocket(context, at: endpoints.snapshots)
  let publisher = try context.socket(.pub)
  try publisher.bind(endpoints.updates)
  let collector = try context.socket(.pull)
  try collector.bind(endpoints.collector)

  var poller = Poller()
  poller.add(collector, for: .readable)
  poller.add(snapshots, for: .readable)
  while true {
    for event in try poller.wait() {
      if event.concerns(collector) {
        guard let update = KeyValue(try collector.receive(), .simple) else { continue }
        try publisher.send(state.accept(update, now: 0).message(.simple))
        print("I: publishing update=\(state.sequence)")
      } else {
        try state.answer(snapshots.receive()) { try snapshots.send($0) }
      }
    }
  }
}
