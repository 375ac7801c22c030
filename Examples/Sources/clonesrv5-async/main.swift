// Clone server, model 5, with async and await: an actor keeps the state and owns the sockets, and three tasks take turns at it, until
// Ctrl-C.
//
// Where the reactor has a handler for each socket, this has a loop, and the timer is a task that sleeps.
// Run it with any number of clonecli5.
// Arguments: the endpoints to bind, for snapshots, for updates, and for the clients' updates.
import Clone
import GuideSupport
import ZeroMQ

actor CloneServer {
  private let executor: SocketExecutor
  private let snapshots: RouterSocket
  private let publisher: PubSocket
  private let collector: PullSocket
  private var state = CloneState(.full)

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(_ context: Context, on executor: SocketExecutor) throws {
    self.executor = executor
    snapshots = try snapshotSocket(context, at: argument(1, default: "tcp://*:5556"))
    publisher = try context.socket(.pub)
    try publisher.bind(argument(2, default: "tcp://*:5557"))
    collector = try context.socket(.pull)
    try collector.bind(argument(3, default: "tcp://*:5558"))
  }

  /// Sends snapshots to those who ask.
  func answerClients() async throws {
    for try await request in snapshots.messages {
      // Nothing is awaited meanwhile, so that a snapshot is of one state.
      try state.answer(request) { _ = try snapshots.sendIfReady($0) }
    }
  }

  /// Publishes what clients send.
  func collect() async throws {
    for try await message in collector.messages {
      guard let update = KeyValue(message, .full) else { continue }
      try await publisher.send(state.accept(update, now: millisecondsOfDay()).message(.full))
      print("I: publishing update=\(state.sequence)")
    }
  }

  /// Publishes what has expired.
  func expire() async throws {
    while true {
      try await Task.sleep(for: .seconds(1))
      for deletion in state.expire(now: millisecondsOfDay()) {
        try await publisher.send(deletion.message(.full))
        print("I: publishing delete=\(deletion.sequence)")
      }
    }
  }
}

printLineByLine()
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()
let executor = SocketExecutor()
let server = try CloneServer(context, on: executor)
try await executor.run {
  try await withThrowingTaskGroup { group in
    group.addTask { try await server.answerClients() }
    group.addTask { try await server.collect() }
    let timer = Task(executorPreference: executor) { try await server.expire() }
    // The loops end when a signal has shut the context down.
    try await group.waitForAll()
    timer.cancel()
  }
}
