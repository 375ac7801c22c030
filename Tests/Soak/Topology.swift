import Foundation
import ZeroMQ

/// Sockets that talk to each other all at once, in tasks of two executors and of none.
struct Topology {
  private let context: Context
  private let transport: Transport
  private let round: Round
  private let executors: (SocketExecutor, SocketExecutor)
  private var random: SeededGenerator
  private var streams = 0

  /// Transports, by the names that their endpoints begin with.
  enum Transport: String, CaseIterable {
    case inproc, ipc, tcp

    func newEndpoint() -> String {
      switch self {
      case .inproc: "inproc://\(UUID().uuidString)"
      case .ipc: "ipc://\(Self.folder.path)/\(UUID().uuidString)"
      case .tcp: "tcp://127.0.0.1:*"
      }
    }

    /// Where the ipc files lie, since libzmq leaves them behind.
    private static let folder: URL = {
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("soak-\(getpid())")
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      atexit { try? FileManager.default.removeItem(at: Transport.folder) }
      return folder
    }()
  }

  init(over transport: Transport, in round: Round, using random: SeededGenerator) throws {
    context = try Context(.init(blocky: false))
    (self.transport, self.round, self.random) = (transport, round, random)
    let spinTime: Duration = self.random.isOne(in: 4) ? .microseconds(30) : .zero
    executors = (SocketExecutor(), SocketExecutor(spinTime: spinTime))
  }

  /// Runs everything to its end, and checks that every message has come once and in order.
  mutating func run() async throws {
    let (x, y) = executors
    // Four who are alone wait for each other before they close their sockets.
    let barrier = Barrier(4)
    try await withThrowingTaskGroup { group in
      try addShared(to: &group)
      try addOrdered(to: &group)
      try addLoners(to: &group, barrier, x, nil)
      try addLoners(to: &group, barrier, y, x)
      try addRouter(to: &group)
      while try await group.next() != nil {}
    }
    try await context.terminate()
  }

  private mutating func newStreams(_ count: Int) -> [(stream: Int, peer: Frame?)] {
    streams += count
    return (streams - count..<streams).map { ($0, nil) }
  }

  /// A socket with little room for messages.
  private mutating func socket<Kind: TypedSocketKind>(_ kind: Kind) throws -> sending Socket<Kind>
  where Kind: SendingKind & ReceivingKind {
    let socket = try context.socket(kind)
    try socket.set(.sendHighWaterMark, to: Int.random(in: 1...8, using: &random))
    try socket.set(.receiveHighWaterMark, to: Int.random(in: 1...8, using: &random))
    if transport != .inproc, random.isOne(in: 2) {
      try socket.set(.sendBufferSize, to: 8192)
      try socket.set(.receiveBufferSize, to: 8192)
    }
    return socket
  }

  private mutating func crew(_ executors: [SocketExecutor?], readers: Int = 1, cancellations: Int) -> Crew {
    Crew(executors: executors, readers: readers, cancellations: cancellations, seed: random.next())
  }

  private typealias Group = ThrowingTaskGroup<Void, any Error>

  /// DEALERs in actors, each with several readers and writers.
  private mutating func addShared(to group: inout Group) throws {
    let (x, y) = executors
    let (there, back) = (newStreams(2), newStreams(2))
    let bound = try socket(.dealer)
    let endpoint = try bound.bind(transport.newEndpoint())
    let connected = try socket(.dealer)
    try connected.connect(endpoint)
    let first = PinnedHost(
      Link("shared dealer 1", bound, sending: there, receiving: back, isNervous: false, in: round, random: random.branch()), on: x)
    let second = PinnedHost(
      Link("shared dealer 2", connected, sending: back, receiving: there, isNervous: true, in: round, random: random.branch()),
      on: y)
    let crews = (crew([nil, x, y], readers: 2, cancellations: 200), crew([nil, y], readers: 3, cancellations: 200))
    group.addTask {
      async let other: Void = crews.1.run(second)
      try await crews.0.run(first)
      try await other
      try await first.finish()
      try await second.finish()
    }
  }

  /// PAIRs with one reader and one writer, nobody of whom is ever cancelled or in a hurry.
  private mutating func addOrdered(to group: inout Group) throws {
    let (x, y) = executors
    let (there, back) = (newStreams(1), newStreams(1))
    let bound = try socket(.pair)
    let endpoint = try bound.bind(transport.newEndpoint())
    let connected = try socket(.pair)
    try connected.connect(endpoint)
    let first = PinnedHost(
      Link("calm pair", bound, sending: there, receiving: back, isNervous: false, in: round, random: random.branch()), on: x)
    // Its reader is on an executor, its writer on none.
    let second = FreeHost(
      Link("free pair", connected, sending: back, receiving: there, isNervous: false, in: round, random: random.branch()))
    let crews = (crew([nil], cancellations: 0), crew([y, nil], cancellations: 0))
    group.addTask {
      async let other: Void = crews.1.run(second)
      try await crews.0.run(first)
      try await other
      try await first.finish()
      try await second.finish()
    }
  }

  /// DEALERs that a task has to itself, on an executor or on none.
  private mutating func addLoners(
    to group: inout Group, _ barrier: Barrier, _ executor: SocketExecutor, _ other: SocketExecutor?
  ) throws {
    let (there, back) = (newStreams(1), newStreams(1))
    let bound = try socket(.dealer)
    let endpoint = try bound.bind(transport.newEndpoint())
    let connected = try socket(.dealer)
    try connected.connect(endpoint)
    let first = Link("lone dealer 1", bound, sending: there, receiving: back, isNervous: false, in: round, random: random.branch())
    let second = Link(
      "lone dealer 2", connected, sending: back, receiving: there, isNervous: false, in: round, random: random.branch())
    let workers = (round.watchdog.worker(first.name), round.watchdog.worker(second.name))
    let one = Task(executorPreference: executor) { try await Self.run(first, workers.0, barrier) }
    let two = Task(executorPreference: other) { try await Self.run(second, workers.1, barrier) }
    group.addTask {
      try await one.value
      try await two.value
    }
  }

  private static func run(_ link: Link, _ worker: Worker, _ barrier: Barrier) async throws {
    do {
      try await Loner.run([link], worker)
      await barrier.arrive()
      try link.finish()
    } catch {
      fail("\(link.name) in \(link.round.title): \(error)")
    }
  }

  /// A ROUTER with several DEALERs, each of them somewhere else.
  private mutating func addRouter(to group: inout Group) throws {
    let (x, y) = executors
    let router = try socket(.router)
    try router.set(.routerMandatory, to: true)
    let endpoint = try router.bind(transport.newEndpoint())
    let peers: [Frame] = (0..<4).map { Frame("client \($0)") }
    let (there, back) = (newStreams(peers.count), newStreams(peers.count))
    let server = PinnedHost(
      Link(
        "router", router, sending: zip(there, peers).map { ($0.stream, $1) }, receiving: zip(back, peers).map { ($0.stream, $1) },
        isNervous: random.isOne(in: 2), in: round, random: random.branch()), on: y)
    var clients: [(any Host, Crew, isAlone: Bool)] = []
    for (number, peer) in peers.enumerated() {
      let dealer = try socket(.dealer)
      try dealer.set(.routingID, to: peer)
      try dealer.connect(endpoint)
      let link = Link(
        "client \(number)", dealer, sending: [back[number]], receiving: [there[number]], isNervous: number == 2, in: round,
        random: random.branch())
      switch number {
      case 0: clients.append((PinnedHost(link, on: x), crew([nil], readers: 2, cancellations: 0), false))
      case 1: clients.append((FreeHost(link), crew([nil], cancellations: 200), false))
      case 2: clients.append((FreeHost(link), crew([x, y], readers: 2, cancellations: 200), false))
      default: clients.append((PinnedHost(link, on: y), crew([nil], cancellations: 200), true))
      }
    }
    let serving = crew([nil, y, x], readers: 2, cancellations: 200)
    group.addTask { [clients] in
      try await withThrowingTaskGroup { group in
        group.addTask { try await serving.run(server) }
        for (client, crew, isAlone) in clients {
          group.addTask { if isAlone { try await crew.runAlone(client) } else { try await crew.run(client) } }
        }
        while try await group.next() != nil {}
      }
      try await server.finish()
      for (client, _, _) in clients { try await client.finish() }
    }
  }
}
