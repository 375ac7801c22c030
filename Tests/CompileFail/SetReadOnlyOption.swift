import ZeroMQ

func configure(_ socket: RouterSocket) throws {
  // expected-error@+1 {{instance method 'set(_:to:)' requires that 'OptionAccess.ReadOnly' conform to 'WritableAccess'}}
  try socket.set(.lastEndpoint, to: "tcp://127.0.0.1:5555")
}
