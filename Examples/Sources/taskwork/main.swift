// Task worker: pulls tasks from the ventilator, works on each, and pushes an empty result to the sink, until Ctrl-C.
//
// Run it with taskvent and tasksink; the more workers, the sooner the batch is done.
// Arguments: the endpoints of the ventilator and of the sink.
import GuideSupport
import ZeroMQ

let context = try Context()
try context.shutdownOnSignals()

do {
  let receiver = try context.socket(.pull)
  try receiver.connect(argument(1, default: "tcp://127.0.0.1:5557"))
  let sender = try context.socket(.push)
  // Results for a sink that is gone do not keep the worker from ending.
  try sender.set(.linger, to: .seconds(1))
  try sender.connect(argument(2, default: "tcp://127.0.0.1:5558"))

  while true {
    let task = try receiver.receive()
    printNow("\(task).")  // Show progress.
    let workload = Int(String(decoding: task[0], as: UTF8.self)) ?? 0
    sleep(for: .milliseconds(workload))  // Do the work.
    try sender.send("")  // Send the result.
  }
} catch .contextTerminated {}

try context.terminate()
