import ZeroMQ

func receive(_ socket: PushSocket) throws {
  // expected-error@+1 {{requires that 'SocketType.Push' conform to 'ReceivingKind'}}
  _ = try socket.receive()
}
