import ZeroMQ

func ask(_ socket: DealerSocket) async throws {
  // expected-error@+1 {{requires that 'SocketType.Dealer' conform to 'RequestingKind'}}
  _ = try await socket.request("question", timeout: .seconds(1))
}
