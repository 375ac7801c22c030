// Broker peering, part 2, the request-reply flow: a load balancer that gives a fifth of its clients' requests to peers, until Ctrl-C.
//
// Run three: peering2 DC1 DC2 DC3, peering2 DC2 DC1 DC3 and peering2 DC3 DC1 DC2.
// Arguments: this broker's name and its peers'.
// Options: --directory, where the ipc files are (.); --clients (10) and --workers (3), how many to start; --second, how many
// milliseconds a second is to take (1000).
import Foundation
import GuideSupport
import ZeroMQ

/// What a worker says when it starts: the byte 1.
let workerReady: Message = "\u{1}"

/// A client thread: sends one request after the other.
func runClient(in context: Context, at endpoint: String, second: Duration) throws {
  let client = try context.socket(.req)
  try client.connect(endpoint)
  while true {
    try client.send("HELLO")
    print("Client: \(try client.receive())")
    try pause(client, for: second)
  }
}

/// A worker thread: returns what it receives with another last frame.
func runWorker(in context: Context, at endpoint: String) throws {
  let worker = try context.socket(.req)
  try worker.connect(endpoint)
  try worker.send(workerReady)
  while true {
    var message = try worker.receive()
    print("Worker: \(Message(message.removeLast()).dump())")
    try worker.send(message, "OK")
  }
}

printLineByLine()

guard let name = operands.first else {
  print("syntax: peering2 me {you}...")
  exit(0)
}
let peers = operands.dropFirst()
let folder = "ipc://" + option("directory", default: ".")
let second = Duration.milliseconds(option("second", default: 1000))

print("I: preparing broker at \(name)...")
let context = try Context(.init(blocky: false))  // At the end, nobody may be left to send to.

do {
  // Peers find each other by name. Sending to one that is not connected is an error, rather than a loss.
  let cloudFrontend = try context.socket(.router)
  try cloudFrontend.set(.routingID, to: name)
  try cloudFrontend.bind("\(folder)/\(name)-cloud.ipc")
  let cloudBackend = try context.socket(.router)
  try cloudBackend.set(.routingID, to: name)
  try cloudBackend.set(.routerMandatory, to: true)
  for peer in peers {
    print("I: connecting to cloud frontend at '\(peer)'")
    try cloudBackend.connect("\(folder)/\(peer)-cloud.ipc")
  }
  let localFrontend = try context.socket(.router)
  try localFrontend.bind("\(folder)/\(name)-localfe.ipc")
  let localBackend = try context.socket(.router)
  try localBackend.bind("\(folder)/\(name)-localbe.ipc")

  printNow("Press Enter when all brokers are started: ")
  _ = readLine()
  try context.shutdownOnSignals()

  for _ in 0..<option("workers", default: 3) {
    _ = GuideThread { try runWorker(in: context, at: "\(folder)/\(name)-localbe.ipc") }
  }
  for _ in 0..<option("clients", default: 10) {
    _ = GuideThread { try runClient(in: context, at: "\(folder)/\(name)-localfe.ipc", second: second) }
  }

  /// Gives a request to a peer, if that is connected.
  func send(_ request: Message, to peer: String) throws -> Bool {
    do {
      try cloudBackend.send(peer, request)
      return true
    } catch .hostUnreachable {
      return false
    }
  }

  /// Takes a reply back to where its request came from: a peer or a client of our own.
  func route(_ reply: Message) throws {
    let isForPeer = peers.contains { Frame($0) == reply.first }
    try (isForPeer ? cloudFrontend : localFrontend).send(reply)
  }

  /// The envelopes of the workers that are ready.
  var workers: [Message] = []
  var poller = Poller()
  for backend in [localBackend, cloudBackend] { poller.add(backend, for: .readable) }

  while true {
    // Without a worker, requests wait in the sockets.
    for frontend in [cloudFrontend, localFrontend] { poller.add(frontend, for: workers.isEmpty ? [] : .readable) }
    let ready = try poller.wait()

    if ready.contains(localBackend) {
      var reply = try localBackend.receive()
      if let worker = reply.removeEnvelope() {
        workers.append(worker)
        if reply != workerReady { try route(reply) }
      }
    }
    if ready.contains(cloudBackend) {
      try route(Message(cloudBackend.receive().dropFirst()))  // without the peer's name
    }

    // Peers' requests come first, and stay here: they were given away once.
    while !workers.isEmpty {
      if let request = try cloudFrontend.receiveIfReady() {
        try localBackend.send(workers.removeFirst(), request)
      } else if let request = try localFrontend.receiveIfReady() {
        if let peer = peers.randomElement(), Int.random(in: 0..<5) == 0, try send(request, to: peer) { continue }
        try localBackend.send(workers.removeFirst(), request)
      } else {
        break
      }
    }
  }
} catch .contextTerminated {}

try context.terminate()
