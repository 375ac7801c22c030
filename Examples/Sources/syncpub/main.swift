// Synchronized publisher: waits until all subscribers are there, then sends them a million updates, and END.
//
// Run it with ten syncsub.
// Arguments: the endpoints to bind, for updates and for synchronization; how many subscribers to wait for (10), and how many
// updates to send (1000000).
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()

// Subscribers that lag behind must not lose updates: room for all of them.
let publisher = try context.socket(.pub)
try publisher.set(.sendHighWaterMark, to: 1_100_000)
try publisher.bind(argument(1, default: "tcp://*:5561"))

let syncService = try context.socket(.rep)
try syncService.bind(argument(2, default: "tcp://*:5562"))

print("Waiting for subscribers")
for _ in 0..<argument(3, default: 10) {
  _ = try syncService.receive()
  try syncService.send("")
}

print("Broadcasting messages")
for _ in 0..<argument(4, default: 1_000_000) {
  try publisher.send("Rhubarb")
}
try publisher.send("END")

publisher.close()
syncService.close()
try context.terminate()
