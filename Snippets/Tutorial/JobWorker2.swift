import ZeroMQ

let context = try Context()
let jobs = try context.socket(.pull)
try jobs.set(.receiveHighWaterMark, to: 10)
try jobs.connect("tcp://127.0.0.1:5557")
let results = try context.socket(.push)
try results.connect("tcp://127.0.0.1:5558")
while true {
  let job = try jobs.receive()
  try results.send("done: \(job)")
}
