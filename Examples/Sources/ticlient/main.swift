// Titanic client (TSP, RFC 9): stores a request for the service "echo", looks for its reply until it is there, and closes the request.
//
// The client may end in between; all that it needs is the request's UUID.
// Run it with mdbroker, titanic and mdworker.
// Argument: the endpoint of the broker.
// Options: -v traces; --timeout, how many milliseconds to wait for a reply of Titanic (2500); --retry, how many there are before it
// looks again (5000).
import Foundation
import GuideSupport
import Majordomo
import ZeroMQ

printLineByLine()

let retry = option("retry", default: .milliseconds(5000))
let context = try Context(.init(blocky: false))  // A request that was given up must not hold up the end.
try context.shutdownOnSignals()

do {
  let client = try MajordomoClient(
    in: context, broker: argument(1, default: "tcp://127.0.0.1:5555"), timeout: option("timeout", default: .milliseconds(2500)),
    trace: hasFlag("-v") ? { print($0) } : nil)

  /// Calls one of Titanic's services.
  ///
  /// - Returns: The reply without its status; `nil` if it is not there yet.
  func call(_ service: Frame, _ body: Message) throws -> Message? {
    guard let reply = try client.request(service, body) else {
      print("E: no response from broker, make sure it's running")
      exit(0)
    }
    switch reply.first {
    case TitanicStatus.ok: return Message(reply.dropFirst())
    case TitanicStatus.unknown:
      print("E: client fatal error, aborting")
      exit(1)
    case TitanicStatus.failed:
      print("E: server fatal error, aborting")
      exit(1)
    default: return nil
    }
  }

  if let uuid = try call("titanic.request", ["echo", "Hello world"])?.first {
    print("I: request UUID \(uuid)")
    while true {
      try pause(in: context, for: .milliseconds(100))
      if let reply = try call("titanic.reply", Message(uuid)) {
        print("Reply: \(reply)")
        _ = try call("titanic.close", Message(uuid))
        break
      }
      print("I: no reply yet, trying again...")
      try pause(in: context, for: retry)
    }
  }
} catch .contextTerminated {}

try context.terminate()
