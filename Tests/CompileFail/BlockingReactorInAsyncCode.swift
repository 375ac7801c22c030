import ZeroMQ

func react(_ reactor: Reactor) async throws {
  // expected-error@+1 {{instance method 'run' is unavailable from asynchronous contexts; it blocks the thread}}
  try reactor.run()
}
