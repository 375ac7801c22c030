import ZeroMQ

func send(_ socket: SubSocket, _ client: Frame, _ text: String, _ number: Int, _ texts: [String]) throws {
  // expected-error@+1 {{requires that 'SocketType.Sub' conform to 'SendingKind'}}
  try socket.send(client, "", text)
}
