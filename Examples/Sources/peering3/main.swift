// Broker peering, part 3: a load balancer that gives what its own workers cannot take to peers that have free ones, until Ctrl-C.
//
// Run three: peering3 DC1 DC2 DC3, peering3 DC2 DC1 DC3 and peering3 DC3 DC1 DC2.
// Arguments: this broker's name and its peers'.
// Options: --directory, where the ipc files are (.); --clients (10) and --workers (5), how many to start; --second, how many
// milliseconds a second is to take (1000).
import Foundation
import GuideSupport
import ZeroMQ

/// What a worker says when it starts: the byte 1.
let workerReady: Message = "\u{1}"

/// A client thread: sends bursts of tasks, and reports each that is done.
func runClient(in context: Context, at endpoint: String, monitor: String, second: Duration) throws {
  let client = try context.socket(.req)
  try client.connect(endpoint)
  let reports = try context.socket(.push)
  try reports.connect(monitor)
  while true {
    try pause(client, for: second * Int.random(in: 0..<5))
    for _ in 0..<Int.random(in: 0..<15) {
      let task = hexadecimal(.random(in: 0...0xFFFF))
      try client.send(Message(task))
      guard let reply = try client.receive(timeout: .seconds(10)) else {
        return try reports.send("E: CLIENT EXIT - lost task \(task)")
      }
      precondition(reply == Message(task), "the reply to task \(task) is \(reply)")
      try reports.send(reply)
    }
  }
}

/// A worker thread: returns what it receives, at once or after a second.
func runWorker(in context: Context, at endpoint: String, second: Duration) throws {
  let worker = try context.socket(.req)
  try worker.connect(endpoint)
  try worker.send(workerReady)
  while true {
    let task = try worker.receive()
    try pause(worker, for: second * Int.random(in: 0..<2))
    try worker.send(task)
  }
}

printLineByLine()

guard let name = operands.first else {
  print("syntax: peering3 me {you}...")
  exit(0)
}
let peers = operands.dropFirst()
let folder = "ipc://" + option("directory", default: ".")
let second = Duration.milliseconds(option("second", default: 1000))

print("I: preparing broker at \(name)...")
let context = try Context(.init(blocky: false))  // At the end, nobody may be left to send to.
try context.shutdownOnSignals()

do {
  let localFrontend = try context.socket(.router)
  try localFrontend.bind("\(folder)/\(name)-localfe.ipc")
  let localBackend = try context.socket(.router)
  try localBackend.bind("\(folder)/\(name)-localbe.ipc")

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

  let stateBackend = try context.socket(.pub)
  try stateBackend.bind("\(folder)/\(name)-state.ipc")
  let stateFrontend = try context.socket(.sub)
  try stateFrontend.subscribe(to: "")
  for peer in peers {
    print("I: connecting to state backend at '\(peer)'")
    try stateFrontend.connect("\(folder)/\(peer)-state.ipc")
  }
  let monitor = try context.socket(.pull)
  try monitor.bind("\(folder)/\(name)-monitor.ipc")

  for _ in 0..<option("workers", default: 5) {
    _ = GuideThread { try runWorker(in: context, at: "\(folder)/\(name)-localbe.ipc", second: second) }
  }
  for _ in 0..<option("clients", default: 10) {
    _ = GuideThread {
      try runClient(in: context, at: "\(folder)/\(name)-localfe.ipc", monitor: "\(folder)/\(name)-monitor.ipc", second: second)
    }
  }

  /// The envelopes of our workers that are ready.
  var workers: [Message] = []
  /// How many workers each peer has free, as far as we know.
  var cloud: [Frame: Int] = [:]
  /// A client's request for which there is nobody after all.
  var waiting: Message?
  /// When peers hear of our workers again, at the latest.
  var nextState = ContinuousClock.now

  /// Takes a reply back to where its request came from: a peer or a client of our own.
  func route(_ reply: Message) throws {
    let isForPeer = peers.contains { Frame($0) == reply.first }
    try (isForPeer ? cloudFrontend : localFrontend).send(reply)
  }

  /// Gives a request to a peer with free workers, if one is connected.
  func sendToCloud(_ request: Message) throws -> Bool {
    while let peer = cloud.keys.randomElement() {
      do {
        try cloudBackend.send(peer, request)
        take(peer)
        return true
      } catch .hostUnreachable {
        cloud[peer] = nil  // until we hear of it again
      }
    }
    return false
  }

  /// Counts a worker of a peer as busy.
  func take(_ peer: Frame) {
    let count = cloud[peer, default: 1] - 1
    cloud[peer] = count > 0 ? count : nil
  }

  var poller = Poller()
  for backend in [localBackend, cloudBackend] { poller.add(backend, for: .readable) }
  poller.add(stateFrontend, for: .readable)
  poller.add(monitor, for: .readable)

  while true {
    // Without somebody to work on them, requests wait in the sockets.
    poller.add(localFrontend, for: workers.isEmpty && cloud.isEmpty ? [] : .readable)
    poller.add(cloudFrontend, for: workers.isEmpty ? [] : .readable)
    let capacity = workers.count
    let ready = try poller.wait(timeout: max(nextState - .now, .zero))

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
    if ready.contains(stateFrontend) {
      let state = try stateFrontend.receive()  // [peer, number of workers]
      let count = Int("\(state[1])") ?? 0
      cloud[state[0]] = count > 0 ? count : nil
    }
    if ready.contains(monitor) {
      print(try monitor.receive())
    }

    // Our clients' requests go to our workers or else to peers; the peers' requests stay here.
    while true {
      var request = waiting
      if request == nil, !workers.isEmpty || !cloud.isEmpty { request = try localFrontend.receiveIfReady() }
      if request == nil, !workers.isEmpty { request = try cloudFrontend.receiveIfReady() }
      guard let request else { break }
      if !workers.isEmpty {
        try localBackend.send(workers.removeFirst(), request)
        waiting = nil
      } else {
        waiting = try sendToCloud(request) ? nil : request
        if waiting != nil { break }
      }
    }

    // Peers hear of changes, and each second of what has not changed, for those who have come since.
    if workers.count != capacity || nextState <= .now {
      try stateBackend.send(name, "\(workers.count)")
      nextState = .now + second
    }
  }
} catch .contextTerminated {}

try context.terminate()
