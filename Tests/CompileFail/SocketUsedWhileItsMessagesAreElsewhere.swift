import ZeroMQ

func share(_ context: Context) async throws {
  let socket = try context.socket(.pair)
  let messages = socket.messages
  // expected-error@+1 {{sending value of non-Sendable type '() async throws -> ()' risks causing data races}}
  Task { for try await message in messages { print(message) } }
  try await socket.send("meanwhile")
}
