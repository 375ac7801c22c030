// Majordomo broker (MDP/0.1), mdbroker with async and await: a task receives and another sends heartbeats, until Ctrl-C.
//
// Both use the socket and the broker's state, which is why these are an actor's.
// Run it as mdbroker.
// Argument and options: as mdbroker.
import GuideSupport
import Majordomo
import ZeroMQ

actor BrokerService {
  private let socket: RouterSocket
  private var broker: MajordomoBroker
  private let isVerbose = hasFlag("-v")

  init(in context: Context, at endpoint: String, heartbeat: Duration) throws {
    socket = try context.socket(.router)
    // A client may send many requests before it reads; a ROUTER at its high-water mark would drop the replies.
    try socket.set(.sendHighWaterMark, to: 0)
    try socket.bind(endpoint)
    broker = MajordomoBroker(heartbeat: heartbeat)
  }

  /// Serves until the context is shut down.
  func run() async throws {
    try await withThrowingTaskGroup { group in
      group.addTask { try await self.receiveMessages() }
      group.addTask { try await self.sendHeartbeats() }
      try await group.next()
      group.cancelAll()
    }
  }

  private func receiveMessages() async throws {
    for try await message in socket.messages {
      if isVerbose { print("I: received message:", message.dump(), separator: "\n") }
      do { try await send(broker.receive(message)) } catch let error as MDP.Violation { print("E: \(error)") }
    }
  }

  private func sendHeartbeats() async throws {
    while true {
      try await Task.sleep(until: broker.nextHeartbeat, clock: .continuous)
      try await send(broker.heartbeats())
    }
  }

  private func send(_ messages: [Message]) async throws {
    for message in messages {
      if isVerbose { print("I: sending message:", message.dump(), separator: "\n") }
      try await socket.send(message)
    }
  }
}

printLineByLine()

let endpoint = argument(1, default: "tcp://*:5555")
let heartbeat = option("heartbeat", default: .milliseconds(2500))
let context = try Context(.init(blocky: false))  // Some of the peers may be gone.
try context.shutdownOnSignals()

try await SocketExecutor().run {
  do {
    let service = try BrokerService(in: context, at: endpoint, heartbeat: heartbeat)
    print("I: MDP broker is active at \(endpoint)")
    try await service.run()
  } catch .contextTerminated {}
  try await context.terminate()
}
