import ZeroMQ

func share(_ socket: RepSocket) throws {
  let monitor = try socket.monitor()
  // expected-error@+1 {{sending value of non-Sendable type '() async throws -> ()' risks causing data races}}
  Task { print(try await monitor.receive()) }
  Task { print(try await monitor.receive()) }
}
