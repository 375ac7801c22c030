import ZeroMQ

func read(_ socket: RouterSocket) throws {
  // expected-error@+1 {{instance method 'get' requires that 'OptionAccess.WriteOnly' conform to 'ReadableAccess'}}
  _ = try socket.get(.routerMandatory)
}
