import ZeroMQ

func bridge(_ frontend: RouterSocket, _ backend: XPubSocket) throws {
  // expected-error@+1 {{cannot convert value of type 'XPubSocket' (aka 'Socket<SocketType.XPub>') to expected argument type}}
  try proxy(frontend: frontend, backend: backend)
}
