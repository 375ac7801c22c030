// Subscriber to messages with an envelope: prints key and contents of those with the key B, until Ctrl-C.
//
// Run it with psenvpub.
// Argument: the endpoint to connect to.
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()
try context.shutdownOnSignals()

do {
  let subscriber = try context.socket(.sub)
  try subscriber.connect(argument(1, default: "tcp://127.0.0.1:5563"))
  try subscriber.subscribe(to: "B")

  while true {
    var contents = try subscriber.receive()
    let address = contents.removeFirst()
    print("[\(address)] \(contents)")
  }
} catch .contextTerminated {}

try context.terminate()
