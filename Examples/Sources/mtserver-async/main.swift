// Hello World server with several workers, mtserver with async and await: a proxy shares the requests out among five tasks, until
// Ctrl-C.
//
// All of them are on one thread: what a worker waits for takes no time of the others. Work that keeps a processor busy would, and is
// better done on another executor.
// Run it with one or more hwclient.
// Arguments: the endpoint to bind, and how many milliseconds to work on each request (1000).
import GuideSupport
import ZeroMQ

/// Shares requests out among the workers, until the context is shut down.
func serve(in context: Context, at endpoint: String, duration: Duration) async throws {
  try await withThrowingDiscardingTaskGroup { group in
    let clients = try context.socket(.router)
    try clients.bind(endpoint)
    let workers = try context.socket(.dealer)
    try workers.bind("inproc://workers")
    group.addTask { try await proxy(frontend: clients, backend: workers) }
    for _ in 0..<5 {
      group.addTask { try await work(in: context, for: duration) }
    }
  }
}

/// A worker task: its socket is its own, only the context is shared.
func work(in context: Context, for duration: Duration) async throws {
  let receiver = try context.socket(.rep)
  try receiver.connect("inproc://workers")
  for try await request in receiver.messages {
    print("Received request: [\(request)]")
    try await Task.sleep(for: duration)
    try await receiver.send("World")
  }
}

printLineByLine()

let endpoint = argument(1, default: "tcp://*:5555")
let duration = Duration.milliseconds(argument(2, default: 1000))
let context = try Context()
try context.shutdownOnSignals()

let executor = SocketExecutor()
try await executor.run {
  do {
    try await serve(in: context, at: endpoint, duration: duration)
  } catch let error as ZeroMQError where error.code == .contextTerminated {
    // A worker was still at work.
  }
  try await context.terminate()
}
