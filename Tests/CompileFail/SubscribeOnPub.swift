import ZeroMQ

func subscribe(_ socket: PubSocket) throws {
  // expected-error@+1 {{requires that 'SocketType.Pub' conform to 'SubscribingKind'}}
  try socket.subscribe(to: "topic")
}
