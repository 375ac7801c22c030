import ZeroMQ

func takeBack(_ context: Context, _ executor: SocketExecutor) async throws {
  // expected-error@+1 {{a socket is used by one task or thread at a time; give it away, or make one there}}
  let socket = try await executor.run { try context.socket(.push) }
  try await socket.send("one")
}
