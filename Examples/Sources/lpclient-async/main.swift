// Lazy Pirate client, lpclient with async and await: `request(_:timeout:)` is the whole pattern, on one socket.
//
// It relaxes the REQ, so that the socket sends again without a reply, and puts a request ID in front of the envelope, so that a late
// reply is never taken for the current one. Servers of any language return that ID if they keep the envelope as REP does; a worker
// that expects exactly three frames, as ppworker in C does, ignores such requests.
// Run it with lpserver, or with spqueue or ppqueue and their workers.
// Argument and options: as lpclient.
import GuideSupport
import ZeroMQ

printLineByLine()

let endpoint = argument(1, default: "tcp://127.0.0.1:5555")
let timeout = option("timeout", default: .milliseconds(2500))
let tries = option("tries", default: 3)
let context = try Context(.init(blocky: false))  // A request that was given up must not hold up the end.
try context.shutdownOnSignals()

/// Sends the number until it comes back.
///
/// - Returns: A Boolean value that indicates whether it came back within the tries.
func exchange(_ number: Int, on client: ReqSocket) async throws -> Bool {
  for isLast in (1...tries).map({ $0 == tries }) {
    switch try await client.request("\(number)", timeout: timeout) {
    case Message("\(number)"):
      print("I: server replied OK (\(number))")
      return true
    case let reply?: print("E: malformed reply from server: \(reply)")
    case nil where !isLast: print("W: no response from server, trying again...")
    case nil: break
    }
  }
  return false
}

try await SocketExecutor().run {
  do {
    print("I: connecting to server...")
    let client = try context.socket(.req)
    try client.connect(endpoint)
    var number = 1
    while try await exchange(number, on: client) { number += 1 }
    print("E: server seems to be offline, abandoning")
  } catch .contextTerminated {}
  try await context.terminate()
}
