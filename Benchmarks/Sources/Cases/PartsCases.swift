import CBaseline
import ZeroMQ

extension Workload {
  /// One thread; a PAIR sends [id, "", body] from variables, another receives the frames.
  static let parts = Workload(
    name: "parts", number: 4, title: "[id, empty, body] sent from variables, one thread, PAIR to PAIR", unit: "message",
    settings: [Setting(.inproc, 64)], countedSizes: [64],
    cases: [
      Case("zmq_msg_t", c: baseline_parts_message),
      Case("buffers", c: baseline_parts_buffer),
      Case("parts: Frame, literal, [UInt8]", goals: goals) { try onPair($0, $1, bytes) },
      Case("parts: Frame, literal, String", goals: goals) { try onPair($0, $1, text) },
      Case("parts: Frame, literal, Frame", goals: goals) { try onPair($0, $1, frame) },
      Case("literal of Frames", goals: goals) { try onPair($0, $1, literal) },
      Case("Message of parts") { try onPair($0, $1, message) },
    ])
}

private let goals = [Goal(.instructions, 1.2), Goal(.allocations)]

/// A routing ID as a ROUTER makes them up, which the compiler does not see through.
@inline(never)
private func routingID() -> Frame { [0, 1, 2, 3, 4] }

private func bytes(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  let id = routingID()
  return try exchange(receiver, count) { try sender.send(id, "", payload) }
}

private func text(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  let (id, body) = (routingID(), String(decoding: payload, as: UTF8.self))
  return try exchange(receiver, count) { try sender.send(id, "", body) }
}

private func frame(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  let (id, body) = (routingID(), Frame(payload))
  return try exchange(receiver, count) { try sender.send(id, "", body) }
}

private func literal(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  let (id, body) = (routingID(), Frame(payload))
  return try exchange(receiver, count) { try sender.send([id, "", body]) }
}

private func message(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  let id = routingID()
  return try exchange(receiver, count) { try sender.send(Message(id, "", payload)) }
}

/// Sends and receives so many messages, and returns the sum of a byte of each, which is 1.
@inline(__always)
private func exchange(_ receiver: PairSocket, _ count: Int, _ send: () throws -> Void) throws -> Int {
  var sum = 0
  var first = UniqueFrame()
  var second = UniqueFrame()
  var third = UniqueFrame()
  for _ in 0..<count {
    try send()
    try receiver.receive(into: &first)
    try receiver.receive(into: &second)
    try receiver.receive(into: &third)
    sum += lastByte(third.bytes)
  }
  return sum
}
