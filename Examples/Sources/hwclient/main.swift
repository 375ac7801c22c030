// Hello World client: a REQ socket that sends "Hello" and waits for the reply, ten times.
//
// Run it with hwserver.
// Argument: the endpoint to connect to.
import GuideSupport
import ZeroMQ

printLineByLine()

print("Connecting to hello world server...")
let context = try Context()
let requester = try context.socket(.req)
try requester.connect(argument(1, default: "tcp://127.0.0.1:5555"))

for number in 0..<10 {
  print("Sending Hello \(number)...")
  try requester.send("Hello")
  let reply = try requester.receive()
  print("Received \(reply) \(number)")
}

requester.close()
try context.terminate()
