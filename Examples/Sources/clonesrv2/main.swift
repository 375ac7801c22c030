// Clone server, model 2: publishes random updates at full speed; a thread keeps the state and sends snapshots of it, until Ctrl-C.
//
// Run it with any number of clonecli2.
// Arguments: the endpoints to bind, for snapshots and for updates.
import Clone
import GuideSupport
import ZeroMQ

/// Keeps the state that main publishes, and answers those who ask for it.
func manageState(_ context: Context, at endpoint: String) throws {
  let updates = try context.socket(.pair)
  try updates.connect("inproc://updates")
  let snapshots = try snapshotSocket(context, at: endpoint)
  try updates.send("READY")

  var state = CloneState(.simple)
  var poller = Poller()
  poller.add(updates, for: .readable)
  poller.add(snapshots, for: .readable)
  while true {
    for event in try poller.wait() {
      if event.concerns(updates) {
        if let update = KeyValue(try updates.receive(), .simple) { _ = state.apply(update) }
      } else {
        try state.answer(snapshots.receive()) { try snapshots.send($0) }
      }
    }
  }
}

printLineByLine()
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

do {
  let publisher = try context.socket(.pub)
  try publisher.bind(argument(2, default: "tcp://*:5557"))
  let manager = try context.socket(.pair)
  try manager.bind("inproc://updates")
  _ = GuideThread { try manageState(context, at: argument(1, default: "tcp://*:5556")) }
  _ = try manager.receive()

  var sequence: UInt64 = 0
  while true {
    sequence += 1
    var update = KeyValue.random()
    update.sequence = sequence
    let message = update.message(.simple)
    try publisher.send(message)
    try manager.send(message)
  }
} catch .contextTerminated {}

try context.terminate()
