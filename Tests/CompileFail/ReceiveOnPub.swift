import ZeroMQ

func receive(_ socket: PubSocket) throws {
  // expected-error@+1 {{requires that 'SocketType.Pub' conform to 'ReceivingKind'}}
  _ = try socket.receive()
}
