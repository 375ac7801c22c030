// Task sink that stops the workers: like tasksink, and after the batch it publishes a message at which they all end.
//
// Run it with taskvent and any number of taskwork2.
// Arguments: the endpoints to bind, for results and for control messages.
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()
let receiver = try context.socket(.pull)
try receiver.bind(argument(1, default: "tcp://*:5558"))
let controller = try context.socket(.pub)
try controller.bind(argument(2, default: "tcp://*:5559"))

// The ventilator says that the batch starts.
_ = try receiver.receive()
let start = ContinuousClock.now

for number in 0..<100 {
  _ = try receiver.receive()
  printNow(number.isMultiple(of: 10) ? ":" : ".")
}
let elapsed = ContinuousClock.now - start
print("Total elapsed time: \(Int(elapsed / .milliseconds(1))) msec")

try controller.send("KILL")

receiver.close()
controller.close()
try context.terminate()
