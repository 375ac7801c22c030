// Publisher of messages with an envelope: a first frame with the key that subscribers match. Runs until Ctrl-C.
//
// Run it with psenvsub.
// Arguments: the endpoint to bind, and how many milliseconds to wait between two rounds (1000).
import GuideSupport
import ZeroMQ

let pause = Duration.milliseconds(argument(2, default: 1000))
let context = try Context()
try context.shutdownOnSignals()

do {
  let publisher = try context.socket(.pub)
  try publisher.bind(argument(1, default: "tcp://*:5563"))

  while true {
    try publisher.send("A", "We don't want to see this")
    try publisher.send("B", "We would like to see this")
    sleep(for: pause)
  }
} catch .contextTerminated {}

try context.terminate()
