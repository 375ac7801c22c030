import ZeroMQ

func send(_ socket: RouterSocket, _ client: Frame, _ text: String, _ number: Int, _ texts: [String]) throws {
  // expected-error@+1 {{an array is a part only as '[UInt8]'}}
  try socket.send(client, texts)
}
