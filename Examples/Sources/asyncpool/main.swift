// A front before a pool of workers: each client's request becomes a request over one DEALER, with a deadline and a retry, until Ctrl-C.
//
// rrbroker passes messages on, and a request that a worker died with is lost. This front notices, and asks the next worker. Any number of
// requests are on their way at once; each gets its own reply.
// Run it with rrclient and rrworker; any number of them.
// Arguments: the endpoints to bind for clients and for workers; how many workers to start as tasks of this program (0); how many
// milliseconds to wait for a worker (2500), and how many times to ask (3).
import GuideSupport
import ZeroMQ

/// The workers, which share the requests of all tasks that use this actor.
actor Pool {
  private let workers: DealerSocket
  private let timeout: Duration
  private let tries: Int

  init(in context: Context, at endpoint: String, timeout: Duration, tries: Int) throws {
    workers = try context.socket(.dealer)
    try workers.bind(endpoint)
    self.timeout = timeout
    self.tries = tries
  }

  /// Asks one worker after the other, until one replies in time.
  func request(_ request: Message) async throws -> Message? {
    for attempt in 1...tries {
      if let reply = try await workers.request(request, timeout: timeout) { return reply }
      print("No reply to [\(request)] (attempt \(attempt))")
    }
    return nil
  }
}

/// The clients.
actor Front {
  private let clients: RouterSocket

  init(in context: Context, at endpoint: String) throws {
    clients = try context.socket(.router)
    try clients.bind(endpoint)
  }

  func run(with pool: Pool) async throws {
    try await withThrowingDiscardingTaskGroup { group in
      for try await var request in clients.messages {
        guard let envelope = request.removeEnvelope() else { continue }
        let body = request
        group.addTask {
          let reply = try await pool.request(body) ?? "no worker replies"
          try await self.send(envelope + reply)
        }
      }
    }
  }

  private func send(_ reply: Message) async throws {
    try await clients.send(reply)
  }
}

/// A worker, as rrworker is in a process of its own.
func work(in context: Context, at endpoint: String) async throws {
  let worker = try context.socket(.rep)
  try worker.connect(endpoint)
  for try await _ in worker.messages { try await worker.send("World") }
}

printLineByLine()

let clients = argument(1, default: "tcp://*:5559")
let workers = argument(2, default: "tcp://*:5560")
let count = argument(3, default: 0)
let timeout = Duration.milliseconds(argument(4, default: 2500))
let tries = argument(5, default: 3)
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

try await SocketExecutor().run {
  do {
    try await withThrowingDiscardingTaskGroup { group in
      let pool = try Pool(in: context, at: workers, timeout: timeout, tries: tries)
      for _ in 0..<count {
        group.addTask { try await work(in: context, at: workers.replacing("*", with: "127.0.0.1")) }
      }
      try await Front(in: context, at: clients).run(with: pool)
    }
  } catch .contextTerminated {}
  try await context.terminate()
}
