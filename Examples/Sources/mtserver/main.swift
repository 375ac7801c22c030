// Multithreaded Hello World server: a proxy shares the requests out among five worker threads, until Ctrl-C.
//
// Run it with one or more hwclient.
// Arguments: the endpoint to bind, and how many milliseconds to work on each request (1000).
import Foundation
import GuideSupport
import ZeroMQ

/// A worker thread: its socket is its own, only the context is shared.
func work(in context: Context, for duration: Duration) {
  do {
    let receiver = try context.socket(.rep)
    try receiver.connect("inproc://workers")
    while true {
      let request = try receiver.receive()
      print("Received request: [\(request)]")
      sleep(for: duration)
      try receiver.send("World")
    }
  } catch .contextTerminated {
  } catch {
    preconditionFailure("\(error)")
  }
}

printLineByLine()

let duration = Duration.milliseconds(argument(2, default: 1000))
let context = try Context()
let clients = try context.socket(.router)
try clients.bind(argument(1, default: "tcp://*:5555"))
let workers = try context.socket(.dealer)
try workers.bind("inproc://workers")

for _ in 0..<5 {
  Thread.detachNewThread { work(in: context, for: duration) }
}

// Returns when a signal has shut the context down.
try context.shutdownOnSignals()
try proxy(frontend: clients, backend: workers)

clients.close()
workers.close()
try context.terminate()  // waits for the workers to close their sockets
