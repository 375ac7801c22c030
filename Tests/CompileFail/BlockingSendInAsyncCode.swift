import ZeroMQ

func send(to socket: PushSocket) async throws {
  // expected-error@+1 {{expression is 'async' but is not marked with 'await'}}
  try socket.send("hello")
}
