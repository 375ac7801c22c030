// Asynchronous clients and server (DEALER to ROUTER): clients send without waiting for replies, of which each request gets 0 to 4.
//
// Run it alone, or with clients in other processes.
// Arguments: the endpoint to bind; how many milliseconds to run (5000); how many clients to start (3); how many milliseconds there
// are between a client's requests (1000), and before a reply at most (1000).
import GuideSupport
import ZeroMQ

/// A client thread: sends a request each second, and prints replies whenever they come.
func runClient(in context: Context, at endpoint: String, interval: Duration) throws {
  let client = try context.socket(.dealer)
  let id = randomID()
  try client.set(.routingID, to: id)
  try client.connect(endpoint)

  let reactor = Reactor()
  reactor.add(client) { _ in
    print("\(id): \(try client.receive().dump())")
  }
  var number = 0
  reactor.schedule(after: interval, repeating: true) { _ in
    number += 1
    try client.send("request #\(number)")
  }
  try reactor.run()
}

/// The server thread: shares requests out among a pool of workers, and routes their replies back.
func runServer(in context: Context, at endpoint: String, longestDelay: Int) throws {
  let frontend = try context.socket(.router)
  try frontend.bind(endpoint)
  let backend = try context.socket(.dealer)
  try backend.bind("inproc://backend")
  for _ in 0..<5 {
    _ = GuideThread { try runWorker(in: context, longestDelay: longestDelay) }
  }
  try proxy(frontend: frontend, backend: backend)
}

/// A worker thread: works on one request at a time, and sends a random number of replies.
func runWorker(in context: Context, longestDelay: Int) throws {
  let worker = try context.socket(.dealer)
  try worker.connect("inproc://backend")
  while true {
    // The routing ID that says where replies go, and the contents: a reply is the same two frames.
    let message = try worker.receive()
    for _ in 0..<Int.random(in: 0...4) {
      sleep(for: .milliseconds(Int.random(in: 0...longestDelay)))
      try worker.send(message)
    }
  }
}

printLineByLine()

let endpoint = argument(1, default: "tcp://*:5570")
let duration = Duration.milliseconds(argument(2, default: 5000))
let interval = Duration.milliseconds(argument(4, default: 1000))
let longestDelay = argument(5, default: 1000)
let context = try Context(.init(blocky: false))  // At the end, nobody may be left to send to.

for _ in 0..<argument(3, default: 3) {
  _ = GuideThread {
    try runClient(in: context, at: endpoint.replacing("*", with: "127.0.0.1"), interval: interval)
  }
}
_ = GuideThread { try runServer(in: context, at: endpoint, longestDelay: longestDelay) }

sleep(for: duration)
context.shutdown()
try context.terminate()  // waits for the threads to close their sockets
