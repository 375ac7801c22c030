// Hello World client with a broker in between: sends "Hello" ten times, and prints each reply.
//
// Run it with rrbroker or msgqueue, and rrworker.
// Argument: the endpoint to connect to.
import GuideSupport
import ZeroMQ

printLineByLine()

let context = try Context()
let requester = try context.socket(.req)
try requester.connect(argument(1, default: "tcp://127.0.0.1:5559"))

for number in 0..<10 {
  try requester.send("Hello")
  let reply = try requester.receive()
  print("Received reply \(number) [\(reply)]")
}

requester.close()
try context.terminate()
