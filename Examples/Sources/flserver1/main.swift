// Freelance server, model 1: an echo service, until Ctrl-C.
//
// Run it with flclient1, once or several times at other endpoints.
// Argument: the endpoint to bind.
import Foundation
import GuideSupport
import ZeroMQ

printLineByLine()

guard let endpoint = operands.first else {
  print("I: syntax: flserver1 <endpoint>")
  exit(0)
}
let context = try Context()
try context.shutdownOnSignals()

do {
  let server = try context.socket(.rep)
  try server.bind(endpoint)
  print("I: echo service is ready at \(endpoint)")
  while true { try server.send(server.receive()) }
} catch .contextTerminated {}

try context.terminate()
