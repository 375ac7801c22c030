// Task sink: pulls the results of a batch of 100 tasks from all workers, and shows how long they took together.
//
// Run it with taskvent and any number of taskwork.
// Argument: the endpoint to bind.
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()
let receiver = try context.socket(.pull)
try receiver.bind(argument(1, default: "tcp://*:5558"))

// The ventilator says that the batch starts.
_ = try receiver.receive()
let start = ContinuousClock.now

for number in 0..<100 {
  _ = try receiver.receive()
  printNow(number.isMultiple(of: 10) ? ":" : ".")
}
let elapsed = ContinuousClock.now - start
print("Total elapsed time: \(Int(elapsed / .milliseconds(1))) msec")

receiver.close()
try context.terminate()
