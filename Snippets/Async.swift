//! Sockets in tasks.

import ZeroMQ

func serve(_ context: Context) async throws {
  // snippet.show
  let executor = SocketExecutor()
  try await executor.run {  // or Task(executorPreference: executor) { … }
    let server = try context.socket(.rep)
    try server.bind("tcp://*:5555")
    for try await request in server.messages {
      print("received \(request)")
      try await server.send("World")
    }
  }  // ends by task cancellation; no message is lost
  // snippet.hide
}

func ask(_ context: Context) async throws {
  // snippet.show
  let client = try context.socket(.req)
  try client.connect("tcp://127.0.0.1:5555")
  if let reply = try await client.request("Hello", timeout: .seconds(1)) {
    print(reply)
  } else {
    print("nobody answers")  // the next request may be made all the same
  }
  // snippet.hide
}

// snippet.show
actor Feed {
  private let executor: SocketExecutor
  private let subscriber: SubSocket
  private(set) var latest: Message?

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(_ context: Context, on executor: SocketExecutor) throws {
    self.executor = executor
    subscriber = try context.socket(.sub)
    try subscriber.subscribe(to: "")
    try subscriber.connect("tcp://127.0.0.1:5556")
  }

  func follow() async throws {
    for try await message in subscriber.messages { latest = message }
  }
}
// snippet.hide

func bridge(_ router: RouterSocket, _ dealer: DealerSocket) async throws {
  // snippet.show
  try await proxy(frontend: router, backend: dealer)  // until the task is cancelled
  // snippet.hide
}
