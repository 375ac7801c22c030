import ZeroMQ

let context = try Context()
try context.shutdownOnSignals()
let jobs = try context.socket(.pull)
try jobs.bind("tcp://127.0.0.1:5557")
let workers = try context.socket(.router)
try workers.set(.linger, to: .seconds(5))
try workers.bind("tcp://127.0.0.1:5556")

/// When each worker that is free was heard last.
var ready: [Frame: ContinuousClock.Instant] = [:]
var poller = Poller()
poller.add(workers, for: .readable)
poller.add(jobs, for: .readable)
do {
  while true {
    for event in try poller.wait(timeout: .seconds(1)) {
      if event.concerns(workers) {
        let message = try workers.receive()
        ready[message[0]] = .now
        if message[1] == "DONE" { print("done: \(message[2])") }
      } else if event.concerns(jobs), let worker = ready.keys.first {
        ready[worker] = nil
        try workers.send([worker] + jobs.receive())
      }
    }
    // A worker that was silent for three seconds gets no job.
    ready = ready.filter { $0.value.duration(to: .now) < .seconds(3) }
    // Jobs wait in their queue while no worker is free.
    poller.change(jobs, to: ready.isEmpty ? [] : .readable)
  }
} catch .contextTerminated {}
jobs.close()
workers.close()
try context.terminate()
