import ZeroMQ

func share(_ context: Context) async throws {
  let socket = try context.socket(.pair)
  // expected-error@+1 {{sending 'socket' risks causing data races}}
  async let message = socket.receive()
  try await socket.send("meanwhile")
  print(try await message)
}
