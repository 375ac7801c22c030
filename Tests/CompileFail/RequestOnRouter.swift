import ZeroMQ

func ask(_ socket: RouterSocket) async throws {
  // expected-error@+1 {{requires that 'SocketType.Router' conform to 'RequestingKind'}}
  _ = try await socket.request("question", timeout: .seconds(1))
}
