import ZeroMQ

func watch(_ monitor: Monitor) async throws {
  // expected-error@+1 {{expression is 'async' but is not marked with 'await'}}
  print(try monitor.receive())
}
