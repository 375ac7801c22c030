import ZeroMQ

func subscribe(_ socket: SubSocket) throws {
  // expected-error@+1 {{requires that 'Int' conform to 'MessagePart'}}
  try socket.subscribe(to: 10001)
}
