public import ZeroMQ

/// The clients of models 3 to 5: take a snapshot, then follow updates and publish their own, until the context is shut down.
///
/// - Parameters:
///   - endpoints: Where the server has its ROUTER, its PUB, and its PULL.
///   - subtree: What the keys begin with; `nil` in model 3.
///   - interval: The time between updates of this client's own.
///   - makeUpdate: Makes one of them.
public func runUpdatingClient(
  _ context: Context, endpoints: (snapshots: String, updates: String, collector: String), subtree: Frame?,
  _ format: KeyValue.Format, every interval: Duration, makeUpdate: () -> KeyValue
) throws {
  let snapshots = try context.socket(.dealer)
  try snapshots.connect(endpoints.snapshots)
  let subscriber = try updateSocket(context, from: endpoints.updates, subtree: subtree ?? "")
  let publisher = try context.socket(.push)
  try publisher.connect(endpoints.collector)

  var state = try CloneState(from: snapshots, subtree: subtree, format)
  print("I: received snapshot=\(state.sequence)")

  var poller = Poller()
  poller.add(subscriber, for: .readable)
  var nextUpdate = ContinuousClock.now + interval
  while true {
    let ready = try poller.wait(timeout: max(nextUpdate - .now, .zero))
    if !ready.isEmpty, let update = KeyValue(try subscriber.receive(), format), state.apply(update) {
      print("I: received update=\(state.sequence)")
    }
    if nextUpdate <= .now {
      _ = try publisher.sendIfReady(makeUpdate().message(format))
      nextUpdate = .now + interval
    }
  }
}
