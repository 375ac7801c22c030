// Load-balancing broker: gives each client's request to the worker that has been free for longest, until all clients have a reply.
//
// Run it alone, or with more clients and workers in other processes.
// Arguments: the endpoints to bind, for clients and for workers; how many clients (10) and workers (3) to start; after how many
// replies to end (as many as clients).
import GuideSupport
import ZeroMQ

/// A client thread: sends one request.
func runClient(in context: Context, at endpoint: String) throws {
  let client = try context.socket(.req)
  try client.set(.routingID, to: randomID())
  try client.connect(endpoint)
  try client.send("HELLO")
  print("Client: \(try client.receive())")
}

/// A worker thread: a REQ socket that asks for work with its replies.
func runWorker(in context: Context, at endpoint: String) throws {
  let worker = try context.socket(.req)
  try worker.set(.linger, to: .zero)  // Nobody may be left to ask for work when the program ends.
  try worker.set(.routingID, to: randomID())
  try worker.connect(endpoint)
  try worker.send("READY")
  while true {
    let request = try worker.receive()  // [client, "", request]
    print("Worker: \(request[2])")
    try worker.send(request[0], "", "OK")
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

/// The routing IDs of the workers that are ready, the one that has been so for longest first.
var workers: [Frame] = []
var poller = Poller()
poller.add(backend, for: .readable)
poller.add(frontend, for: .readable)

var remaining = argument(5, default: clientCount)
while remaining > 0 {
  // Without a worker, requests wait in the socket.
  poller.change(frontend, to: workers.isEmpty ? [] : .readable)
  let ready = try poller.wait()

  if ready.contains(backend) {
    let message = try backend.receive()  // [worker, "", "READY"] or [worker, "", client, "", reply]
    workers.append(message[0])
    if message[2] != "READY" {
      try frontend.send(Message(message[2...]))
      remaining -= 1
    }
  }
  if ready.contains(frontend) {
    let request = try frontend.receive()  // [client, "", request]
    try backend.send(workers.removeFirst(), "", request)
  }
}

for client in clients { client.join() }
frontend.close()
backend.close()
try context.terminate()
