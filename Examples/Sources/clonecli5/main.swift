// Clone client, model 5: as model 4, with values that live for up to 29 seconds, until Ctrl-C.
//
// Run it with clonesrv5 or clonesrv5-async.
// Arguments: the endpoints of the server, for snapshots, for updates, and for updates of this client; milliseconds between those (1000).
import Clone
import GuideSupport
import ZeroMQ

printLineByLine()
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

do {
  try runUpdatingClient(
    context,
    endpoints: (
      argument(1, default: "tcp://127.0.0.1:5556"), argument(2, default: "tcp://127.0.0.1:5557"),
      argument(3, default: "tcp://127.0.0.1:5558")
    ),
    subtree: "/client/", .full, every: .milliseconds(argument(4, default: 1000))
  ) {
    var update = KeyValue.random(under: "/client/")
    update.properties["ttl"] = String(Int.random(in: 0..<30))
    return update
  }
} catch .contextTerminated {}

try context.terminate()
