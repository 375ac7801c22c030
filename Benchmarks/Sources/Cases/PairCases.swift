import CBaseline
import ZeroMQ
import ZeroMQFoundationCompat

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Workload {
  /// One thread; a PAIR sends, another receives.
  ///
  /// One send and one receive is a message.
  static let pair = Workload(
    name: "pair", number: 1, title: "one thread, PAIR to PAIR", unit: "message",
    settings: sizes.map { Setting(.inproc, $0) }, countedSizes: sizes,
    cases: [
      Case("zmq_msg_t reused", c: baseline_pair_reused),
      Case("zmq_msg_t fresh", c: baseline_pair_fresh),
      Case("buffers", c: baseline_pair_buffer),
      Case("UniqueFrame reused", goals: frames) { try onPair($0, $1, uniqueFrameReused) },
      Case("UniqueFrame fresh", goals: frames) { try onPair($0, $1, uniqueFrameFresh) },
      Case("bytes sent, Message received", goals: received) { try onPair($0, $1, messageReceived) },
      Case("bytes sent, Message read") { try onPair($0, $1, messageRead) },
      Case("Message built, sent, received", goals: built) { try onPair($0, $1, messageBuilt) },
      Case("UniqueFrame reused on both sides", goals: framesOnBothSides) { try onPair($0, $1, uniqueFrameReusedTwice) },
      Case("Message of a literal sent, Message received", goals: literal) { try onPair($0, $1, literalOfFrame) },
      Case("[UInt8] sent and received", goals: arrays) { try onPair($0, $1, arrayBothWays) },
      Case("Data sent and received", goals: data) { try onPair($0, $1, dataBothWays) },
    ] + asyncPairs)
}

private let frames = [Goal(.instructions, 1.03), Goal(.allocations)]
private let framesOnBothSides = [Goal(.instructions, 1.02), Goal(.allocations)]
/// A large message does not stay in memory for the next one, which so needs an allocation.
private let received = [Goal(.instructions, 1.15), Goal(.allocations) { $0.size <= 8192 }]
/// One allocation where the message is made, and one where it is received.
private let built = [Goal(.instructions, 1.35), Goal(.allocations, more: 2)]
/// No allocation: the received message lies where the last one did.
private let literal = [
  Goal(.instructions, 1.3) { $0.size == 8 }, Goal(.instructions, 1.25) { $0.size == 64 },
  Goal(.instructions, 1.2) { $0.size >= 1024 }, Goal(.allocations) { $0.size <= 8192 },
]
/// One allocation: the array.
private let arrays = [Goal(.instructions, 1.5) { $0.size == 64 }, Goal(.allocations, more: 1) { $0.size <= 8192 }]
private let data = [Goal(.instructions, 2.3) { $0.size == 64 }]

/// The loop of a case: sends and receives so many messages, and returns the sum of a byte of each, which is 1.
typealias PairExchange = (_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int

func onPair(_ setting: Setting, _ count: Int, _ exchange: PairExchange) throws -> Time {
  let context = try Context()
  let sender = try context.socket(.pair)
  try sender.bind(setting.transport.endpoint)
  let receiver = try context.socket(.pair)
  try receiver.connect(setting.transport.endpoint)
  let payload = [UInt8](repeating: 1, count: setting.size)
  _ = try exchange(sender, receiver, payload, Int(baseline_warm_up(setting.size)))
  let start = baseline_now()
  let sum = try exchange(sender, receiver, payload, count)
  let time = withExtendedLifetime(payload) { baseline_now() - start }
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

private func dataBothWays(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  let sent = Data(payload)
  var sum = 0
  for _ in 0..<count {
    try sender.send(sent)
    let data = Data(try receiver.receive()[0])
    sum += Int(data[data.count - 1])
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
