import ZeroMQ

func share() -> @Sendable () throws -> Void {
  let reactor = Reactor()
  // expected-error@+1 {{capture of 'reactor' with non-Sendable type 'Reactor' in a '@Sendable' closure}}
  return { try reactor.run() }
}
