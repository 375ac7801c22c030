import XCTest
import ZeroMQ

/// An actor with a socket, which any number of tasks use through it.
protocol SocketOwner: Actor {
  var socket: PairSocket { get }
  /// The tasks in the order in which they came to wait.
  var arrivals: [Int] { get set }
}

/// One that lives wherever the system lets it.
actor PlainOwner: SocketOwner {
  let socket: PairSocket
  var arrivals: [Int] = []

  init(_ socket: sending PairSocket) {
    self.socket = socket
  }
}

/// One that lives on a socket executor.
actor PinnedOwner: SocketOwner {
  let executor: SocketExecutor
  let socket: PairSocket
  var arrivals: [Int] = []

  nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

  init(_ socket: sending PairSocket, on executor: SocketExecutor = SocketExecutor()) {
    self.executor = executor
    self.socket = socket
  }
}

extension SocketOwner {
  func receive(as number: Int = 0) async throws -> Message {
    arrivals.append(number)
    return try await socket.receive()
  }

  func receive(timeout: Duration) async throws -> Message? { try await socket.receive(timeout: timeout) }

  func send(_ message: Message, as number: Int = 0) async throws {
    arrivals.append(number)
    try await socket.send(message)
  }

  func wait(for events: PollEvents) async throws -> PollEvents { try await socket.wait(for: events) }

  func sendIfReady(_ message: Message) throws -> Bool { try socket.sendIfReady(message) }
  func receiveIfReady() throws -> Message? { try socket.receiveIfReady() }
  func events() throws -> PollEvents { try socket.get(.events) }
  func setLinger() throws { try socket.set(.linger, to: .milliseconds(10)) }
  func bindAnew() throws { try socket.unbind(try socket.bind(Transport.inproc.newEndpoint())) }
  func poll() throws -> Int {
    var poller = Poller()
    poller.add(socket, for: [.readable, .writable])
    return try pollNow(&poller)
  }
  func block(for time: Duration) throws -> Message? { try receiveBlocking(time) }
  func monitor() throws { try socket.monitor().close() }
  func close() { socket.close() }

  private func receiveBlocking(_ time: Duration) throws -> Message? { try socket.receive(timeout: time) }
  private func pollNow(_ poller: inout Poller) throws -> Int { try poller.wait(timeout: .zero).count }

  /// Waits until so many tasks have come.
  func waitForArrivals(_ count: Int) async {
    while arrivals.count < count { await Task.yield() }
  }
}
