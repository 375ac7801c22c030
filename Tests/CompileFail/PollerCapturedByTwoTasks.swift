import ZeroMQ

func share(_ context: Context) throws {
  var poller = Poller()
  poller.add(try context.socket(.pull), for: .readable)
  let shared = poller
  // expected-error@+1 {{sending value of non-Sendable type '() async throws -> ()' risks causing data races}}
  Task {
    var poller = shared
    _ = try await poller.wait()
  }
  Task {
    var poller = shared
    _ = try await poller.wait()
  }
}
