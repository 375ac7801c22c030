// Hello World worker behind a broker: answers each request with "World", until Ctrl-C. Start as many as you like.
//
// Run it with rrbroker or msgqueue, and rrclient.
// Arguments: the endpoint to connect to, and how many milliseconds to work on each request (1000).
import GuideSupport
import ZeroMQ

printLineByLine()

let work = Duration.milliseconds(argument(2, default: 1000))
let context = try Context()
try context.shutdownOnSignals()

do {
  let responder = try context.socket(.rep)
  try responder.connect(argument(1, default: "tcp://127.0.0.1:5560"))

  while true {
    let request = try responder.receive()
    print("Received request: [\(request)]")
    sleep(for: work)  // Do some "work".
    try responder.send("World")
  }
} catch .contextTerminated {}

try context.terminate()
