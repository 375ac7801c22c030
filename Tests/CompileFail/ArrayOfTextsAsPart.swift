import ZeroMQ

func send(_ socket: RouterSocket, _ client: Frame, _ text: String, _ number: Int, _ texts: [String]) throws {
  // expected-error@+1 {{requires that 'String' conform to '_Byte'}}
  try socket.send(client, texts)
}
