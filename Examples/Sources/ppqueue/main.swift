// Paranoid Pirate queue: as spqueue, but with heartbeats both ways, so that a worker that has gone silent gets no request.
//
// A request whose worker dies while it works is lost here; the client asks again. Until Ctrl-C.
// Run it with one or more lpclient and ppworker.
// Arguments: the endpoints to bind, for clients and for workers.
// Option: --heartbeat, how many milliseconds there are between two heartbeats (1000); three of them make a silent worker dead.
import GuideSupport
import ZeroMQ

let ready: Frame = [0x01]
let heartbeat: Frame = [0x02]

/// The free workers, the one that was heard of last at the end.
struct Workers {
  private var deadlines: [(id: Frame, deadline: ContinuousClock.Instant)] = []

  var isEmpty: Bool { deadlines.isEmpty }
  var ids: [Frame] { deadlines.map(\.id) }

  mutating func append(_ id: Frame, until deadline: ContinuousClock.Instant) {
    deadlines.removeAll { $0.id == id }
    deadlines.append((id, deadline))
  }

  mutating func removeFirst() -> Frame { deadlines.removeFirst().id }

  mutating func removeDead() {
    deadlines.removeAll { $0.deadline <= .now }
  }
}

printLineByLine()

let interval = option("heartbeat", default: .milliseconds(1000))
let context = try Context(.init(blocky: false))  // Some of the workers that are owed a heartbeat may be gone.
try context.shutdownOnSignals()

do {
  let frontend = try context.socket(.router)
  try frontend.bind(argument(1, default: "tcp://*:5555"))
  let backend = try context.socket(.router)
  try backend.bind(argument(2, default: "tcp://*:5556"))

  var workers = Workers()
  let reactor = Reactor()

  reactor.add(backend) { reactor in
    // [worker, READY], [worker, HEARTBEAT] or [worker, client, "", body...]: workers are DEALERs, which add no empty frame.
    var message = try backend.receive()
    workers.append(message.removeFirst(), until: .now + interval * 3)
    reactor.change(frontend, to: .readable)
    if message.count > 1 {
      try frontend.send(message)
    } else if message != Message(ready) && message != Message(heartbeat) {
      print("E: invalid message from worker: \(message)")
    }
  }
  reactor.add(frontend, for: []) { reactor in
    workers.removeDead()
    if !workers.isEmpty { try backend.send([workers.removeFirst()] + frontend.receive()) }
    // Without a free worker, requests wait in the socket.
    if workers.isEmpty { reactor.change(frontend, to: []) }
  }
  reactor.schedule(after: interval, repeating: true) { reactor in
    workers.removeDead()
    if workers.isEmpty { reactor.change(frontend, to: []) }
    for worker in workers.ids { try backend.send([worker, heartbeat]) }
  }
  try reactor.run()
} catch .contextTerminated {}

try context.terminate()
