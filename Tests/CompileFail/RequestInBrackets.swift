import ZeroMQ

func send(_ socket: ReqSocket, _ client: Frame, _ text: String, _ number: Int, _ texts: [String]) throws {
  // expected-error@+1 {{write the parts without brackets: request("get", key)}}
  _ = try socket.request(["get", text])
}
