// Simple Pirate worker: a REQ that asks for work with its replies; it crashes or is overloaded now and then, after three requests.
//
// Run it with spqueue and lpclient; start as many as you like.
// Argument: the endpoint of the queue.
// Options: --work, how many milliseconds to work on a request (1000); --crash and --overload, one in how many requests has that
// effect (5), 0 for none; --delay, how many milliseconds an overload takes (3000).
import GuideSupport
import ZeroMQ

printLineByLine()

let work = option("work", default: .milliseconds(1000))
let context = try Context(.init(blocky: false))  // The queue may be gone.
try context.shutdownOnSignals()

do {
  let id = randomID()
  let worker = try context.socket(.req)
  try worker.set(.routingID, to: id)
  try worker.connect(argument(1, default: "tcp://127.0.0.1:5556"))
  print("I: (\(id)) worker ready")
  try worker.send([0x01] as Frame)

  for cycle in 1... {
    let request = try worker.receive()  // [client, "", body...]
    if cycle > 3 && once(in: option("crash", default: 5)) {
      print("I: (\(id)) simulating a crash")
      break
    } else if cycle > 3 && once(in: option("overload", default: 5)) {
      print("I: (\(id)) simulating CPU overload")
      try pause(in: context, for: option("delay", default: .milliseconds(3000)))
    }
    print("I: (\(id)) normal reply")
    try pause(in: context, for: work)  // Do some heavy work.
    try worker.send(request)
  }
} catch .contextTerminated {}

try context.terminate()
