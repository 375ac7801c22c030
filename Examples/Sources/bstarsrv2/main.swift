// Binary Star server with the reactor `BinaryStar`: as bstarsrv, but a primary that is started again first listens for its peer.
//
// Run it twice, with -p and with -b, and one or more bstarcli.
// Arguments and option: as bstarsrv.
import BinaryStar
import Foundation
import GuideSupport
import ZeroMQ

printLineByLine()

let isPrimary = hasFlag("-p")
guard isPrimary || hasFlag("-b") else {
  print("Usage: bstarsrv2 { -p | -b }")
  exit(0)
}
let context = try Context(.init(blocky: false))  // A client that is owed a reply may be gone.
try context.shutdownOnSignals()

do {
  let frontend = try context.socket(.router)
  try frontend.bind(argument(1, default: isPrimary ? "tcp://*:5001" : "tcp://*:5002"))
  let star = try BinaryStar(
    isPrimary ? .primary : .backup, in: context, publishingAt: argument(2, default: isPrimary ? "tcp://*:5003" : "tcp://*:5004"),
    peer: argument(3, default: isPrimary ? "tcp://127.0.0.1:5004" : "tcp://127.0.0.1:5003"),
    heartbeat: option("heartbeat", default: .milliseconds(1000)))
  print(isPrimary ? "I: primary, waiting for backup" : "I: backup, waiting for primary")
  star.onChange = { print("I: now \($0)") }
  star.serve(frontend) { try frontend.send(frontend.receive()) }
  try star.run()
} catch .contextTerminated {
} catch let fault as BinaryStarState.Fault {
  print("E: fatal error - \(fault), aborting")
  exit(1)
}

try context.terminate()
