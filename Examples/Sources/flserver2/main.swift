// Freelance server, model 2: replies OK to every numbered request, until Ctrl-C.
//
// Run it with flclient2, several times at different endpoints.
// Argument: the endpoint to bind.
import Foundation
import GuideSupport
import ZeroMQ

printLineByLine()

guard let endpoint = operands.first else {
  print("I: syntax: flserver2 <endpoint>")
  exit(0)
}
let context = try Context()
try context.shutdownOnSignals()

do {
  let server = try context.socket(.rep)
  try server.bind(endpoint)
  print("I: service is ready at \(endpoint)")
  while true {
    let request = try server.receive()  // [number, body]
    if request.count != 2 { print("E: not a request of two frames: \(request)") }
    try server.send([request[0], "OK"])
  }
} catch .contextTerminated {}

try context.terminate()
