// Load-balancing broker, as lbbroker2, in reactor style, and with clients that never stop asking, until Ctrl-C.
//
// Run it alone, or with more clients and workers in other processes.
// Arguments: the endpoints to bind, for clients and for workers; how many clients (10) and workers (3) to start; how many
// milliseconds a client waits before its next request (1000).
import GuideSupport
import ZeroMQ

/// What a worker says when it starts: the byte 1.
let workerReady: Message = "\u{1}"

/// A client thread: sends one request after the other.
func runClient(in context: Context, at endpoint: String, pausing: Duration) throws {
  let client = try context.socket(.req)
  try client.connect(endpoint)
  while true {
    try client.send("HELLO")
    print("Client: \(try client.receive())")
    try pause(client, for: pausing)
  }
}

/// A worker thread: returns what it receives with another last frame.
func runWorker(in context: Context, at endpoint: String) throws {
  let worker = try context.socket(.req)
  try worker.connect(endpoint)
  try worker.send(workerReady)
  while true {
    var message = try worker.receive()
    print("Worker: \(Message(message.removeLast()).dump())")
    try worker.send(message, "OK")
  }
}

printLineByLine()

let frontendEndpoint = argument(1, default: "ipc://frontend.ipc")
let backendEndpoint = argument(2, default: "ipc://backend.ipc")
let pausing = Duration.milliseconds(argument(5, default: 1000))
let context = try Context(.init(blocky: false))  // At the end, nobody may be left to send to.
try context.shutdownOnSignals()

do {
  let frontend = try context.socket(.router)
  try frontend.bind(frontendEndpoint)
  let backend = try context.socket(.router)
  try backend.bind(backendEndpoint)

  for _ in 0..<argument(3, default: 10) {
    _ = GuideThread { try runClient(in: context, at: frontendEndpoint, pausing: pausing) }
  }
  for _ in 0..<argument(4, default: 3) {
    _ = GuideThread { try runWorker(in: context, at: backendEndpoint) }
  }

  /// The envelopes of the workers that are ready.
  var workers: [Message] = []
  let reactor = Reactor()

  reactor.add(frontend, for: []) { reactor in
    try backend.send(workers.removeFirst(), frontend.receive())
    // The last worker is busy now: let requests wait in the socket.
    if workers.isEmpty { reactor.change(frontend, to: []) }
  }
  reactor.add(backend) { reactor in
    var reply = try backend.receive()
    guard let worker = reply.removeEnvelope() else { return }
    workers.append(worker)
    reactor.change(frontend, to: .readable)
    if reply != workerReady { try frontend.send(reply) }
  }
  try reactor.run()
} catch .contextTerminated {}

try context.terminate()
