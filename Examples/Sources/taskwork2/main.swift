// Task worker that can be stopped: like taskwork, and it ends at any message that the sink publishes.
//
// Run it with taskvent and tasksink2.
// Arguments: the endpoints of the ventilator, of the sink, and of the sink's control messages.
import GuideSupport
import ZeroMQ

let context = try Context()
let receiver = try context.socket(.pull)
try receiver.connect(argument(1, default: "tcp://127.0.0.1:5557"))
let sender = try context.socket(.push)
try sender.connect(argument(2, default: "tcp://127.0.0.1:5558"))
let controller = try context.socket(.sub)
try controller.connect(argument(3, default: "tcp://127.0.0.1:5559"))
try controller.subscribe(to: "")

var poller = Poller()
poller.add(receiver, for: .readable)
poller.add(controller, for: .readable)

while true {
  let ready = try poller.wait()
  if ready.contains(receiver) {
    let task = try receiver.receive()
    printNow("\(task).")  // Show progress.
    let workload = Int(String(decoding: task[0], as: UTF8.self)) ?? 0
    sleep(for: .milliseconds(workload))  // Do the work.
    try sender.send("")  // Send the result.
  }
  if ready.contains(controller) { break }
}

receiver.close()
sender.close()
controller.close()
try context.terminate()
