import CBaseline
import ZeroMQ

/// A way to receive many messages, whose memory is looked at meanwhile.
public struct MemoryCase: Sendable {
  /// What is used.
  public let name: String
  /// The bytes of a message.
  public let size: Int
  private let send: @Sendable (PushSocket, [UInt8]) throws -> Void
  private let receive: @Sendable (PullSocket) throws -> Int

  /// All of them.
  public static let all = [
    MemoryCase(name: "UniqueFrame", size: 64) {
      try $0.send(UniqueFrame(copying: $1.span.bytes), more: false)
    } receive: {
      var frame = UniqueFrame()
      try $0.receive(into: &frame)
      return frame.count
    },
    MemoryCase(name: "Message", size: 64) {
      try $0.send(Message(copying: $1))
    } receive: {
      let message = try $0.receive()
      return message[0].count
    },
    MemoryCase(name: "Message of three frames", size: 64) {
      try $0.send([Frame(copying: $1.prefix(16)), "", Frame(copying: $1.dropFirst(16))])
    } receive: {
      let message = try $0.receive()
      return message.reduce(0) { $0 + $1.count }
    },
    MemoryCase(name: "Message", size: 16384) {
      try $0.send(Message(copying: $1))
    } receive: {
      let message = try $0.receive()
      return message[0].count
    },
  ]

  /// The bytes of heap that one message takes which was received over inproc and is kept.
  public static func keptBytes(size: Int, count: Int) throws -> Int64 {
    let context = try Context()
    let sender = try context.socket(.pair)
    try sender.bind(Transport.inproc.endpoint)
    let receiver = try context.socket(.pair)
    try receiver.connect(Transport.inproc.endpoint)
    let payload = [UInt8](repeating: 1, count: size)
    var kept: [Message] = []
    kept.reserveCapacity(count)
    var before: Int64 = 0
    for index in 0..<count {
      // The first messages are for what the sockets keep.
      if index == count / 2 { before = baseline_heap_bytes() }
      try sender.send(payload)
      kept.append(try receiver.receive())
    }
    let bytes = (baseline_heap_bytes() - before) / Int64(count - count / 2)
    try expect(kept.count, count)
    receiver.close()
    sender.close()
    try context.terminate()
    return bytes
  }

  /// Receives so many messages, and reports the number received after each of several equal parts.
  public func run(_ count: Int, _ parts: Int, _ report: (Int) -> Void) throws {
    let context = try Context()
    let pull = try context.socket(.pull)
    // Few, so that how full the queue happens to be does not look like growth.
    try pull.set(.receiveHighWaterMark, to: 50)
    try pull.bind(Transport.inproc.endpoint)
    let sender = Worker { [send, size] in
      let push = try context.socket(.push)
      try push.set(.sendHighWaterMark, to: 50)
      try push.connect(Transport.inproc.endpoint)
      let payload = [UInt8](repeating: 1, count: size)
      for _ in 0..<count { try send(push, payload) }
    }
    var bytes = 0
    var received = 0
    for part in 1...parts {
      while received < part * count / parts {
        bytes += try receive(pull)
        received += 1
      }
      report(received)
    }
    try expect(bytes, count * size)
    try sender.join()
    pull.close()
    try context.terminate()
  }
}
