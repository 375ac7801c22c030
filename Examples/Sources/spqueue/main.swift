// Simple Pirate queue: gives each client's request to the worker that has been free for longest, without any reliability of its own.
//
// A request whose worker dies is lost here; the client asks again. Until Ctrl-C.
// Run it with one or more lpclient and spworker.
// Arguments: the endpoints to bind, for clients and for workers.
import GuideSupport
import ZeroMQ

/// The message with which a worker starts: the byte 1.
let workerReady: Message = "\u{1}"

printLineByLine()

let context = try Context(.init(blocky: false))  // Some of the workers that are owed a request may be gone.
try context.shutdownOnSignals()

do {
  let frontend = try context.socket(.router)
  try frontend.bind(argument(1, default: "tcp://*:5555"))
  let backend = try context.socket(.router)
  try backend.bind(argument(2, default: "tcp://*:5556"))

  /// The envelopes of the free workers, the one that has been free for longest first.
  var workers: [Message] = []
  var poller = Poller()
  poller.add(backend, for: .readable)
  poller.add(frontend, for: [])

  while true {
    // Without a free worker, requests wait in the socket.
    poller.change(frontend, to: workers.isEmpty ? [] : .readable)
    let ready = try poller.wait()

    if ready.contains(backend) {
      var reply = try backend.receive()  // [worker, "", READY] or [worker, "", client, "", body...]
      if let worker = reply.removeEnvelope() {
        workers.append(worker)
        if reply != workerReady { try frontend.send(reply) }
      }
    }
    if ready.contains(frontend) {
      try backend.send(workers.removeFirst() + frontend.receive())
    }
  }
} catch .contextTerminated {}

try context.terminate()
