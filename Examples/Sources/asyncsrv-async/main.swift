// Asynchronous clients and server (DEALER to ROUTER), asyncsrv with async and await: clients send without waiting for replies, of
// which each request gets 0 to 4.
//
// Run it alone, or with clients in other processes.
// Arguments: the endpoint to bind; how many milliseconds to run (5000); how many clients to start (3); how many milliseconds there
// are between a client's requests (1000), and before a reply at most (1000).
import GuideSupport
import ZeroMQ

/// A client: sends a request each second, and prints replies whenever they come.
///
/// Two tasks use its socket, which is why it is an actor.
actor Client {
  private let socket: DealerSocket
  private let id = randomID()

  init(in context: Context, at endpoint: String) throws {
    socket = try context.socket(.dealer)
    try socket.set(.routingID, to: id)
    try socket.connect(endpoint)
  }

  func run(interval: Duration) async throws {
    try await withThrowingDiscardingTaskGroup { group in
      group.addTask { try await self.sendRequests(interval: interval) }
      group.addTask { try await self.printReplies() }
    }
  }

  private func sendRequests(interval: Duration) async throws {
    for number in 1... {
      try await Task.sleep(for: interval)
      try await socket.send("request #\(number)")
    }
  }

  private func printReplies() async throws {
    for try await reply in socket.messages { print("\(id): \(reply.dump())") }
  }
}

/// The server: shares requests out among a pool of workers, and routes their replies back.
func runServer(in context: Context, at endpoint: String, longestDelay: Int) async throws {
  try await withThrowingDiscardingTaskGroup { group in
    let frontend = try context.socket(.router)
    try frontend.bind(endpoint)
    let backend = try context.socket(.dealer)
    try backend.bind("inproc://backend")
    group.addTask { try await proxy(frontend: frontend, backend: backend) }
    for _ in 0..<5 {
      group.addTask { try await runWorker(in: context, longestDelay: longestDelay) }
    }
  }
}

/// A worker: works on one request at a time, and sends a random number of replies.
func runWorker(in context: Context, longestDelay: Int) async throws {
  let worker = try context.socket(.dealer)
  try worker.connect("inproc://backend")
  // The routing ID that says where replies go, and the contents: a reply is the same two frames.
  for try await message in worker.messages {
    for _ in 0..<Int.random(in: 0...4) {
      try await Task.sleep(for: .milliseconds(Int.random(in: 0...longestDelay)))
      try await worker.send(message)
    }
  }
}

printLineByLine()

let endpoint = argument(1, default: "tcp://*:5570")
let duration = Duration.milliseconds(argument(2, default: 5000))
let clients = argument(3, default: 3)
let interval = Duration.milliseconds(argument(4, default: 1000))
let longestDelay = argument(5, default: 1000)
let context = try Context(.init(blocky: false))  // At the end, nobody may be left to send to.

let executor = SocketExecutor()
try await executor.run {
  do {
    try await withThrowingDiscardingTaskGroup { group in
      for _ in 0..<clients {
        group.addTask {
          try await Client(in: context, at: endpoint.replacing("*", with: "127.0.0.1")).run(interval: interval)
        }
      }
      group.addTask { try await runServer(in: context, at: endpoint, longestDelay: longestDelay) }

      try await Task.sleep(for: duration)
      group.cancelAll()
    }
  } catch is CancellationError {
    // The time is over.
  }
  try await context.terminate()
}
