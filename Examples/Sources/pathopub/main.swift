// Pathological publisher: sends a thousand topics at once, and then one random topic a second, until Ctrl-C.
//
// Run it with pathosub; with lvcache in between, subscribers that come late get the last value of their topic.
// Arguments: the endpoint to bind, milliseconds before the first topics (1000), milliseconds between the later ones (1000).
import GuideSupport
import ZeroMQ

func topic(_ number: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: 3 - digits.count) + digits
}

let context = try Context(.init(blocky: false))
try context.shutdownOnSignals()

do {
  let publisher = try context.socket(.pub)
  try publisher.bind(argument(1, default: "tcp://*:5556"))
  try pause(publisher, for: .milliseconds(argument(2, default: 1000)))  // for the first subscribers

  for number in 0..<1000 { try publisher.send([Frame(topic(number)), "Save Roger"]) }
  while true {
    try pause(publisher, for: .milliseconds(argument(3, default: 1000)))
    try publisher.send([Frame(topic(.random(in: 0..<1000))), "Off with his head!"])
  }
} catch .contextTerminated {}

try context.terminate()
