import ZeroMQ

func poll(_ socket: PullSocket) async throws {
  var poller = Poller()
  poller.add(socket, for: .readable)
  // expected-error@+1 {{expression is 'async' but is not marked with 'await'}}
  print(try poller.wait().count)
}
