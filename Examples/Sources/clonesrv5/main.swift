// Clone server, model 5: as model 4, with values that expire, in a reactor, until Ctrl-C.
//
// Run it with any number of clonecli5.
// Arguments: the endpoints to bind, for snapshots, for updates, and for the clients' updates.
import Clone
import GuideSupport
import ZeroMQ

printLineByLine()
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

do {
  let snapshots = try snapshotSocket(context, at: argument(1, default: "tcp://*:5556"))
  let publisher = try context.socket(.pub)
  try publisher.bind(argument(2, default: "tcp://*:5557"))
  let collector = try context.socket(.pull)
  try collector.bind(argument(3, default: "tcp://*:5558"))

  var state = CloneState(.full)
  let reactor = Reactor()
  reactor.add(snapshots) { _ in try state.answer(snapshots.receive()) { try snapshots.send($0) } }
  reactor.add(collector) { _ in
    guard let update = KeyValue(try collector.receive(), .full) else { return }
    try publisher.send(state.accept(update, now: millisecondsOfDay()).message(.full))
    print("I: publishing update=\(state.sequence)")
  }
  reactor.schedule(after: .seconds(1), repeating: true) { _ in
    for deletion in state.expire(now: millisecondsOfDay()) {
      try publisher.send(deletion.message(.full))
      print("I: publishing delete=\(deletion.sequence)")
    }
  }
  try reactor.run()
} catch .contextTerminated {}

try context.terminate()
