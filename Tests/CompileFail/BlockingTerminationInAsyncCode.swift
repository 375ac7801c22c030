import ZeroMQ

func end(_ context: Context) async throws {
  // expected-error@+1 {{expression is 'async' but is not marked with 'await'}}
  try context.terminate()
}
