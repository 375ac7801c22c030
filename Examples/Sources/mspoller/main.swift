// Reading from two sockets with a Poller, which waits until either has a message, until Ctrl-C.
//
// Run it with wuserver and taskvent, which needs a tasksink for its start signal.
// Arguments: the endpoints of the ventilator and of the weather server, and what weather updates begin with ("10001 ").
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()
try context.shutdownOnSignals()

do {
  let receiver = try context.socket(.pull)
  try receiver.connect(argument(1, default: "tcp://127.0.0.1:5557"))
  let subscriber = try context.socket(.sub)
  try subscriber.connect(argument(2, default: "tcp://127.0.0.1:5556"))
  try subscriber.subscribe(to: argument(3, default: "10001 "))

  var poller = Poller()
  poller.add(receiver, for: .readable)
  poller.add(subscriber, for: .readable)

  while true {
    let ready = try poller.wait()
    if ready.contains(receiver) { print("Task \(try receiver.receive())") }
    if ready.contains(subscriber) { print("Weather \(try subscriber.receive())") }
  }
} catch .contextTerminated {}

try context.terminate()
