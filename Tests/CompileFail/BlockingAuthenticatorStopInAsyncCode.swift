import ZeroMQ

func end(_ authenticator: Authenticator) async {
  // expected-error@+1 {{expression is 'async' but is not marked with 'await'}}
  authenticator.stop()
}
