// Round trips: one request after the other, against all requests before the first reply is received.
//
// A client, a worker and a proxy between them, each in a thread of its own, over tcp.
// Run it alone.
// Arguments: how many requests to make one by one (10000) and at once (100000), and the endpoints to bind, for the client and for the
// worker.
import GuideSupport
import ZeroMQ

/// Measures both ways to make requests, and prints how many there are in a second.
func runClient(in context: Context, at endpoint: String, oneByOne: Int, atOnce: Int) throws {
  let client = try context.socket(.dealer)
  // The client does not receive while it sends: the replies must find room.
  try client.set(.receiveHighWaterMark, to: 0)
  print("Setting up test...")
  let monitor = try client.monitor(.connections)
  try client.connect(endpoint)
  _ = try monitor.waitForConnection(timeout: .seconds(10))
  let clock = ContinuousClock()

  print("Synchronous round-trip test...")
  var time = try clock.measure {
    for _ in 0..<oneByOne {
      try client.send("hello")
      _ = try client.receive()
    }
  }
  print(" \(Int(Double(oneByOne) / (time / .seconds(1)))) calls/second")

  print("Asynchronous round-trip test...")
  time = try clock.measure {
    for _ in 0..<atOnce { try client.send("hello") }
    for _ in 0..<atOnce { _ = try client.receive() }
  }
  print(" \(Int(Double(atOnce) / (time / .seconds(1)))) calls/second")
}

/// Returns each message the way it came.
func runWorker(in context: Context, at endpoint: String) throws {
  let worker = try context.socket(.dealer)
  try worker.connect(endpoint)
  while true { try worker.send(worker.receive()) }
}

/// Passes messages on between two DEALERs, which add no envelopes; so `proxy`, which has a ROUTER at one side, does not fit.
func runBroker(in context: Context) throws {
  let sockets = try (0..<2).map { _ in try context.socket(.dealer) }
  for (socket, endpoint) in zip(sockets, [frontendEndpoint, backendEndpoint]) {
    // To wait for one side while that waits for this one would be to wait forever.
    try socket.set(.sendHighWaterMark, to: 0)
    try socket.bind(endpoint)
  }
  var poller = Poller()
  for socket in sockets { poller.add(socket, for: .readable) }
  while true {
    let ready = try poller.wait()
    for (socket, other) in zip(sockets, sockets.reversed()) where ready.contains(socket) {
      while let message = try socket.receiveIfReady() { try other.send(message) }
    }
  }
}

printLineByLine()

let frontendEndpoint = argument(3, default: "tcp://*:5555")
let backendEndpoint = argument(4, default: "tcp://*:5556")
let context = try Context(.init(blocky: false))  // At the end, nobody may be left to send to.
try context.shutdownOnSignals()

let broker = GuideThread { try runBroker(in: context) }
let worker = GuideThread { try runWorker(in: context, at: backendEndpoint.replacing("*", with: "127.0.0.1")) }
let client = GuideThread {
  try runClient(
    in: context, at: frontendEndpoint.replacing("*", with: "127.0.0.1"), oneByOne: argument(1, default: 10_000),
    atOnce: argument(2, default: 100_000))
}
client.join()
context.shutdown()
for thread in [worker, broker] { thread.join() }
try context.terminate()
