// Binary Star client: asks one server of the pair, and the other one when no reply comes.
//
// A client's request is what makes the passive server take over. Until Ctrl-C.
// Run it with a pair of bstarsrv or bstarsrv2.
// Arguments: the endpoints of the primary and of the backup.
// Options: --timeout, how many milliseconds to wait for a reply (1000); --delay, how many before asking the other server, which must be
// more than two of the servers' heartbeats (2000); --interval, how many between a reply and the next request (1000).
import GuideSupport
import ZeroMQ

printLineByLine()

let servers = [argument(1, default: "tcp://127.0.0.1:5001"), argument(2, default: "tcp://127.0.0.1:5002")]
let timeout = option("timeout", default: .milliseconds(1000))
let delay = option("delay", default: .milliseconds(2000))
let interval = option("interval", default: .milliseconds(1000))
let context = try Context(.init(blocky: false))  // A request that was given up must not hold up the end.
try context.shutdownOnSignals()

/// A new socket for each try: a REQ that waits for a reply cannot send.
func connect(to server: String) throws -> ReqSocket {
  print("I: connecting to server at \(server)...")
  let client = try context.socket(.req)
  try client.set(.linger, to: .zero)
  try client.connect(server)
  return client
}

do {
  var server = 0
  var client = try connect(to: servers[server])
  for number in 1... {
    try client.send("\(number)")
    while true {
      if try client.wait(for: .readable, timeout: timeout).contains(.readable) {
        let reply = try client.receive()
        if reply == Message("\(number)") {
          print("I: server replied OK (\(reply))")
          try pause(in: context, for: interval)
          break
        }
        // The socket has nothing more to receive now, so that the next wait ends with its timeout.
        print("E: bad reply from server: \(reply)")
      } else {
        print("W: no response from server, failing over")
        client.close()
        try pause(in: context, for: delay)
        server = 1 - server
        client = try connect(to: servers[server])
        try client.send("\(number)")
      }
    }
  }
} catch .contextTerminated {}

try context.terminate()
