import ZeroMQ

let context = try Context()
let jobs = try context.socket(.pull)
try jobs.connect("tcp://127.0.0.1:5557")
while true {
  let job = try jobs.receive()
  print("working on \(job)")
}
