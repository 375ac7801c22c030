import CBaseline
import ZeroMQ

extension Workload {
  /// Two threads; one sends as fast as it can, the other receives.
  static let throughput = Workload(
    name: "throughput", number: 2, title: "throughput, PUSH to PULL, two threads", unit: "message",
    settings: [.inproc, .tcp].flatMap { transport in sizes.map { Setting(transport, $0) } },
    cases: [
      Case("zmq_msg_t", c: baseline_throughput_message),
      Case("buffers", c: baseline_throughput_buffer),
      Case("UniqueFrame", goals: [Goal(.cpu, 1.03)]) { try acrossThreads($0, $1, send: sendFrames, receive: receiveFrames) },
      Case("Message", goals: [Goal(.cpu, 1.18)]) { try acrossThreads($0, $1, send: sendMessages, receive: receiveMessages) },
      Case("FramePool") { try acrossThreads($0, $1, send: sendPooled, receive: receiveFrames) },
    ] + asyncThroughputs)
}

/// The clock runs from the sender's first message to the receiver's last, so that no message waits in a queue when it starts.
func acrossThreads(
  _ setting: Setting, _ count: Int,
  send: @escaping @Sendable (_ socket: PushSocket, _ payload: [UInt8], _ count: Int) throws -> Void,
  receive: (_ socket: PullSocket, _ count: Int) throws -> Int
) throws -> Time {
  let context = try Context()
  let pull = try context.socket(.pull)
  let endpoint = try pull.bind(setting.transport.endpoint)
  let warmUp = Int(baseline_warm_up(setting.size))
  let sender = Worker {
    let push = try context.socket(.push)
    try push.connect(endpoint)
    let payload = [UInt8](repeating: 1, count: setting.size)
    try send(push, payload, warmUp)
    let start = baseline_now()
    try send(push, payload, count)
    return start
  }
  _ = try receive(pull, warmUp)
  let sum = try receive(pull, count)
  let end = baseline_now()
  try expect(sum, count)
  let start = try sender.join()
  pull.close()
  try context.terminate()
  return end - start
}

func sendFrames(_ socket: PushSocket, _ payload: [UInt8], _ count: Int) throws {
  for _ in 0..<count { try socket.send(UniqueFrame(copying: payload.span.bytes), more: false) }
}

func receiveFrames(_ socket: PullSocket, _ count: Int) throws -> Int {
  var sum = 0
  var received = UniqueFrame()
  for _ in 0..<count {
    try socket.receive(into: &received)
    sum += lastByte(received.bytes)
  }
  return sum
}

func sendMessages(_ socket: PushSocket, _ payload: [UInt8], _ count: Int) throws {
  for _ in 0..<count { try socket.send(Message(copying: payload)) }
}

func receiveMessages(_ socket: PullSocket, _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    let message = try socket.receive()
    sum += message.count
  }
  return sum
}

private func sendPooled(_ socket: PushSocket, _ payload: [UInt8], _ count: Int) throws {
  let pool = FramePool(byteCount: payload.count)
  for _ in 0..<count { try socket.send(pool.frame(copying: payload.span.bytes), more: false) }
}
