// Pathological subscriber: subscribes to one random topic of a thousand, and prints what it receives, until Ctrl-C.
//
// Run it with pathopub, or with lvcache at tcp://127.0.0.1:5558.
// Arguments: the endpoint of the publisher to connect to, the topic (three random digits).
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()
try context.shutdownOnSignals()

do {
  let subscriber = try context.socket(.sub)
  let digits = (0..<3).map { _ in String(Int.random(in: 0...9)) }.joined()
  try subscriber.subscribe(to: argument(2, default: digits))
  try subscriber.connect(argument(1, default: "tcp://127.0.0.1:5556"))
  while true {
    let message = try subscriber.receive()
    if message.count == 2 { print(message[1]) }
  }
} catch .contextTerminated {}

try context.terminate()
