import ZeroMQ

func react(_ reactor: Reactor) async throws {
  // expected-error@+1 {{instance method 'run' is unavailable from asynchronous contexts; blocks the thread; a reactor has no async overload, run it on a thread of its own}}
  try reactor.run()
}
