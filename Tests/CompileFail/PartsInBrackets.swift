import ZeroMQ

func send(_ socket: RouterSocket, _ client: Frame, _ text: String, _ number: Int, _ texts: [String]) throws {
  // expected-error@+1 {{write the parts without brackets: send(client, "", text)}}
  try socket.send([client, "", text])
}
