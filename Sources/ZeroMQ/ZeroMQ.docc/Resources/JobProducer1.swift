import ZeroMQ

let context = try Context()
let jobs = try context.socket(.push)
try jobs.bind("tcp://127.0.0.1:5557")
for number in 1...100 { try jobs.send("job \(number)") }
jobs.close()
try context.terminate()
