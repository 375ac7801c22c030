// Majordomo broker (MDP/0.1): gives each client's request to a free worker of the service that it names, until Ctrl-C.
//
// The decisions are `MajordomoBroker`'s; here is the loop over its socket.
// Run it with mdworker and mdclient, mdclient2, mmiecho, or titanic and ticlient.
// Argument: the endpoint to bind, for clients and workers alike.
// Options: -v traces; --heartbeat, how many milliseconds there are between two heartbeats (2500).
import GuideSupport
import Majordomo
import ZeroMQ

printLineByLine()

let endpoint = argument(1, default: "tcp://*:5555")
let isVerbose = hasFlag("-v")
let context = try Context(.init(blocky: false))  // Some of the peers may be gone.
try context.shutdownOnSignals()

do {
  let socket = try context.socket(.router)
  // A client may send many requests before it reads; a ROUTER at its high-water mark would drop the replies.
  try socket.set(.sendHighWaterMark, to: 0)
  try socket.bind(endpoint)
  print("I: MDP broker is active at \(endpoint)")

  var broker = MajordomoBroker(heartbeat: option("heartbeat", default: .milliseconds(2500)))
  while true {
    var messages: [Message] = []
    if let message = try socket.receive(timeout: max(broker.nextHeartbeat - .now, .zero)) {
      if isVerbose { print("I: received message:", message.dump(), separator: "\n") }
      do { messages = try broker.receive(message) } catch { print("E: \(error)") }
    }
    for message in messages + broker.heartbeats() {
      if isVerbose { print("I: sending message:", message.dump(), separator: "\n") }
      try socket.send(message)
    }
  }
} catch .contextTerminated {}

try context.terminate()
