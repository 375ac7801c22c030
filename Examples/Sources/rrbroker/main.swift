// Request-reply broker: passes requests on to workers and replies back to clients, knowing neither, until Ctrl-C.
//
// Run it with rrclient and rrworker.
// Arguments: the endpoints to bind, for clients and for workers.
import GuideSupport
import ZeroMQ

let context = try Context()
try context.shutdownOnSignals()

do {
  let frontend = try context.socket(.router)
  let backend = try context.socket(.dealer)
  try frontend.bind(argument(1, default: "tcp://*:5559"))
  try backend.bind(argument(2, default: "tcp://*:5560"))

  var poller = Poller()
  poller.add(frontend, for: .readable)
  poller.add(backend, for: .readable)

  // A message is whole: its envelope says which client the reply goes to.
  while true {
    for event in try poller.wait() {
      if event.concerns(frontend) {
        try backend.send(frontend.receive())
      } else {
        try frontend.send(backend.receive())
      }
    }
  }
} catch .contextTerminated {}

try context.terminate()
