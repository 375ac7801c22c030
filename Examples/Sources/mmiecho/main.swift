// Service lookup with MMI (RFC 8): asks the broker whether a service has workers.
//
// Run it with mdbroker, with and without mdworker.
// Arguments: the endpoint of the broker, and the service to look up (echo).
// Options: -v traces; --timeout, how many milliseconds to wait for a reply (2500).
import GuideSupport
import Majordomo
import ZeroMQ

printLineByLine()

let context = try Context(.init(blocky: false))  // A request that was given up must not hold up the end.
try context.shutdownOnSignals()

do {
  let client = try MajordomoClient(
    in: context, broker: argument(1, default: "tcp://127.0.0.1:5555"), timeout: option("timeout", default: .milliseconds(2500)),
    trace: hasFlag("-v") ? { print($0) } : nil)
  let service = argument(2, default: "echo")
  if let code = try client.request("mmi.service", Message(service)) {
    print("Lookup \(service) service: \(code)")  // 200 or 404
  } else {
    print("E: no response from broker, make sure it's running")
  }
} catch .contextTerminated {}

try context.terminate()
