import ZeroMQ

func send(_ socket: RouterSocket, _ client: Frame, _ text: String, _ number: Int, _ texts: [String]) throws {
  // expected-error@+1 {{requires that 'Int' conform to 'MessagePart'}}
  try socket.send(client, "", number)
}
