import ZeroMQ

func subscribe(_ socket: PubSocket) throws {
  // expected-error@+1 {{no exact matches in call to instance method 'subscribe'}}
  try socket.subscribe(to: "topic")
}
