import ZeroMQ

func send(_ socket: RouterSocket, _ client: Frame, _ text: String, _ number: Int, _ texts: [String]) async throws {
  // expected-error@+2 {{write the parts without brackets: send(client, "", text)}}
  // expected-warning@+1 {{no 'async' operations occur}}
  try await socket.send([client, "", text])
}
