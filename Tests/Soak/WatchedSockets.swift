import Foundation
import ZeroMQ

/// Closes sockets while tasks wait for them, opens others with the same descriptors, and moves sockets between executors.
struct WatchedSockets {
  let count: Int
  let transports: [Topology.Transport]
  let watchdog: Watchdog

  /// The executors on which tasks wait; `nil` is none.
  private let executors = [nil, SocketExecutor(), SocketExecutor(), SocketExecutor(spinTime: .microseconds(20))]

  /// The messages that one socket receives, and sends, while it moves.
  private static let messagesOfAMove = 50

  func run(seed: UInt64) async throws -> String {
    watchdog.begin("sockets that close or move while they are waited for")
    let context = try Context(.init(blocky: false))
    var random = SeededGenerator(seed: seed)
    let closed = try await closeSockets(in: context, &random)
    let moved = try await moveSockets(in: context, &random)
    try await context.terminate()
    return "\(closed), \(moved)"
  }

  private func transport(_ number: Int) -> Topology.Transport {
    // tcp keeps the ports of closed connections for a minute, and a socket of inproc is closed the fastest.
    let others = transports.filter { $0 != .inproc }
    return number % 20 == 0 && !others.isEmpty ? others[number / 20 % others.count] : transports[0]
  }

  // MARK: Sockets that close

  /// Closes each socket while tasks wait for it, and lets the next one have its descriptor.
  private func closeSockets(in context: Context, _ random: inout SeededGenerator) async throws -> String {
    let worker = watchdog.worker("closing")
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    var previous: Set<Int32> = []
    var (reused, delivered, waits) = (0, 0, 0)
    for number in 0..<count {
      let socket = try pair(in: context)
      let endpoint = try socket.bind(transport(number).newEndpoint())
      let peer = try pair(in: context)
      let descriptors: Set = [try socket.get(.fileDescriptor), try peer.get(.fileDescriptor)]
      if !descriptors.isDisjoint(with: previous) { reused += 1 }
      previous = descriptors
      let holder: any Holder =
        if let executor = random.element(of: executors) { PinnedHolder(socket, on: executor) } else { FreeHolder(socket) }
      var tasks: [Task<Message?, any Error>] = []
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let way = random.element(of: Way.allCases)
        tasks.append(Task(executorPreference: random.element(of: executors)) { try await holder.receive(way, descriptor) })
      }
      waits += tasks.count
      // Otherwise the tasks come while messages do, or after the socket has been closed.
      if !random.isOne(in: 4) { while await holder.begun < tasks.count { await Task.yield() } }
      let sent = random.isOne(in: 2) ? 0 : Int.random(in: 1...3, using: &random)
      if sent > 0 { try peer.connect(endpoint) }
      for number in 0..<sent { try await peer.send("\(number)") }
      worker.note(.receiving)
      if sent == 0 || random.isOne(in: 2) {
        await holder.close()
      } else {
        // All messages must be received; further tasks than there are messages end when the socket is closed.
        let expected = min(sent, tasks.count)
        while await holder.received < expected { await Task.yield() }
        delivered += expected
        await holder.close()
      }
      var numbers: [String] = []
      for task in tasks { if let message = try await result(of: task) { numbers.append(message[0].text ?? "") } }
      guard Set(numbers).count == numbers.count, numbers.allSatisfy({ Int($0) ?? sent < sent }) else {
        throw Fault("tasks of socket \(number) received \(numbers) of \(sent) messages")
      }
      peer.close()
      if random.isOne(in: 2) { try await waitUntilClosed(descriptors) }
      worker.advance()
      watchdog.move()
    }
    worker.note(.finished)
    withExtendedLifetime(pipe) {}
    if count > 100, Resources.openDescriptors != nil, reused == 0 { throw Fault("no descriptor was used again") }
    return "\(count) sockets closed during \(waits) waits, \(reused) had the descriptor of the last one, \(delivered) messages came"
  }

  private func pair(in context: Context, mark: Int = 10) throws -> sending PairSocket {
    let socket = try context.socket(.pair)
    try socket.set(.sendHighWaterMark, to: mark)
    try socket.set(.receiveHighWaterMark, to: mark)
    return socket
  }

  /// Waits for the end of a task.
  ///
  /// - Returns: its message; `nil` if the socket was closed before one came.
  private func result(of task: Task<Message?, any Error>) async throws -> Message? {
    do { return try await task.value } catch .notSocket { return nil }
  }

  /// Waits until libzmq has released descriptors, for a while: something else can have opened them again.
  private func waitUntilClosed(_ descriptors: Set<Int32>) async throws {
    for _ in 0..<100 where descriptors.contains(where: { fcntl($0, F_GETFD) >= 0 }) { try await Task.sleep(for: .microseconds(10)) }
  }

  // MARK: Sockets that move

  /// Lets each wait for one socket be on another executor than the last, while messages come and connections do.
  private func moveSockets(in context: Context, _ random: inout SeededGenerator) async throws -> String {
    let worker = watchdog.worker("moving")
    var (moves, waits) = (0, 0)
    let sockets = max(count / Self.messagesOfAMove, 1)
    for number in 0..<sockets {
      let socket = try pair(in: context, mark: 1)
      let endpoint = try socket.bind(transport(number).newEndpoint())
      let other = Task(executorPreference: random.element(of: executors)) { [random = random.branch()] in
        try await converse(with: endpoint, in: context, random)
      }
      // The actor has no executor of its own: its socket is wherever the task is.
      let holder = FreeHolder(socket)
      var place = random.element(of: executors)
      while await holder.received < Self.messagesOfAMove {
        // The socket must leave an executor whose thread ends.
        let ends = random.isOne(in: 10)
        let next = ends ? SocketExecutor() : random.element(of: executors)
        if next !== place { moves += 1 }
        place = next
        waits += 1
        let count = Int.random(in: 1...3, using: &random)
        let timeout: Duration? = random.isOne(in: 3) ? .microseconds(50) : nil
        worker.note(.receiving)
        try await Task(executorPreference: next) {
          for _ in 0..<count where await holder.received < Self.messagesOfAMove { try await holder.echo(timeout) }
        }.value
        if ends { next?.shutdown() }
        worker.advance()
        watchdog.move()
      }
      try await other.value
      await holder.close()
    }
    worker.note(.finished)
    return "\(sockets) sockets moved \(moves) times between \(waits) waits"
  }

  /// Sends to a socket that moves, receives what it sends back, and at times lets another socket connect to it, which is an event
  /// that brings no message: a PAIR refuses the second peer.
  private func converse(with endpoint: String, in context: Context, _ seed: SeededGenerator) async throws {
    var random = seed
    let peer = try pair(in: context, mark: 1)
    try peer.connect(endpoint)
    var returned = 0
    func note(_ message: Message) throws {
      guard message == Message("\(returned)") else { throw Fault("\(message) came back instead of \(returned)") }
      returned += 1
    }
    for number in 0..<Self.messagesOfAMove {
      if random.isOne(in: 4) { try await Task.sleep(for: .microseconds(Int.random(in: 0...200, using: &random))) }
      if returned > 0, random.isOne(in: 8) {
        let stranger = try pair(in: context)
        try stranger.connect(endpoint)
        stranger.close()
      }
      try await peer.send("\(number)")
      while let message = try peer.receiveIfReady() { try note(message) }
    }
    while returned < Self.messagesOfAMove { try note(try await peer.receive()) }
  }
}

/// How a task receives.
private enum Way: CaseIterable {
  case receiving, inTime, iterating, frames, untilReadable, polling
}

/// An actor with a socket, which is closed while tasks wait for it.
private protocol Holder: Actor {
  var socket: PairSocket { get }
  /// The numbers of waits that have begun, and of messages that have been received.
  var begun: Int { get set }
  var received: Int { get set }
}

/// One that lives on an executor.
private actor PinnedHolder: Holder {
  private let executor: SocketExecutor
  let socket: PairSocket
  var (begun, received) = (0, 0)

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  init(_ socket: sending PairSocket, on executor: SocketExecutor) {
    (self.socket, self.executor) = (socket, executor)
  }
}

/// One that runs wherever its tasks do.
private actor FreeHolder: Holder {
  let socket: PairSocket
  var (begun, received) = (0, 0)

  init(_ socket: sending PairSocket) {
    self.socket = socket
  }
}

extension Holder {
  func close() { socket.close() }

  /// Receives a message.
  ///
  /// - Parameter descriptor: A descriptor that is never ready, for pollers.
  func receive(_ way: Way, _ descriptor: Int32) async throws -> Message? {
    begun += 1
    let message = try await next(way, descriptor)
    if message != nil { received += 1 }
    return message
  }

  /// Receives the next message, and sends it back.
  ///
  /// - Parameter timeout: The maximum time to wait for the message; `nil` waits indefinitely.
  func echo(_ timeout: Duration?) async throws {
    let message = if let timeout { try await socket.receive(timeout: timeout) } else { try await socket.receive() }
    guard let message else { return }
    guard message == Message("\(received)") else { throw Fault("\(message) came instead of \(received)") }
    received += 1
    // With a mark of 1, most of these wait.
    try await socket.send(message)
  }

  private func next(_ way: Way, _ descriptor: Int32) async throws -> Message? {
    switch way {
    case .receiving: return try await socket.receive()
    case .inTime:
      guard let message = try await socket.receive(timeout: .seconds(1000)) else { throw Fault("the time was not over") }
      return message
    case .iterating:
      for try await message in socket.messages { return message }
      return nil
    case .frames:
      var frame = UniqueFrame()
      try await socket.receive(into: &frame)
      return [Frame(frame)]
    case .untilReadable, .polling:
      while true {
        var poller = Poller()
        poller.add(socket, for: .readable)
        if way == .polling { poller.add(fileDescriptor: descriptor, for: .readable) }
        if try await poller.wait().isEmpty { throw Fault("the wait ended without an event") }
        // Another task can have been faster.
        if let message = try socket.receiveIfReady() { return message }
      }
    }
  }
}
