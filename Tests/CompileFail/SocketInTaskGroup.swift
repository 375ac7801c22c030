import ZeroMQ

func share(_ context: Context) async throws {
  let socket = try context.socket(.push)
  try await withThrowingTaskGroup(of: Void.self) { group in
    // expected-error@+1 {{passing closure as a 'sending' parameter risks causing data races}}
    group.addTask { try await socket.send("one") }
    // expected-error@+1 {{passing closure as a 'sending' parameter risks causing data races}}
    group.addTask { try await socket.send("two") }
    try await group.waitForAll()
  }
}
