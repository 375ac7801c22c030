//! Actors that own sockets.

import ZeroMQ

// snippet.show
actor Pool {
  private let dealer: DealerSocket

  init(_ context: Context, servers: [String]) throws {
    dealer = try context.socket(.dealer)
    for server in servers { try dealer.connect(server) }
  }

  func request(_ job: String) async throws -> Message? {
    try await dealer.request(job, timeout: .seconds(1))
  }
}
// snippet.hide

func ask(_ pool: Pool) async throws {
  // snippet.show
  async let first = pool.request("one")
  async let second = pool.request("two")
  print(try await first ?? "no reply", try await second ?? "no reply")
  // snippet.hide
}

// snippet.show
actor Bridge {
  private let requests: PullSocket
  private let results: PushSocket
  private(set) var count = 0

  init(_ context: Context) throws {
    requests = try context.socket(.pull)
    try requests.bind("tcp://127.0.0.1:5557")
    results = try context.socket(.push)
    try results.connect("tcp://127.0.0.1:5558")
  }

  func run() async throws {
    for try await request in requests.messages {
      count += 1
      try await results.send(request)
    }
  }
}
// snippet.hide

// snippet.show
actor Dashboard {
  private let prices: SubSocket
  private let news: SubSocket
  private var latest: [Message] = []

  init(prices: sending SubSocket, news: sending SubSocket) {
    self.prices = prices
    self.news = news
  }

  func run() async throws {
    try await withThrowingDiscardingTaskGroup { group in
      group.addTask { try await self.follow { $0.prices } }
      group.addTask { try await self.follow { $0.news } }
    }
  }

  private func follow(_ socket: @Sendable (isolated Dashboard) -> SubSocket) async throws {
    for try await message in socket(self).messages { latest.append(message) }
  }
}
// snippet.hide

func create(_ context: Context, on executor: SocketExecutor) async throws {
  // snippet.show
  let subscriber = try await executor.run {
    let socket = try context.socket(.sub)
    try socket.subscribe(to: "")
    try socket.connect("tcp://127.0.0.1:5556")
    return socket
  }
  // snippet.hide
  print(subscriber)
}
