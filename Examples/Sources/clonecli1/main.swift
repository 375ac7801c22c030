// Clone client, model 1: keeps what the server publishes from now on, until Ctrl-C.
//
// Run it with clonesrv1.
// Arguments: the endpoint of the server to connect to.
import Clone
import GuideSupport
import ZeroMQ

let context = try Context()
try context.shutdownOnSignals()

var state = CloneState(.simple)
var received = 0
do {
  let updates = try context.socket(.sub)
  try updates.subscribe(to: "")
  try updates.connect(argument(1, default: "tcp://127.0.0.1:5556"))
  while true {
    guard let update = KeyValue(try updates.receive(), .simple) else { continue }
    state.store(update)
    received += 1
  }
} catch .contextTerminated {}

print("Interrupted\n\(received) messages in, \(state.values.count) keys")
try context.terminate()
