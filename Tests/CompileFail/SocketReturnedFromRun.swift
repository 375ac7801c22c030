import ZeroMQ

func keep(_ context: Context, _ executor: SocketExecutor) async throws {
  let socket = try context.socket(.push)
  let same = try await executor.run {
    try await socket.send("one")
    // expected-error@+1 {{task-isolated 'socket' as a 'sending' result risks causing data races}}
    return socket
  }
  try await same.send("two")
}
