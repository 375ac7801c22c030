// Paranoid Pirate worker: exchanges heartbeats with its queue, and connects anew when the queue has gone silent.
//
// It crashes or is overloaded now and then, after three requests.
// Run it with ppqueue and lpclient; start as many as you like.
// Argument: the endpoint of the queue.
// Options: --heartbeat, how many milliseconds there are between two heartbeats (1000); --reconnect and --longest, how many there are
// before the first attempt to reconnect (1000) and, doubled each time, before a later one at most (32000); --work, how many to work on
// a request (1000); --crash and --overload, one in how many requests has that effect (5), 0 for none; --delay, how many milliseconds
// an overload takes (3000).
import GuideSupport
import ZeroMQ

let ready: Frame = [0x01]
let heartbeat: Frame = [0x02]

printLineByLine()

let endpoint = argument(1, default: "tcp://127.0.0.1:5556")
let interval = option("heartbeat", default: .milliseconds(1000))
let firstDelay = option("reconnect", default: .milliseconds(1000))
let longestDelay = option("longest", default: .milliseconds(32_000))
let context = try Context(.init(blocky: false))  // The queue may be gone.
try context.shutdownOnSignals()

/// A new connection, on which the queue learns that the worker is free.
func connect() throws -> DealerSocket {
  let worker = try context.socket(.dealer)
  try worker.set(.linger, to: .zero)
  try worker.connect(endpoint)
  print("I: worker ready")
  try worker.send(ready)
  return worker
}

do {
  var worker = try connect()
  /// How many more silent intervals the queue has before it counts as dead.
  var liveness = 3
  var delay = firstDelay
  var nextHeartbeat = ContinuousClock.now + interval
  var cycle = 0

  while true {
    if let message = try worker.receive(timeout: interval) {
      if message.count > 1 && message.contains(where: \.isEmpty) {  // [client, "", body...]
        cycle += 1
        if cycle > 3 && once(in: option("crash", default: 5)) {
          print("I: simulating a crash")
          break
        } else if cycle > 3 && once(in: option("overload", default: 5)) {
          print("I: simulating CPU overload")
          try pause(in: context, for: option("delay", default: .milliseconds(3000)))
        }
        print("I: normal reply")
        try worker.send(message)
        try pause(in: context, for: option("work", default: .milliseconds(1000)))  // Do some heavy work.
      } else if message != Message(heartbeat) {
        print("E: invalid message: \(message)")
      }
      liveness = 3
      delay = firstDelay
    } else {
      liveness -= 1
      if liveness == 0 {
        print("W: heartbeat failure, can't reach queue; reconnecting in \(Int(delay / .milliseconds(1))) msec...")
        try pause(in: context, for: delay)
        delay = min(delay * 2, longestDelay)
        worker.close()
        worker = try connect()
        liveness = 3
      }
    }
    if nextHeartbeat <= .now {
      print("I: worker heartbeat")
      try worker.send(heartbeat)
      nextHeartbeat = .now + interval
    }
  }
} catch .contextTerminated {}

try context.terminate()
