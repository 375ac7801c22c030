import ZeroMQ

let context = try Context()
let results = try context.socket(.pull)
try results.bind("tcp://127.0.0.1:5558")
for _ in 1...100 { print(try results.receive()) }
