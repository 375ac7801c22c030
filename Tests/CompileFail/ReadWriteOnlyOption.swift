import ZeroMQ

func read(_ socket: RouterSocket) throws {
  // expected-error@+1 {{}}
  _ = try socket.get(.routerMandatory)
}
