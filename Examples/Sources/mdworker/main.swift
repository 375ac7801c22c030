// Majordomo worker (MDP/0.1): returns what it receives as the service "echo", until Ctrl-C. Start as many as you like.
//
// Run it with mdbroker and mdclient, mdclient2, or titanic and ticlient.
// Arguments: the endpoint of the broker, and the service's name (echo).
// Options: -v traces; --heartbeat, how many milliseconds there are between two heartbeats (2500); --reconnect, how many there are
// before it connects again to a dead broker (2500); --work, how many to work on a request (0).
import GuideSupport
import Majordomo
import ZeroMQ

printLineByLine()

let context = try Context(.init(blocky: false))  // The broker may be gone.
try context.shutdownOnSignals()

do {
  let worker = try MajordomoWorker(
    in: context, broker: argument(1, default: "tcp://127.0.0.1:5555"), service: Frame(argument(2, default: "echo")),
    heartbeat: option("heartbeat", default: .milliseconds(2500)), reconnectDelay: option("reconnect", default: .milliseconds(2500)),
    trace: hasFlag("-v") ? { print($0) } : nil)
  let work = option("work", default: .zero)
  while true {
    let request = try worker.receive()
    if work > .zero { try pause(in: context, for: work) }
    try worker.reply(request.body, to: request)  // Echo is complex…
  }
} catch .contextTerminated {}

try context.terminate()
