import ZeroMQ

/// An actor that has a link, whose tasks read and write at the same time.
protocol Host: Actor {
  var link: Link { get }
}

/// One that lives on an executor.
actor PinnedHost: Host {
  private let executor: SocketExecutor
  let link: Link

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  init(_ link: sending Link, on executor: SocketExecutor) {
    self.link = link
    self.executor = executor
  }
}

/// One that runs wherever its tasks do.
actor FreeHost: Host {
  let link: Link

  init(_ link: sending Link) {
    self.link = link
  }
}

extension Host {
  fileprivate func read(_ worker: Worker, _ isOnlyReader: Bool) async throws {
    try await link.read(worker, isOnlyReader: isOnlyReader)
  }
  fileprivate func write(_ stream: Int, _ worker: Worker) async throws { try await link.write(stream, worker) }
  fileprivate func runAlone(_ worker: Worker) async throws { try await Loner.run([link], worker) }
  fileprivate var particulars: (name: String, streams: Int, readers: Stopper, round: Round) {
    (link.name, link.outgoing.count, link.readers, link.round)
  }
  func finish() throws { try link.finish() }
}

/// How a host's tasks are run.
struct Crew: Sendable {
  /// The executor of each task, in turn.
  var executors: [SocketExecutor?] = [nil]
  var readers = 1
  /// How often each task is cancelled at most, and begun again.
  var cancellations = 0
  var seed: UInt64

  /// Lets tasks read and write until everything is through.
  func run(_ host: some Host) async throws {
    let (name, streams, readers, round) = await host.particulars
    try await withThrowingTaskGroup { group in
      var random = SeededGenerator(seed: seed)
      for number in 0..<self.readers {
        let worker = round.watchdog.worker("\(name), reader \(number)")
        add(to: &group, number, random.branch(), worker, readers, round) { [isOnlyReader = self.readers == 1] in
          try await host.read(worker, isOnlyReader)
        }
      }
      for stream in 0..<streams {
        let worker = round.watchdog.worker("\(name), writer \(stream)")
        add(to: &group, self.readers + stream, random.branch(), worker, Stopper(), round) { try await host.write(stream, worker) }
      }
      try await group.waitForAll()
    }
  }

  /// Lets one task do everything.
  func runAlone(_ host: some Host) async throws {
    let (name, _, _, round) = await host.particulars
    let worker = round.watchdog.worker("\(name), alone")
    try await withThrowingTaskGroup { group in
      add(to: &group, 0, SeededGenerator(seed: seed), worker, Stopper(), round) { try await host.runAlone(worker) }
      try await group.waitForAll()
    }
  }

  private func add(
    to group: inout ThrowingTaskGroup<Void, any Error>, _ number: Int, _ random: SeededGenerator, _ worker: Worker,
    _ stopper: Stopper,
    _ round: Round, _ body: @escaping @Sendable () async throws -> Void
  ) {
    let executor = executors[number % executors.count]
    group.addTask { try await supervise(executor, random, worker, stopper, round, body) }
  }

  /// Runs a task, cancels it at random points, and begins it again.
  private func supervise(
    _ executor: SocketExecutor?, _ seed: SeededGenerator, _ worker: Worker, _ stopper: Stopper, _ round: Round,
    _ body: @escaping @Sendable () async throws -> Void
  ) async throws {
    var random = seed
    var remaining = cancellations == 0 ? 0 : Int.random(in: 0...cancellations, using: &random)
    while true {
      let task = Task(executorPreference: executor) { try await body() }
      if remaining > 0 {
        remaining -= 1
        // At once, or while something or other is under way.
        let longest = [0, 50, 1000, 1000, 20_000][Int.random(in: 0..<5, using: &random)]
        if longest > 0 { try await Task.sleep(for: .microseconds(Int.random(in: 0...longest, using: &random))) }
        task.cancel()
        round.countCancellation()
      }
      do {
        return try await stopper.result(of: task).get()
      } catch {
        guard error is CancellationError else { fail("\(worker.name) in \(round.title): \(error)") }
        if stopper.isStopped { return worker.note(.finished) }
        try Task.checkCancellation()
      }
    }
  }
}
