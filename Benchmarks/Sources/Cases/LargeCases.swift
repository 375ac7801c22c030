import CBaseline
import ZeroMQ

extension Workload {
  fileprivate static let large = 64 << 20

  static let largeCopied = Workload(
    name: "large-copied", number: 7, title: "64 MiB copied in, PAIR to PAIR, one thread", unit: "message",
    settings: [Setting(.inproc, large)],
    cases: [
      Case("zmq_msg_t", c: baseline_pair_reused),
      Case("buffers", c: baseline_pair_buffer),
      Case("UniqueFrame") { try onPair($0, $1, uniqueFrameReused) },
      Case("Message") { try onPair($0, $1, messageReceived) },
    ] + asyncLargeCopied)

  static let largeCopiedTCP = Workload(
    name: "large-copied-tcp", number: 7, title: "64 MiB copied in, PUSH to PULL, two threads", unit: "message",
    settings: [Setting(.tcp, large)],
    cases: [
      Case("zmq_msg_t", c: baseline_throughput_message),
      Case("buffers", c: baseline_throughput_buffer),
      Case("UniqueFrame") { try acrossThreads($0, $1, send: sendFrames, receive: receiveFrames) },
      Case("Message") { try acrossThreads($0, $1, send: sendMessages, receive: receiveMessages) },
    ] + asyncLargeCopiedTCP)

  static let largeAdopted = Workload(
    name: "large-adopted", number: 7, title: "64 MiB adopted, PAIR to PAIR, one thread", unit: "message",
    settings: [Setting(.inproc, large)],
    cases: [
      Case("zmq_msg_init_data", c: baseline_adopted_pair),
      Case("UniqueFrame") { try onPair($0, $1, adoptingFrames) },
      Case("Message") { try onPair($0, $1, adoptingMessages) },
    ] + asyncLargeAdopted)

  static let largeAdoptedTCP = Workload(
    name: "large-adopted-tcp", number: 7, title: "64 MiB adopted, PUSH to PULL, two threads", unit: "message",
    settings: [Setting(.tcp, large)],
    cases: [
      Case("zmq_msg_init_data", c: baseline_adopted_throughput),
      Case("UniqueFrame") { try acrossThreads($0, $1, send: sendAdoptingFrames, receive: receiveFrames) },
      Case("Message") { try acrossThreads($0, $1, send: sendAdoptingMessages, receive: receiveMessages) },
    ] + asyncLargeAdoptedTCP)
}

/// Bytes lent to libzmq again and again, as in C; nobody writes to them, and they are never given back to the system.
nonisolated(unsafe) let lent = {
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Workload.large, alignment: 16)
  buffer.initializeMemory(as: UInt8.self, repeating: 1)
  return buffer
}()

private func adoptingFrames(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  let buffer = lent
  var sum = 0
  var received = UniqueFrame()
  for _ in 0..<count {
    try sender.send(UniqueFrame(adopting: buffer) { _ in }, more: false)
    try receiver.receive(into: &received)
    sum += lastByte(received.bytes)
  }
  return sum
}

private func adoptingMessages(_ sender: PairSocket, _ receiver: PairSocket, _ payload: [UInt8], _ count: Int) throws -> Int {
  let buffer = lent
  var sum = 0
  for _ in 0..<count {
    try sender.send(Frame(adopting: buffer) { _ in })
    let message = try receiver.receive()
    sum += message.count
  }
  return sum
}

private func sendAdoptingFrames(_ socket: PushSocket, _ payload: [UInt8], _ count: Int) throws {
  let buffer = lent
  for _ in 0..<count { try socket.send(UniqueFrame(adopting: buffer) { _ in }, more: false) }
}

private func sendAdoptingMessages(_ socket: PushSocket, _ payload: [UInt8], _ count: Int) throws {
  let buffer = lent
  for _ in 0..<count { try socket.send(Frame(adopting: buffer) { _ in }) }
}
