// Clone client, model 6: two servers, of which one is active; a thread keeps the state and changes servers when one falls silent, until
// Ctrl-C.
//
// Run it with clonesrv6 -p and clonesrv6 -b.
// Arguments: the address of the servers (tcp://127.0.0.1), the first ports of both (5556, 5566), milliseconds between updates of this
// client (1000), and how many milliseconds a server may be silent (5000).
import Clone
import GuideSupport
import ZeroMQ

printLineByLine()
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

do {
  let clone = try CloneClient(context, subtree: "/client/", patience: .milliseconds(argument(5, default: 5000)))
  let address = argument(1, default: "tcp://127.0.0.1")
  try clone.connect(to: address, port: argument(2, default: 5556))
  try clone.connect(to: address, port: argument(3, default: 5566))
  let timer = try context.socket(.pair)  // Receives nothing, but ends the pause when the context is shut down.
  while true {
    let update = KeyValue.random(under: "/client/")
    try clone.set(update.key, to: update.body, timeToLive: Int.random(in: 0..<30))
    try pause(timer, for: .milliseconds(argument(4, default: 1000)))
  }
} catch .contextTerminated {}

try context.terminate()
