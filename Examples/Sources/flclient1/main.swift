// Freelance client, model 1: asks one server three times, or several servers once each, in turn.
//
// Run it with one or more flserver1.
// Arguments: the endpoints of the servers.
// Option: --timeout, how many milliseconds to wait for a reply (1000).
import Foundation
import GuideSupport
import ZeroMQ

printLineByLine()

guard !operands.isEmpty else {
  print("I: syntax: flclient1 <endpoint> ...")
  exit(0)
}
let timeout = option("timeout", default: .milliseconds(1000))
let context = try Context(.init(blocky: false))  // A request that was given up must not hold up the end.
try context.shutdownOnSignals()

/// Asks a server on a new socket.
func request(_ body: Message, at endpoint: String) throws -> Message? {
  print("I: trying echo service at \(endpoint)...")
  let client = try context.socket(.req)
  try client.set(.linger, to: .zero)
  try client.connect(endpoint)
  try client.send(body)
  return try client.receive(timeout: timeout)
}

do {
  let tries = operands.count == 1 ? Array(repeating: operands[0], count: 3) : operands
  for endpoint in tries {
    if try request("Hello world", at: endpoint) != nil {
      print("Service is running OK")
      break
    }
    print("W: no response from \(endpoint)")
  }
} catch .contextTerminated {}

try context.terminate()
