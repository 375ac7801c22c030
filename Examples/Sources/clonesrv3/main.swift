// Clone server, model 3: clients send it their updates; it puts all of them into one order, publishes them, and sends
// snapshots, until Ctrl-C.
//
// Run it with any number of clonecli3.
// Arguments: the endpoints to bind, for snapshots, for updates, and for the clients' updates.
import Clone
import GuideSupport
import ZeroMQ

printLineByLine()
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

var state = CloneState(.simple)
do {
  try runCollectingServer(
    context,
    endpoints: (
      argument(1, default: "tcp://*:5556"), argument(2, default: "tcp://*:5557"), argument(3, default: "tcp://*:5558")
    ), &state)
} catch .contextTerminated {}

print("Interrupted\n\(state.sequence) messages handled")
try context.terminate()
