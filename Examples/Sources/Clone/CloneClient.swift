public import ZeroMQ

import GuideSupport

/// A client of a pair of servers, model 6: keeps a copy of their state in a thread, and goes to the other server when one falls silent.
///
/// It belongs to one task or thread at a time, and speaks with its thread over inproc.
public final class CloneClient {
  private let pipe: PairSocket

  /// Starts the client's thread, which ends when the context is shut down.
  ///
  /// - Parameters:
  ///   - context: The context of the client's sockets.
  ///   - subtree: What the keys begin with.
  ///   - patience: How long a server may be silent before the client goes to the other one.
  public init(_ context: Context, subtree: Frame, patience: Duration = .seconds(5)) throws {
    let endpoint = "inproc://clone-\(KeyValue.newUUID().map { String($0, radix: 16) }.joined())"
    pipe = try context.socket(.pair)
    try pipe.bind(endpoint)
    _ = GuideThread {
      let pipe = try context.socket(.pair)
      try pipe.connect(endpoint)
      var agent = try Agent(context, pipe, patience)
      try agent.run()
    }
    try pipe.send(["SUBTREE", subtree])
  }

  /// Adds a server, which has its sockets at a port and the two after it.
  public func connect(to address: String, port: Int) throws {
    try pipe.send(["CONNECT", Frame(address), Frame("\(port)")])
  }

  /// Sends a new value to all servers.
  ///
  /// - Parameter timeToLive: How many seconds the value lives; 0 is without limit.
  public func set(_ key: Frame, to value: Frame, timeToLive: Int = 0) throws {
    try pipe.send(["SET", key, value, Frame("\(timeToLive)")])
  }

  /// The value of a key; empty if there is none.
  public func value(of key: Frame) throws -> Frame {
    try pipe.send(["GET", key])
    return try pipe.receive()[0]
  }
}

/// What runs in the client's thread.
private struct Agent {
  let context: Context
  let pipe: PairSocket
  let publisher: PubSocket
  let patience: Duration
  var subtree: Frame = ""
  var servers: [Server] = []
  var current = 0
  var phase = Phase.initial
  var state = CloneState(.full)
  var expiry = ContinuousClock.now

  enum Phase { case initial, syncing, active }

  struct Server {
    let address: String
    let port: Int
    var snapshots: DealerSocket
    let updates: SubSocket

    var name: String { "\(address):\(port)" }
  }

  init(_ context: Context, _ pipe: PairSocket, _ patience: Duration) throws {
    self.context = context
    self.pipe = pipe
    self.patience = patience
    publisher = try context.socket(.pub)
    // What a server missed while it was down is old when it comes back.
    try publisher.set(.immediate, to: true)
  }

  mutating func run() throws {
    while true {
      if phase == .initial, !servers.isEmpty { try requestSnapshot() }
      var poller = Poller()
      poller.add(pipe, for: .readable)
      switch phase {
      case .initial: break
      case .syncing: poller.add(servers[current].snapshots, for: .readable)
      case .active: poller.add(servers[current].updates, for: .readable)
      }
      let ready = try poller.wait(timeout: servers.isEmpty ? nil : max(expiry - .now, .zero))
      for event in ready {
        if event.concerns(pipe) { try handle(pipe.receive()) } else { try receive() }
      }
      if !servers.isEmpty, expiry <= .now {
        print("I: server at \(servers[current].name) didn't give HUGZ")
        current = (current + 1) % servers.count
        phase = .initial
      }
    }
  }

  /// Asks the current server for its state, over a new connection: what an earlier one still brings is of no use.
  private mutating func requestSnapshot() throws {
    print("I: waiting for server at \(servers[current].name)…")
    servers[current].snapshots.close()
    servers[current].snapshots = try snapshotClient(servers[current].address, servers[current].port)
    try servers[current].snapshots.send(["ICANHAZ?", subtree])
    state = CloneState(.full)
    phase = .syncing
    expiry = .now + patience
  }

  private func snapshotClient(_ address: String, _ port: Int) throws -> DealerSocket {
    let snapshots = try context.socket(.dealer)
    try snapshots.set(.linger, to: .zero)
    try snapshots.connect("\(address):\(port)")
    return snapshots
  }

  /// Takes a message of the current server, of which any shows that it lives.
  private mutating func receive() throws {
    expiry = .now + patience
    let server = servers[current]
    if phase == .syncing {
      guard state.addSnapshot(try server.snapshots.receive()) else { return }
      print("I: received from \(server.name) snapshot=\(state.sequence)")
      phase = .active
    } else if let update = KeyValue(try server.updates.receive(), .full), update.key != "HUGZ", state.apply(update) {
      print("I: received from \(server.name) \(update.body.isEmpty ? "delete" : "update")=\(state.sequence)")
    }
  }

  /// Does what the application asks for.
  private mutating func handle(_ command: Message) throws {
    switch (command[0], command.count) {
    case ("SUBTREE", 2):
      subtree = command[1]
    case ("CONNECT", 3):
      let address = String(decoding: command[1], as: UTF8.self)
      guard let port = Int(String(decoding: command[2], as: UTF8.self)) else { break }
      let updates = try updateSocket(context, from: "\(address):\(port + 1)", subtree: subtree)
      try updates.subscribe(to: "HUGZ")
      try publisher.connect("\(address):\(port + 2)")
      servers.append(Server(address: address, port: port, snapshots: try snapshotClient(address, port), updates: updates))
    case ("SET", 4):
      var update = KeyValue(key: command[1], uuid: KeyValue.newUUID(), body: command[2])
      update.properties["ttl"] = String(decoding: command[3], as: UTF8.self)
      try publisher.send(update.message(.full))
    case ("GET", 2):
      try pipe.send(state.values[command[1]]?.body ?? "")
    default:
      print("E: unknown command \(command)")
    }
  }
}
