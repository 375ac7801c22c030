import CBaseline
import ZeroMQ

extension Workload {
  /// Two tasks on an executor each; one sends as fast as it can, the other receives.
  static let asyncThroughputs: [Case] = [
    Case("async UniqueFrame", goals: goals) { try acrossExecutors($0, $1, send: sendFrames, receive: receiveFrames) },
    Case("async bytes sent, frame received", goals: goals) {
      try acrossExecutors($0, $1, send: sendBytes, receive: receiveFrames)
    },
    Case("async Message", goals: goals) { try acrossExecutors($0, $1, send: sendMessages, receive: receiveMessages) },
  ]

  /// The same with large messages, whose bytes are copied in.
  static let asyncLargeCopiedTCP: [Case] = [
    Case("async UniqueFrame") { try acrossExecutors($0, $1, send: sendFrames, receive: receiveFrames) },
    Case("async Message") { try acrossExecutors($0, $1, send: sendMessages, receive: receiveMessages) },
  ]

  /// The same with large messages, whose bytes are lent to libzmq.
  static let asyncLargeAdoptedTCP: [Case] = [
    Case("async UniqueFrame") { try acrossExecutors($0, $1, send: sendAdoptingFrames, receive: receiveFrames) },
    Case("async Message") { try acrossExecutors($0, $1, send: sendAdoptingMessages, receive: receiveMessages) },
  ]
}

private let goals = [
  Goal(.cpu, 1.43) { $0.size == 64 && $0.transport == .inproc }, Goal(.cpu, 1.11) { $0.size == 64 && $0.transport == .tcp },
]

/// The clock runs as in the cases of two threads.
private func acrossExecutors(
  _ setting: Setting, _ count: Int,
  send: @escaping @Sendable (_ socket: PushSocket, _ payload: [UInt8], _ count: Int) async throws -> Void,
  receive: @escaping @Sendable (_ socket: PullSocket, _ count: Int) async throws -> Int
) throws -> Time {
  let context = try Context()
  let sending = SocketExecutor()
  let time = try AsyncWork.run(on: SocketExecutor()) {
    let pull = try context.socket(.pull)
    let endpoint = try pull.bind(setting.transport.endpoint)
    let warmUp = Int(baseline_warm_up(setting.size))
    let sender = Task(executorPreference: sending) {
      let push = try context.socket(.push)
      try push.connect(endpoint)
      let payload = [UInt8](repeating: 1, count: setting.size)
      try await send(push, payload, warmUp)
      let start = baseline_now()
      try await send(push, payload, count)
      return start
    }
    _ = try await receive(pull, warmUp)
    let sum = try await receive(pull, count)
    let end = baseline_now()
    try expect(sum, count)
    return end - (try await sender.value)
  }
  try context.terminate()
  return time
}

private func sendFrames(_ socket: PushSocket, _ payload: [UInt8], _ count: Int) async throws {
  var frame = UniqueFrame()
  for _ in 0..<count {
    frame = UniqueFrame(copying: payload.span.bytes)
    try await socket.send(&frame, more: false)
  }
}

private func sendBytes(_ socket: PushSocket, _ payload: [UInt8], _ count: Int) async throws {
  for _ in 0..<count { try await socket.send(payload.span) }
}

private func receiveFrames(_ socket: PullSocket, _ count: Int) async throws -> Int {
  var sum = 0
  var received = UniqueFrame()
  for _ in 0..<count {
    try await socket.receive(into: &received)
    sum += lastByte(received.bytes)
  }
  return sum
}

private func sendMessages(_ socket: PushSocket, _ payload: [UInt8], _ count: Int) async throws {
  for _ in 0..<count { try await socket.send(Message(copying: payload)) }
}

private func receiveMessages(_ socket: PullSocket, _ count: Int) async throws -> Int {
  var sum = 0
  for _ in 0..<count {
    let message = try await socket.receive()
    sum += message.count
  }
  return sum
}

private func sendAdoptingFrames(_ socket: PushSocket, _ payload: [UInt8], _ count: Int) async throws {
  for _ in 0..<count { try await socket.send(UniqueFrame(adopting: lent) { _ in }, more: false) }
}

private func sendAdoptingMessages(_ socket: PushSocket, _ payload: [UInt8], _ count: Int) async throws {
  for _ in 0..<count { try await socket.send(Frame(adopting: lent) { _ in }) }
}
