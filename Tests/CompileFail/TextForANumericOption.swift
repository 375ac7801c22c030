import ZeroMQ

func send(_ socket: RouterSocket, _ client: Frame, _ text: String, _ number: Int, _ texts: [String]) throws {
  // expected-error@+1 {{cannot convert value of type 'String' to expected argument type 'Duration'}}
  try socket.set(.linger, to: text)
}
