import Foundation
import ZeroMQ

// The other process of a test: binds or connects a socket, says what it receives line by line, and answers. It ends with its
// standard input, so that it never outlives the tests.

/// Shows a line at once.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

/// Answers requests, and says what they were.
func answer(_ context: Context, at endpoint: String) throws {
  let socket = try context.socket(.rep)
  say("bound \(try socket.bind(endpoint))")
  while true {
    let request = try socket.receive()
    say("received \(request)")
    try socket.send(["echo"] + request)
  }
}

/// Takes requests, says what they were, and never answers.
func keepSilent(_ context: Context, at endpoint: String) throws {
  let socket = try context.socket(.router)
  say("bound \(try socket.bind(endpoint))")
  while true { say("received \(Message(try socket.receive().suffix(1)))") }
}

/// Answers requests from behind a ROUTER, and says what they were.
func route(_ context: Context, at endpoint: String) throws {
  let socket = try context.socket(.router)
  say("bound \(try socket.bind(endpoint))")
  while true {
    var message = try socket.receive()
    let peer = message.removeFirst()
    say("received \(message)")
    try socket.send([peer, "echo"] + message)
  }
}

/// Says what was pushed.
func collect(_ context: Context, at endpoint: String) throws {
  let socket = try context.socket(.pull)
  say("bound \(try socket.bind(endpoint))")
  while true { say("received \(try socket.receive())") }
}

/// Publishes one message for each new subscription, and says what it was.
func publish(_ context: Context, at endpoint: String) throws {
  let socket = try context.socket(.xpub)
  say("bound \(try socket.bind(endpoint))")
  while true {
    guard case .subscribe(to: let topic)? = Subscription(try socket.receive()) else { continue }
    say("subscribed to \(topic)")
    try socket.send([topic, "published"])
  }
}

/// Tells a server that this process is ready, and says what it replied.
func signal(_ context: Context, to endpoint: String) throws {
  let socket = try context.socket(.req)
  try socket.connect(endpoint)
  try socket.send("ready")
  say("received \(try socket.receive())")
}

/// Does what libzmq would end the process for, or what needs more descriptors than there are, and says how it went.
func provoke(_ context: Context, _ name: String) throws {
  context.shutdown()
  if let scarcity = scarcities[name] {
    Task {
      do { say(try await scarcity()) } catch { say("\(error)") }
      exit(0)
    }
    while true { Thread.sleep(forTimeInterval: 1) }
  }
  guard let provocation = provocations[name] else { exit(2) }
  say(try provocation())
  exit(0)
}

let roles = [
  "provoke": provoke, "rep": answer, "router": route, "pull": collect, "xpub": publish, "req": signal, "silent": keepSilent,
]
guard CommandLine.arguments.count == 3, let role = roles[CommandLine.arguments[1]] else {
  FileHandle.standardError.write(Data("usage: TestPeer \(roles.keys.sorted().joined(separator: "|")) endpoint\n".utf8))
  exit(2)
}

Thread.detachNewThread {
  while !FileHandle.standardInput.availableData.isEmpty {}
  exit(0)
}
let context = try Context(.init(blocky: false))
try role(context, CommandLine.arguments[2])
