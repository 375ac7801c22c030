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

/// Something that stays on the heap, and what the same takes in C.
public struct HeapCase: Sendable {
  /// What it is.
  public let name: String
  /// What one should take at most, in bytes.
  public let goal: Goal?
  /// Makes so many, and returns the bytes of one.
  public let measure: @Sendable (Int) throws -> Int64
  /// The same in C.
  public let measureC: @Sendable (Int) -> Int64

  /// All of them.
  public static let all = [
    HeapCase(
      name: "a kept message of 64 B", goal: Goal(.bytes, more: 304), measure: { try bytesOfKept(size: 64, count: $0) },
      measureC: { baseline_kept_bytes(64, Int64($0)) }),
    HeapCase(
      name: "a socket", goal: nil, measure: { try bytesOfSocket(count: $0) }, measureC: { baseline_socket_bytes(Int64($0)) }),
    HeapCase(
      name: "a socket, and a task that waits for it", goal: Goal(.bytes, 1, more: 1500), measure: { try bytesOfWaiting(count: $0) },
      measureC: { baseline_socket_bytes(Int64($0)) }),
  ]

  /// A message that was received over inproc.
  private static func bytesOfKept(size: Int, count: Int) throws -> Int64 {
    let context = try Context()
    let sender = try context.socket(.pair)
    try sender.bind(Transport.inproc.endpoint)
    let receiver = try context.socket(.pair)
    try receiver.connect(Transport.inproc.endpoint)
    let payload = [UInt8](repeating: 1, count: size)
    var kept: [Message] = []
    kept.reserveCapacity(count)
    // The first messages are for what the sockets keep.
    for _ in 0..<count / 2 {
      try sender.send(payload)
      kept.append(try receiver.receive())
    }
    let before = baseline_heap_bytes()
    while kept.count < count {
      try sender.send(payload)
      kept.append(try receiver.receive())
    }
    let bytes = (baseline_heap_bytes() - before) / Int64(count - count / 2)
    receiver.close()
    sender.close()
    try context.terminate()
    return bytes
  }

  private static func bytesOfSocket(count: Int) throws -> Int64 {
    let context = try Context(Context.Configuration(maximumSockets: count + 8))
    var sockets: [PullSocket] = []
    sockets.reserveCapacity(count)
    // As in C, the first half is for what the context keeps.
    while sockets.count < count / 2 { sockets.append(try context.socket(.pull)) }
    let before = baseline_heap_bytes()
    while sockets.count < count { sockets.append(try context.socket(.pull)) }
    let bytes = (baseline_heap_bytes() - before) / Int64(count - count / 2)
    sockets = []
    try context.terminate()
    return bytes
  }

  /// A task on an executor, suspended in `receive()`, and its socket.
  private static func bytesOfWaiting(count: Int) throws -> Int64 {
    let context = try Context(Context.Configuration(maximumSockets: count + 8))
    let executor = SocketExecutor()
    let bytes = try AsyncWork.run(on: executor) {
      var tasks: [Task<Void, any Error>] = []
      tasks.reserveCapacity(count)
      func wait(until number: Int) async {
        while tasks.count < number {
          tasks.append(Task(executorPreference: executor) { _ = try await context.socket(.pull).receive() })
        }
        // An executor runs its jobs in order: behind this one's, all tasks wait.
        await Task(executorPreference: executor) {}.value
      }
      // The first tasks are for what the executor keeps.
      await wait(until: count / 2)
      let before = baseline_heap_bytes()
      await wait(until: count)
      let bytes = (baseline_heap_bytes() - before) / Int64(count - count / 2)
      for task in tasks { task.cancel() }
      for task in tasks { _ = await task.result }
      return bytes
    }
    try context.terminate()
    return bytes
  }
}
