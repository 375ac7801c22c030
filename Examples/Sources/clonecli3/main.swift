// Clone client, model 3: takes a snapshot, follows the updates, and sends one of its own a second, until Ctrl-C.
//
// Run it with clonesrv3.
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
    subtree: nil, .simple, every: .milliseconds(argument(4, default: 1000))
  ) { .random() }
} catch .contextTerminated {}

try context.terminate()
