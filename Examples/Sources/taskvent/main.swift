// Task ventilator: deals a batch of 100 tasks out to the workers that are connected to its PUSH socket.
//
// A task is a number of milliseconds to work. Run it with tasksink and any number of taskwork, or with tasksink2 and taskwork2;
// it waits for Enter, because workers that connect late would miss their share.
// Arguments: the endpoint to bind for workers, and that of the sink.
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()
let sender = try context.socket(.push)
try sender.bind(argument(1, default: "tcp://*:5557"))
let sink = try context.socket(.push)
try sink.connect(argument(2, default: "tcp://127.0.0.1:5558"))

printNow("Press Enter when the workers are ready: ")
_ = readLine()
print("Sending tasks to workers...")

// The sink's clock starts with this message.
try sink.send("0")

var cost = 0
for _ in 0..<100 {
  let workload = Int.random(in: 1...100)
  cost += workload
  try sender.send("\(workload)")
}
print("Total expected cost: \(cost) msec")

sink.close()
sender.close()
// Waits until the tasks have been taken.
try context.terminate()
