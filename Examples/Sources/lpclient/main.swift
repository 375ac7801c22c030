// Lazy Pirate client: asks again when no reply comes, and gives up after three tries instead of waiting forever.
//
// A REQ that waits for a reply cannot send, so that each further try has a new socket. The old one is closed with its request.
// Run it with lpserver, or with spqueue or ppqueue and their workers.
// Argument: the endpoint of the server.
// Options: --timeout, how many milliseconds to wait for a reply (2500); --tries, how often to ask before giving up (3).
import GuideSupport
import ZeroMQ

printLineByLine()

let endpoint = argument(1, default: "tcp://127.0.0.1:5555")
let timeout = option("timeout", default: .milliseconds(2500))
let tries = option("tries", default: 3)
let context = try Context(.init(blocky: false))  // A request that was given up must not hold up the end.
try context.shutdownOnSignals()

/// Sends a request on a new socket.
func ask(_ request: Message) throws -> ReqSocket {
  let client = try context.socket(.req)
  try client.set(.linger, to: .zero)
  try client.connect(endpoint)
  try client.send(request)
  return client
}

do {
  print("I: connecting to server...")
  var number = 1
  var triesLeft = tries
  var client = try ask("\(number)")

  while true {
    if try client.wait(for: .readable, timeout: timeout).contains(.readable) {
      let reply = try client.receive()
      guard reply == Message("\(number)") else {
        // The socket has nothing more to receive now, so that the next wait ends with its timeout.
        print("E: malformed reply from server: \(reply)")
        continue
      }
      print("I: server replied OK (\(reply))")
      triesLeft = tries
      number += 1
      try client.send("\(number)")
    } else {
      triesLeft -= 1
      guard triesLeft > 0 else { break }
      print("W: no response from server, reconnecting...")
      client.close()
      client = try ask("\(number)")
    }
  }
  print("E: server seems to be offline, abandoning")
} catch .contextTerminated {}

try context.terminate()
