import CBaseline
import ZeroMQ

extension Workload {
  /// Two PAIRs send each other a message in turn, and each time all sockets of the thread are waited for.
  ///
  /// C polls them all; in the asynchronous way each has a task of its own that waits for a message, and one of them is woken.
  static let wake = Workload(
    name: "wake", number: 6, title: "two messages in turn among sockets that are all waited for, one thread", unit: "two messages",
    settings: [2, 64, 1000].map { Setting(.inproc, $0) },
    cases: [
      Case("zmq_poll", c: baseline_wake),
      Case("async Message, a task each", .async, wakeTasks),
    ])
}

@Sendable
private func wakeTasks(_ setting: Setting, _ count: Int) throws -> Int64 {
  let context = try Context()
  let executor = SocketExecutor()
  let time = try AsyncWork.run(on: executor) {
    let first = try context.socket(.pair)
    try first.bind(setting.transport.endpoint)
    let warmUp = 8
    let server = Task(executorPreference: executor) {
      let second = try context.socket(.pair)
      try second.connect(setting.transport.endpoint)
      for _ in 0..<(warmUp + count) { try await second.send(try await second.receive()) }
    }
    let idle = (2..<setting.size).map { _ in
      Task(executorPreference: executor) { _ = try await context.socket(.pull).receive() }
    }
    _ = try await exchange(first, warmUp)
    let start = baseline_now()
    let sum = try await exchange(first, count)
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

private func exchange(_ socket: PairSocket, _ count: Int) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try await socket.send("ready")
    sum += try await socket.receive().count
  }
  return sum
}
