import ZeroMQ

let context = try Context()
let broker = try context.socket(.dealer)
try broker.connect("tcp://127.0.0.1:5556")
try broker.send("READY")
while true {
  // Every second without a job, the worker says that it is alive.
  guard let job = try broker.receive(timeout: .seconds(1)) else {
    try broker.send("READY")
    continue
  }
  try broker.send(["DONE"] + job)
}
