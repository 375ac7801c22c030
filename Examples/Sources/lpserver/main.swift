// Lazy Pirate server: an echo server that crashes or is overloaded now and then, after its first three requests.
//
// Run it with lpclient, and start it again when it has crashed.
// Argument: the endpoint to bind.
// Options: --work, how many milliseconds to work on a request (1000); --crash and --overload, one in how many requests has that
// effect (3), 0 for none; --delay, how many milliseconds an overload takes (2000).
import GuideSupport
import ZeroMQ

printLineByLine()

let work = option("work", default: .milliseconds(1000))
let context = try Context()
try context.shutdownOnSignals()

do {
  let server = try context.socket(.rep)
  try server.bind(argument(1, default: "tcp://*:5555"))

  for cycle in 1... {
    let request = try server.receive()
    if cycle > 3 && once(in: option("crash", default: 3)) {
      print("I: simulating a crash")
      break
    } else if cycle > 3 && once(in: option("overload", default: 3)) {
      print("I: simulating CPU overload")
      try pause(in: context, for: option("delay", default: .milliseconds(2000)))
    }
    print("I: normal request (\(request))")
    try pause(in: context, for: work)  // Do some heavy work.
    try server.send(request)
  }
} catch .contextTerminated {}

try context.terminate()
