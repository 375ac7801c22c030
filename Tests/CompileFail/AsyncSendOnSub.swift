import ZeroMQ

func send(to socket: SubSocket) async throws {
  // expected-error@+1 {{requires that 'SocketType.Sub' conform to 'SendingKind'}}
  try await socket.send("hello")
}
