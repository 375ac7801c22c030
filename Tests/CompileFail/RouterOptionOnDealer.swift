import ZeroMQ

func configure(_ socket: DealerSocket) throws {
  // expected-error@+1 {{'routerMandatory' is unavailable: only ROUTER has this option}}
  try socket.set(.routerMandatory, to: true)
}
