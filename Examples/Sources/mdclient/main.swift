// Majordomo client (MDP/0.1): sends one request after the other, and asks again when no reply comes.
//
// Run it with mdbroker and mdworker.
// Arguments: the endpoint of the broker, how many requests to send (100000), and to which service (echo).
// Options: -v traces; --timeout, how many milliseconds to wait for a reply (2500); --tries, how often to ask (3).
import GuideSupport
import Majordomo
import ZeroMQ

printLineByLine()

let service = Frame(argument(3, default: "echo"))
let context = try Context(.init(blocky: false))  // A request that was given up must not hold up the end.
try context.shutdownOnSignals()

var count = 0
do {
  let client = try MajordomoClient(
    in: context, broker: argument(1, default: "tcp://127.0.0.1:5555"), timeout: option("timeout", default: .milliseconds(2500)),
    tries: option("tries", default: 3), trace: hasFlag("-v") ? { print($0) } : nil)
  for _ in 0..<argument(2, default: 100_000) {
    guard try client.request(service, "Hello world") != nil else { break }
    count += 1
  }
} catch .contextTerminated {}
print("\(count) requests/replies processed")

try context.terminate()
