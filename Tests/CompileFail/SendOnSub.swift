import ZeroMQ

func send(_ socket: SubSocket) throws {
  // expected-error@+1 {{requires that 'SocketType.Sub' conform to 'SendingKind'}}
  try socket.send("text")
}
