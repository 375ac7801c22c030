import CBaseline
import ZeroMQ

extension Workload {
  /// The round trip between tasks, on an executor each or both on one.
  static let asyncRoundTrips: [Case] = [
    Case("async UniqueFrame", goals: [Goal(.cpu, 1.1) { !$0.isPinned }]) {
      try roundTrips($0, $1, SocketExecutor(), SocketExecutor(), ask: askFrames, serve: serveFrames)
    },
    Case("async Message", goals: [Goal(.cpu, 1.1) { !$0.isPinned }]) {
      try roundTrips($0, $1, SocketExecutor(), SocketExecutor(), ask: askMessages, serve: serveMessages)
    },
    Case("async Message, one executor") {
      let executor = SocketExecutor()
      return try roundTrips($0, $1, executor, executor, ask: askMessages, serve: serveMessages)
    },
    Case("async Message, spinning 100 µs") {
      try roundTrips(
        $0, $1, SocketExecutor(spinTime: .microseconds(100)), SocketExecutor(spinTime: .microseconds(100)), ask: askMessages,
        serve: serveMessages)
    },
  ]
}

private func roundTrips(
  _ setting: Setting, _ count: Int, _ asking: SocketExecutor, _ serving: SocketExecutor,
  ask: @escaping @Sendable (_ socket: ReqSocket, _ payload: [UInt8], _ count: Int) async throws -> Int,
  serve: @escaping @Sendable (_ socket: RepSocket, _ count: Int) async throws -> Void
) throws -> Time {
  let context = try Context()
  let time = try AsyncWork.run(on: asking) {
    let req = try context.socket(.req)
    let endpoint = try req.bind(setting.transport.endpoint)
    let warmUp = Int(baseline_warm_up(setting.size))
    let server = Task(executorPreference: serving) {
      let rep = try context.socket(.rep)
      try rep.connect(endpoint)
      try await serve(rep, warmUp + count)
    }
    let payload = [UInt8](repeating: 1, count: setting.size)
    _ = try await ask(req, payload, warmUp)
    let start = baseline_now()
    let sum = try await ask(req, payload, count)
    let time = baseline_now() - start
    try expect(sum, count)
    try await server.value
    return time
  }
  try context.terminate()
  return time
}

private func askFrames(_ socket: ReqSocket, _ payload: [UInt8], _ count: Int) async throws -> Int {
  var sum = 0
  var frame = UniqueFrame()
  for _ in 0..<count {
    frame = UniqueFrame(copying: payload.span.bytes)
    try await socket.send(&frame, more: false)
    try await socket.receive(into: &frame)
    sum += lastByte(frame.bytes)
  }
  return sum
}

private func serveFrames(_ socket: RepSocket, _ count: Int) async throws {
  var frame = UniqueFrame()
  for _ in 0..<count {
    try await socket.receive(into: &frame)
    try await socket.send(&frame, more: false)
  }
}

private func askMessages(_ socket: ReqSocket, _ payload: [UInt8], _ count: Int) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try await socket.send(payload)
    let reply = try await socket.receive()
    sum += reply.count
  }
  return sum
}

private func serveMessages(_ socket: RepSocket, _ count: Int) async throws {
  for _ in 0..<count { try await socket.send(try await socket.receive()) }
}
