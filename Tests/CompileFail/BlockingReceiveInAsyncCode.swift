import ZeroMQ

func receive(from socket: PullSocket) async throws {
  // expected-error@+1 {{expression is 'async' but is not marked with 'await'}}
  print(try socket.receive())
}
