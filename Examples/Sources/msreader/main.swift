// Reading from two sockets in turn: takes what is there from each, then sleeps a little, until Ctrl-C.
//
// Tasks go before weather. The price is a delay of up to a millisecond for the first message; mspoller has none.
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

  while true {
    while let task = try receiver.receiveIfReady() { print("Task \(task)") }
    while let update = try subscriber.receiveIfReady() { print("Weather \(update)") }
    sleep(for: .milliseconds(1))
  }
} catch .contextTerminated {}

try context.terminate()
