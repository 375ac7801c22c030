import ZeroMQ

func giveAway(_ context: Context, _ executor: SocketExecutor) async throws {
  let socket = try context.socket(.push)
  // expected-error@+1 {{risks causing data races}}
  try await executor.run { try await socket.send("one") }
  try await socket.send("two")
}
