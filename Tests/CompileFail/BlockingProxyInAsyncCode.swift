import ZeroMQ

func forward(_ frontend: RouterSocket, _ backend: DealerSocket) async throws {
  // expected-error@+1 {{expression is 'async' but is not marked with 'await'}}
  try proxy(frontend: frontend, backend: backend)
}
