import ZeroMQ

func share(_ context: Context, _ first: SocketExecutor, _ second: SocketExecutor) async throws {
  let socket = try context.socket(.push)
  // expected-error@+1 {{sending 'socket' risks causing data races}}
  async let one: Void = first.run { try await socket.send("one") }
  async let two: Void = second.run { try await socket.send("two") }
  _ = try await (one, two)
}
