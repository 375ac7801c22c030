import ZeroMQ

func ask(_ socket: ReqSocket) async throws {
  // expected-error@+1 {{expression is 'async' but is not marked with 'await'}}
  print(try socket.request("question") as Any)
}
