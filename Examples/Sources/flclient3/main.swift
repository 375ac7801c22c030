// Freelance client, model 3: asks the first of its servers that is believed to be alive; `FreelanceClient` looks after them.
//
// Run it with one or more flserver3.
// Arguments: the endpoints of the servers (tcp://localhost:5555, :5556 and :5557), as the servers know themselves.
// Options: --requests, how many to make (10000); --timeout, how many milliseconds to wait for a reply (3000); --ping and --life, how
// many of a server's silence there are before it is asked for a sign of life (2000), and before it counts as dead (6000).
import Freelance
import GuideSupport
import ZeroMQ

printLineByLine()

let endpoints = operands.isEmpty ? (5555...5557).map { "tcp://localhost:\($0)" } : operands
let requests = option("requests", default: 10_000)
let context = try Context(.init(blocky: false))  // Some of the servers may be dead.
try context.shutdownOnSignals()

/// Makes the requests, and prints what one costs on average.
func makeRequests(of client: FreelanceClient) async throws {
  for endpoint in endpoints {
    print("I: connecting to \(endpoint)...")
    try await client.connect(to: endpoint)
  }
  let clock = ContinuousClock()
  let start = clock.now
  var count = 0
  while count < requests {
    guard try await client.request("random name") != nil else {
      print("E: name service not available, aborting")
      break
    }
    count += 1
  }
  print("Average round trip cost: \(Int((clock.now - start) / .microseconds(1)) / max(count, 1)) usec")
}

try await SocketExecutor().run {
  do {
    let client = try FreelanceClient(
      in: context, timeout: option("timeout", default: .milliseconds(3000)),
      pingInterval: option("ping", default: .milliseconds(2000)),
      timeToLive: option("life", default: .milliseconds(6000)))
    try await withThrowingTaskGroup { group in
      group.addTask { try await client.run() }
      group.addTask { try await makeRequests(of: client) }
      try await group.next()
      group.cancelAll()
    }
  } catch .contextTerminated {}
  try await context.terminate()
}
