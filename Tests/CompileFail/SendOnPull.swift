import ZeroMQ

func send(_ socket: PullSocket) throws {
  // expected-error@+1 {{requires that 'SocketType.Pull' conform to 'SendingKind'}}
  try socket.send("text")
}
