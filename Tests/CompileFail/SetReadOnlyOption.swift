import ZeroMQ

func configure(_ socket: RouterSocket) throws {
  // expected-error@+1 {{}}
  try socket.set(.lastEndpoint, to: "tcp://127.0.0.1:5555")
}
