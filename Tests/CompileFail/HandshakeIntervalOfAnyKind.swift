import ZeroMQ

func hurry<Kind: SocketKind>(_ socket: Socket<Kind>) throws {
  // expected-error@+1 {{STREAM does not have this option; generic code needs Kind: HandshakingKind}}
  try socket.set(.handshakeInterval, to: .seconds(1))
}
