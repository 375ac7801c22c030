// Majordomo client (MDP/0.1): sends all of its requests before it receives the replies, several times as fast as mdclient.
//
// Run it with mdbroker and mdworker.
// Arguments: the endpoint of the broker, how many requests to send (100000), and to which service (echo).
// Options: -v traces; --timeout, how many milliseconds to wait for a reply (2500).
import GuideSupport
import Majordomo
import ZeroMQ

printLineByLine()

let requests = argument(2, default: 100_000)
let service = Frame(argument(3, default: "echo"))
let timeout = option("timeout", default: .milliseconds(2500))
let context = try Context(.init(blocky: false))  // Nobody may be there to take the requests.
try context.shutdownOnSignals()

var count = 0
do {
  let client = try MajordomoPipeline(
    in: context, broker: argument(1, default: "tcp://127.0.0.1:5555"), trace: hasFlag("-v") ? { print($0) } : nil)
  for _ in 0..<requests { try client.send("Hello world", to: service) }
  while try count < requests && client.receive(timeout: timeout) != nil { count += 1 }
} catch .contextTerminated {}
print("\(count) replies received")

try context.terminate()
