// Clone server, model 1: publishes random updates at full speed, until Ctrl-C.
//
// Run it with any number of clonecli1.
// Arguments: the endpoint to bind.
import Clone
import GuideSupport
import ZeroMQ

let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

var state = CloneState(.simple)
do {
  let publisher = try context.socket(.pub)
  try publisher.bind(argument(1, default: "tcp://*:5556"))
  while true { try publisher.send(state.accept(.random(), now: 0).message(.simple)) }
} catch .contextTerminated {}

print("Interrupted\n\(state.sequence) messages out")
try context.terminate()
