// Clone server, model 6: one of a Binary Star pair. The passive one follows the active one, holds the updates of clients that the active
// one has not published, and publishes them when it takes over. Until Ctrl-C.
//
// Run it twice, with -p and with -b, and any number of clonecli6.
// Options: -p for the primary, -b for the backup; --port=5556 and --peer-port=5566, the first of three ports of this server and of its
// peer, for the backup the other way round; --star=5003 and --peer-star=5004, the ports of their heartbeats, likewise;
// --heartbeat=1000, milliseconds between them.
import BinaryStar
import Clone
import Foundation
import GuideSupport
import ZeroMQ

printLineByLine()
let isPrimary = hasFlag("-p")
guard isPrimary || hasFlag("-b") else {
  print("Usage: clonesrv6 { -p | -b }")
  exit(0)
}
let port = option("port", default: isPrimary ? 5556 : 5566)
let peerPort = option("peer-port", default: isPrimary ? 5566 : 5556)
let heartbeat = Duration.milliseconds(option("heartbeat", default: 1000))
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

/// Gets the state of the active peer; `nil` if it does not answer in time.
func copyState() throws -> CloneState? {
  let peer = try context.socket(.dealer)
  try peer.connect("tcp://127.0.0.1:\(peerPort)")
  try peer.send(["ICANHAZ?", ""])
  var state = CloneState(.full)
  while let message = try peer.receive(timeout: .seconds(2)) {
    guard state.addSnapshot(message) else { continue }
    print("I: received snapshot=\(state.sequence)")
    return state
  }
  return nil
}

do {
  let snapshots = try snapshotSocket(context, at: "tcp://*:\(port)")
  let publisher = try context.socket(.pub)
  try publisher.bind("tcp://*:\(port + 1)")
  let collector = try context.socket(.sub)
  try collector.subscribe(to: "")
  try collector.bind("tcp://*:\(port + 2)")
  let subscriber = try updateSocket(context, from: "tcp://127.0.0.1:\(peerPort + 1)")
  let star = try BinaryStar(
    isPrimary ? .primary : .backup, in: context, publishingAt: "tcp://*:\(option("star", default: isPrimary ? 5003 : 5004))",
    peer: "tcp://127.0.0.1:\(option("peer-star", default: isPrimary ? 5004 : 5003))", heartbeat: heartbeat)

  /// The state; `nil` in a passive server that has yet to copy it.
  var state: CloneState? = CloneState(.full)
  var pending = PendingUpdates()

  func publish(_ update: KeyValue, _ what: String) throws {
    try publisher.send(update.message(.full))
    print("I: publishing \(what)=\(update.sequence)")
  }

  func accept(_ update: KeyValue) throws {
    var current = state ?? CloneState(.full)
    let accepted = current.accept(update, now: millisecondsOfDay())
    state = current
    try publish(accepted, "update")
  }

  star.onChange = { change in
    print("I: now \(change)")
    switch change {
    case .active:
      for update in pending.updates { try accept(update) }
      pending = PendingUpdates()
    case .passive: state = nil
    case .primary, .backup: break
    }
  }
  star.serve(snapshots) { try (state ?? CloneState(.full)).answer(snapshots.receive()) { try snapshots.send($0) } }
  // The reactor keeps its handlers: one that kept the server would keep all sockets open forever.
  star.reactor.add(collector) { [unowned star] _ in
    guard let update = KeyValue(try collector.receive(), .full) else { return }
    if star.state.state == .active { try accept(update) } else { pending.add(update) }
  }
  star.reactor.add(subscriber) { [unowned star] _ in
    guard let update = KeyValue(try subscriber.receive(), .full), star.state.state == .passive else { return }
    if state == nil, let copy = try copyState() {
      state = copy
      pending.remove(in: copy)
    }
    guard update.key != "HUGZ" else { return }
    pending.markPublished(update)
    if state?.apply(update, now: millisecondsOfDay()) ?? false { print("I: received update=\(update.sequence)") }
  }
  star.reactor.schedule(after: heartbeat, repeating: true) { [unowned star] _ in
    try publisher.send(KeyValue(key: "HUGZ", sequence: state?.sequence ?? 0).message(.full))
    guard star.state.state == .active, var current = state else { return }
    let deletions = current.expire(now: millisecondsOfDay())
    state = current
    for deletion in deletions { try publish(deletion, "delete") }
  }
  print(isPrimary ? "I: primary, waiting for backup" : "I: backup, waiting for primary")
  try star.run()
} catch .contextTerminated {
} catch let fault as BinaryStarState.Fault {
  print("E: fatal error - \(fault), aborting")
  exit(1)
}

try context.terminate()
