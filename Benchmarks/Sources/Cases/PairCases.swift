import CBaseline
import ZeroMQ

extension Workload {
  /// One thread; a PAIR sends, another receives.
  ///
  /// One send and one receive is a message.
  static let pair = Workload(
    name: "pair", number: 1, title: "one thread, PAIR to PAIR", unit: "message",
    settings: sizes.map { Setting(.inproc, $0) },
    cases: [
      Case("zmq_msg_t reused", c: baseline_pair_reused),
      Case("zmq_msg_t fresh", c: baseline_pair_fresh),
      Case("buffers", c: baseline_pair_buffer),
      Case("UniqueFrame reused", .bytes, goal: frames) { try onPair($0, $1, uniqueFrameReused) },
      Case("UniqueFrame fresh", .bytes, goal: frames) { try onPair($0, $1, uniqueFrameFresh) },
      Case("bytes sent, Message received", .message, goal: received) { try onPair($0, $1, messageReceived) },
      Case("bytes sent, Message read", .message) { try onPair($0, $1, messageRead) },
      Case("Message built, sent, received", .message, goal: built) { try onPair($0, $1, messageBuilt) },
      Case("UniqueFrame reused on both sides", .bytes, goal: frames) { try onPair($0, $1, uniqueFrameReusedTwice) },
      Case("Message of a literal sent, Message received", .message, goal: literal) { try onPair($0, $1, literalOfFrame) },
      Case("[UInt8] sent and received", .message, goal: arrays) { try onPair($0, $1, arrayBothWays) },
    ] + asyncPairs)
}

private let frames = Case.Goal(ratio: 1.03, allocations: 0)
/// What is large is not kept in memory for the next message, which so needs an allocation.
private let received = Case.Goal(ratio: 1.15, allocations: 0, upTo: 8192)
/// One allocation where the message is made, and one where it is received.
private let built = Case.Goal(ratio: 1.35, allocations: 2)

/// No allocation; what is received lies where the last message did.
private let literal = Case.Goal(ratio: 1.3, allocations: 0, upTo: 8192)
/// One allocation: the array.
private let arrays = Case.Goal(ratio: 1.5, allocations: 1, upTo: 8192)

/// The loop of a case: sends and receives so many messages, and returns the sum of a byte of each, which is 1.
typealias PairExchange = (_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int

func onPair(_ setting: Setting, _ count: Int, _ exchange: PairExchange) throws -> Int64 {
  let context = try Context()
  let sender = try context.socket(.pair)
  try sender.bind(setting.transport.endpoint)
  let receiver = try context.socket(.pair)
  try receiver.connect(setting.transport.endpoint)
  let payload = [UInt8](repeating: 1, count: setting.size)
  _ = try exchange(sender, receiver, payload, Int(baseline_warm_up(setting.size)))
  let start = baseline_now()
  let sum = try exchange(sender, receiver, payload, count)
  let time = baseline_now() - start
  try expect(sum, count)
  receiver.close()
  sender.close()
  try context.terminate()
  return time
}

func uniqueFrameReused(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  var received = UniqueFrame()
  for _ in 0..<count {
    try sender.send(UniqueFrame(copying: payload.span.bytes), more: false)
    try receiver.receive(into: &received)
    sum += lastByte(received.bytes)
  }
  return sum
}

private func uniqueFrameFresh(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try sender.send(UniqueFrame(copying: payload.span.bytes), more: false)
    var received = UniqueFrame()
    try receiver.receive(into: &received)
    sum += lastByte(received.bytes)
  }
  return sum
}

private func uniqueFrameReusedTwice(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  var sent = UniqueFrame()
  var received = UniqueFrame()
  for _ in 0..<count {
    sent = UniqueFrame(copying: payload.span.bytes)
    try sender.send(&sent, more: false)
    try receiver.receive(into: &received)
    sum += lastByte(received.bytes)
  }
  return sum
}

private func literalOfFrame(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try sender.send([Frame(copying: payload)])
    let message = try receiver.receive()
    sum += message.count
  }
  return sum
}

private func arrayBothWays(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try sender.send(payload)
    let array = [UInt8](try receiver.receive()[0])
    sum += Int(array[array.count - 1])
  }
  return sum
}

func messageReceived(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try sender.send(payload.span)
    let message = try receiver.receive()
    sum += message.count
  }
  return sum
}

private func messageRead(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try sender.send(payload)
    let message = try receiver.receive()
    let frame = message[0]
    sum += Int(frame[frame.count - 1])
  }
  return sum
}

private func messageBuilt(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  var sum = 0
  for _ in 0..<count {
    try sender.send(Message(copying: payload))
    let message = try receiver.receive()
    sum += message.count
  }
  return sum
}

/// Reads one byte, as the C cases do.
@inline(__always)
func lastByte(_ bytes: RawSpan) -> Int {
  Int(bytes.unsafeLoad(fromByteOffset: bytes.byteCount - 1, as: UInt8.self))
}
