// How to handle Ctrl-C: the signal shuts the context down, the blocked call throws, and the program cleans up.
//
// Run it alone and press Ctrl-C, or with hwclient.
// Argument: the endpoint to bind.
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()
let socket = try context.socket(.rep)
try socket.bind(argument(1, default: "tcp://*:5555"))
try context.shutdownOnSignals()  // SIGINT, which is Ctrl-C, and SIGTERM

do {
  while true {
    let request = try socket.receive()
    print("W: recv")
    try socket.send(request)
  }
} catch .contextTerminated {
  print("W: interrupt received, killing server...")
}

print("W: cleaning up")
socket.close()
try context.terminate()
