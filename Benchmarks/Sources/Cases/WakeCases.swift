import CBaseline
import ZeroMQ

extension Workload {
  /// Two PAIRs send each other a message in turn, and each time all sockets of the thread are waited for.
  ///
  /// C polls them all; in the asynchronous way each has a task of its own that waits for a message, and one of them is woken.
  static let wake = Workload(
    name: "wake", number: 11, title: "two messages of 64 B in turn beside sockets that are all waited for", unit: "exchange",
    sizeMeans: .waiting, settings: [0, 100, 1000, 9000].map { Setting(.inproc, $0) }, countedSizes: [0, 100],
    cases: [
      Case("epoll over ZMQ_FD", c: baseline_wake_epoll),
      Case("poll over ZMQ_FD", c: baseline_wake_poll),
      Case("zmq_poll", upTo: 1000, c: baseline_wake),
      Case("async Message, a task each", goals: [Goal(.cpu, 1.2, of: "epoll over ZMQ_FD"), Goal(.instructions, more: 15_000)]) {
        try exchangeAmongTasks($0, $1) { _ = try await $0.receive() }
      },
      Case("async Message, a task each with a timeout") {
        try exchangeAmongTasks($0, $1) { _ = try await $0.receive(timeout: .seconds(3600)) }
      },
    ])

  /// The same exchange by tasks and actors, wherever they are.
  static let actors = Workload(
    name: "actors", number: 12, title: "two messages of 64 B in turn, between tasks and actors", unit: "exchange",
    sizeMeans: .waiting, settings: [Setting(.inproc, 0)], countedSizes: [0],
    cases: [
      Case("epoll over ZMQ_FD", c: baseline_wake_epoll),
      Case("tasks on an executor") { try exchangeAmongTasks($0, $1) { _ = try await $0.receive() } },
      Case("actors on an executor, called from there", goals: ofTasks(1.3)) {
        try exchangeBetweenActors($1, SocketExecutor(), isCalledThere: true)
      },
      Case("actors on an executor, called from elsewhere", goals: ofTasks(1.3)) {
        try exchangeBetweenActors($1, SocketExecutor(), isCalledThere: false)
      },
      Case("actors on the shared executor", goals: ofTasks(2)) { try exchangeBetweenActors($1, .shared, isCalledThere: false) },
      Case("tasks on no executor", goals: ofTasks(2)) { try exchangeBetweenPlainTasks($1) },
    ])
}

private func ofTasks(_ factor: Double) -> [Goal] {
  [Goal(.cpu, factor, of: "tasks on an executor"), Goal(.instructions, factor, of: "tasks on an executor")]
}

private let payload = [UInt8](repeating: 1, count: 64)
private let warmUp = 8

private func exchangeAmongTasks(
  _ setting: Setting, _ count: Int, idle wait: @escaping @Sendable (PullSocket) async throws -> Void
) throws -> Time {
  let context = try Context(Context.Configuration(maximumSockets: setting.size + 10))
  let executor = SocketExecutor()
  let time = try AsyncWork.run(on: executor) {
    let first = try context.socket(.pair)
    try first.bind(setting.transport.endpoint)
    let server = Task(executorPreference: executor) {
      let second = try context.socket(.pair)
      try second.connect(setting.transport.endpoint)
      try await answer(second, warmUp + count)
    }
    let idle = (0..<setting.size).map { _ in
      Task(executorPreference: executor) { try await wait(try context.socket(.pull)) }
    }
    _ = try await ask(first, warmUp)
    let start = baseline_now()
    let sum = try await ask(first, count)
    let time = baseline_now() - start
    try expect(sum, count)
    try await server.value
    for task in idle {
      task.cancel()
      _ = await task.result
    }
    return time
  }
  try context.terminate()
  return time
}

private nonisolated(nonsending) func ask(_ socket: PairSocket, _ count: Int) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try await socket.send(payload)
    sum += try await socket.receive().count
  }
  return sum
}

private nonisolated(nonsending) func answer(_ socket: PairSocket, _ count: Int) async throws {
  for _ in 0..<count { try await socket.send(try await socket.receive()) }
}

/// A socket that lives on an executor.
private actor Owner {
  private let executor: SocketExecutor
  private let socket: PairSocket

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(_ context: Context, _ executor: SocketExecutor, bound: Bool) throws {
    self.executor = executor
    socket = try context.socket(.pair)
    if bound { try socket.bind(Transport.inproc.endpoint) } else { try socket.connect(Transport.inproc.endpoint) }
  }

  func ask(_ count: Int) async throws -> Int {
    try await Cases.ask(socket, count)
  }

  func answer(_ count: Int) async throws {
    try await Cases.answer(socket, count)
  }
}

private func exchangeBetweenActors(_ count: Int, _ executor: SocketExecutor, isCalledThere: Bool) throws -> Time {
  let context = try Context()
  let client = try Owner(context, executor, bound: true)
  let server = try Owner(context, executor, bound: false)
  let preferred = isCalledThere ? executor : nil
  return try AsyncWork.run(on: preferred) {
    async let answers: Void = server.answer(warmUp + count)
    _ = try await client.ask(warmUp)
    let start = baseline_now()
    let sum = try await client.ask(count)
    let time = baseline_now() - start
    try expect(sum, count)
    try await answers
    return time
  }
}

private func exchangeBetweenPlainTasks(_ count: Int) throws -> Time {
  let context = try Context()
  return try AsyncWork.run(on: nil) {
    let first = try context.socket(.pair)
    let endpoint = try first.bind(Transport.inproc.endpoint)
    let server = Task {
      let second = try context.socket(.pair)
      try second.connect(endpoint)
      try await answer(second, warmUp + count)
    }
    _ = try await ask(first, warmUp)
    let start = baseline_now()
    let sum = try await ask(first, count)
    let time = baseline_now() - start
    try expect(sum, count)
    try await server.value
    return time
  }
}
