import ZeroMQ

func giveAway(_ context: Context) throws {
  let socket = try context.socket(.push)
  // expected-error@+1 {{sending value of non-Sendable type '() async throws -> ()' risks causing data races}}
  Task { try await socket.send("one") }
  try socket.send("two")
}
