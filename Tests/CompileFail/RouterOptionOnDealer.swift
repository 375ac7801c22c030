import ZeroMQ

func configure(_ socket: DealerSocket) throws {
  // expected-error@+1 {{}}
  try socket.set(.routerMandatory, to: true)
}
