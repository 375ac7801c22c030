// Load-balancing broker, as lbbroker, in terms of envelopes: it keeps the one of each ready worker, however many hops away.
//
// Run it alone, or with more clients and workers in other processes.
// Arguments: the endpoints to bind, for clients and for workers; how many clients (10) and workers (3) to start; after how many
// replies to end (as many as clients).
import GuideSupport
import ZeroMQ

/// A client thread: sends one request.
func runClient(in context: Context, at endpoint: String) throws {
  let client = try context.socket(.req)
  try client.connect(endpoint)
  try client.send("HELLO")
  print("Client: \(try client.receive())")
}

/// A worker thread: returns what it receives with another last frame.
func runWorker(in context: Context, at endpoint: String) throws {
  let worker = try context.socket(.req)
  try worker.set(.linger, to: .zero)  // Nobody may be left to ask for work when the program ends.
  try worker.connect(endpoint)
  try worker.send("READY")
  while true {
    var message = try worker.receive()
    print("Worker: \(Message(message.removeLast()).dump())")
    try worker.send(message, "OK")
  }
}

printLineByLine()

let frontendEndpoint = argument(1, default: "ipc://frontend.ipc")
let backendEndpoint = argument(2, default: "ipc://backend.ipc")
let clientCount = argument(3, default: 10)
let workerCount = argument(4, default: 3)
let context = try Context()
let frontend = try context.socket(.router)
try frontend.bind(frontendEndpoint)
let backend = try context.socket(.router)
try backend.bind(backendEndpoint)

let clients = (0..<clientCount).map { _ in GuideThread { try runClient(in: context, at: frontendEndpoint) } }
for _ in 0..<workerCount {
  _ = GuideThread { try runWorker(in: context, at: backendEndpoint) }
}

/// The envelopes of the workers that are ready.
var workers: [Message] = []
var poller = Poller()
poller.add(backend, for: .readable)
poller.add(frontend, for: .readable)

var remaining = argument(5, default: clientCount)
while remaining > 0 {
  poller.change(frontend, to: workers.isEmpty ? [] : .readable)
  for event in try poller.wait() {
    if event.concerns(backend) {
      var reply = try backend.receive()
      guard let worker = reply.removeEnvelope() else { continue }
      workers.append(worker)
      if reply != "READY" {
        try frontend.send(reply)
        remaining -= 1
      }
    } else {
      try backend.send(workers.removeFirst(), frontend.receive())
    }
  }
}

for client in clients { client.join() }
frontend.close()
backend.close()
try context.terminate()
