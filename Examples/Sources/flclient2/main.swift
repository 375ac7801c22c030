// Freelance client, model 2: asks all servers at once, and takes the first reply.
//
// Run it with two or more flserver2.
// Arguments: the endpoints of the servers.
// Options: --requests, how many to make (10000); --timeout, how many milliseconds to wait for a reply (2500).
import Foundation
import GuideSupport
import ZeroMQ

printLineByLine()

guard !operands.isEmpty else {
  print("I: syntax: flclient2 <endpoint> ...")
  exit(0)
}
let timeout = option("timeout", default: .milliseconds(2500))
let requests = option("requests", default: 10_000)
let context = try Context(.init(blocky: false))  // Some of the servers may be dead.
try context.shutdownOnSignals()

do {
  let client = try context.socket(.dealer)
  for endpoint in operands { try client.connect(endpoint) }

  /// Sends a copy of a request to each server, and returns the first reply to it.
  func request(_ body: Message, number: Int) throws -> Message? {
    // A DEALER gives its servers one message each, in turn. It leaves out those that are full, which would block it if all were.
    for _ in operands where try !client.sendIfReady(["", Frame("\(number)")] + body) { break }
    let deadline = ContinuousClock.now + timeout
    while let reply = try client.receive(timeout: max(deadline - .now, .zero)) {  // ["", number, "OK"]
      if reply.count == 3 && reply[1] == Frame("\(number)") { return Message(reply[2]) }
      if deadline <= .now { break }
    }
    return nil
  }

  let clock = ContinuousClock()
  let start = clock.now
  var count = 0
  while count < requests {
    guard try request("random name", number: count + 1) != nil else {
      print("E: name service not available, aborting")
      break
    }
    count += 1
  }
  print("Average round trip cost: \(Int((clock.now - start) / .microseconds(1)) / max(count, 1)) usec")
} catch .contextTerminated {}

try context.terminate()
