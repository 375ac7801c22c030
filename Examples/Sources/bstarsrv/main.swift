// Binary Star server: one of a pair of which one serves, and the other takes over when it dies.
//
// The decisions are `BinaryStarState`'s; here is the loop over the sockets. A primary that is started again serves at once, also if its
// backup is active; bstarsrv2 waits until it knows.
// Run it twice, with -p and with -b, and one or more bstarcli.
// Arguments: the endpoints to bind, for clients (tcp://*:5001 with -p, tcp://*:5002 with -b) and for the server's state (tcp://*:5003,
// tcp://*:5004), and the endpoint of the peer's state (tcp://127.0.0.1:5004, tcp://127.0.0.1:5003).
// Option: --heartbeat, how many milliseconds there are between two messages to the peer (1000).
import BinaryStar
import Foundation
import GuideSupport
import ZeroMQ

printLineByLine()

let isPrimary = hasFlag("-p")
guard isPrimary || hasFlag("-b") else {
  print("Usage: bstarsrv { -p | -b }")
  exit(0)
}
let interval = option("heartbeat", default: .milliseconds(1000))
let context = try Context(.init(blocky: false))  // A client that is owed a reply may be gone.
try context.shutdownOnSignals()

do {
  let frontend = try context.socket(.router)
  try frontend.bind(argument(1, default: isPrimary ? "tcp://*:5001" : "tcp://*:5002"))
  let publisher = try context.socket(.pub)
  try publisher.bind(argument(2, default: isPrimary ? "tcp://*:5003" : "tcp://*:5004"))
  let subscriber = try context.socket(.sub)
  try subscriber.subscribe(to: "")
  try subscriber.connect(argument(3, default: isPrimary ? "tcp://127.0.0.1:5004" : "tcp://127.0.0.1:5003"))
  print(isPrimary ? "I: primary, waiting for backup" : "I: backup, waiting for primary")

  var star = BinaryStarState(isPrimary ? .primary : .backup, heartbeat: interval, primaryServesAtOnce: true)
  var nextState = ContinuousClock.now + interval
  var poller = Poller()
  poller.add(frontend, for: .readable)
  poller.add(subscriber, for: .readable)

  while true {
    let ready = try poller.wait(timeout: max(nextState - .now, .zero))
    let previous = star.state
    if ready.contains(frontend) {
      let request = try frontend.receive()
      if star.mayServe() { try frontend.send(request) }
    }
    if ready.contains(subscriber), let peer = Int("\(try subscriber.receive())").flatMap(BinaryStarState.State.init) {
      _ = try star.receive(peer)
    }
    if star.state != previous { print("I: now \(star.state)") }
    if nextState <= .now {
      try publisher.send("\(star.state.rawValue)")
      nextState = .now + interval
    }
  }
} catch .contextTerminated {
} catch let fault as BinaryStarState.Fault {
  print("E: fatal error - \(fault), aborting")
  exit(1)
}

try context.terminate()
