import ZeroMQ

func share(_ context: Context) throws {
  let messages = try context.socket(.pull).messages
  // expected-error@+1 {{sending value of non-Sendable type '() async throws -> ()' risks causing data races}}
  Task { for try await message in messages { print(message) } }
  Task { for try await message in messages { print(message) } }
}
