// Suicidal Snail: a subscriber that cannot keep up with its publisher ends itself, rather than deliver stale data.
//
// Run it alone, or with another subscriber.
// Arguments: the endpoint to bind; how many milliseconds a message may be late (1000); how long to work on each one at the most (2 ms).
import GuideSupport
import ZeroMQ

/// Sends the time of day every millisecond, until main says that it is enough.
func publish(_ context: Context, at endpoint: String) throws {
  let pipe = try context.socket(.pair)
  try pipe.connect("inproc://publisher")
  let publisher = try context.socket(.pub)
  try publisher.bind(endpoint)
  try pipe.send("BOUND")
  while try pipe.receive(timeout: .milliseconds(1)) == nil { try publisher.send("\(millisecondsOfDay())") }
}

/// Works on each message, until one is too late.
func subscribe(_ context: Context, to endpoint: String, allowing limit: Int, working longest: Int) throws {
  let pipe = try context.socket(.pair)
  try pipe.connect("inproc://subscriber")
  let subscriber = try context.socket(.sub)
  try subscriber.subscribe(to: "")
  try subscriber.connect(endpoint)
  while true {
    let message = try subscriber.receive()
    let sent = Int(String(decoding: message[0], as: UTF8.self)) ?? 0
    if millisecondsOfDay() - sent > limit {
      print("E: subscriber cannot keep up, aborting")
      return try pipe.send("gone and died")
    }
    sleep(for: .milliseconds(Int.random(in: 1...max(longest, 1))))
  }
}

printLineByLine()

let endpoint = argument(1, default: "tcp://*:5556")
let (limit, longest) = (argument(2, default: 1000), argument(3, default: 2))
let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

do {
  let publisherPipe = try context.socket(.pair)
  try publisherPipe.bind("inproc://publisher")
  let subscriberPipe = try context.socket(.pair)
  try subscriberPipe.bind("inproc://subscriber")
  let publisher = GuideThread { try publish(context, at: endpoint) }
  _ = try publisherPipe.receive()
  let subscriber = GuideThread { try subscribe(context, to: reachable(endpoint), allowing: limit, working: longest) }

  _ = try subscriberPipe.receive()
  try publisherPipe.send("break")
  subscriber.join()
  publisher.join()
} catch .contextTerminated {}

try context.terminate()
