// Clone client, model 2: takes a snapshot, and then follows the updates that are newer, until Ctrl-C.
//
// Run it with clonesrv2.
// Arguments: the endpoints of the server, for snapshots and for updates.
import Clone
import GuideSupport
import ZeroMQ

printLineByLine()
let context = try Context()
try context.shutdownOnSignals()

do {
  // Subscribed before it asks, so that no update falls between the snapshot and the first one received.
  let updates = try updateSocket(context, from: argument(2, default: "tcp://127.0.0.1:5557"))
  let snapshots = try context.socket(.dealer)
  try snapshots.connect(argument(1, default: "tcp://127.0.0.1:5556"))
  var state = try CloneState(from: snapshots, .simple)
  print("Received snapshot=\(state.sequence)")

  while true {
    if let update = KeyValue(try updates.receive(), .simple) { _ = state.apply(update) }
  }
} catch .contextTerminated {}

try context.terminate()
