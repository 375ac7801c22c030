// Hello World server: a REP socket that replies "World" to every request, until Ctrl-C.
//
// Run it with hwclient.
// Arguments: the endpoint to bind, and how many milliseconds to work on each request (1000).
import GuideSupport
import ZeroMQ

printLineByLine()

let work = Duration.milliseconds(argument(2, default: 1000))
let context = try Context()
try context.shutdownOnSignals()

do {
  let responder = try context.socket(.rep)
  try responder.bind(argument(1, default: "tcp://*:5555"))

  while true {
    let request = try responder.receive()
    print("Received \(request)")
    sleep(for: work)  // Pretend to do some work.
    try responder.send("World")
  }
} catch .contextTerminated {}

try context.terminate()
