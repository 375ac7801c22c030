import ZeroMQ

func configure(_ socket: RouterSocket) throws {
  // expected-error@+1 {{cannot convert value of type 'Int' to expected argument type 'Duration'}}
  try socket.set(.linger, to: 500)
}
