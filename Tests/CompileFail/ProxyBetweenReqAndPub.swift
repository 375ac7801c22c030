import ZeroMQ

func bridge(_ frontend: ReqSocket, _ backend: PubSocket) throws {
  try proxy(frontend: frontend, backend: backend)
  // expected-error@-1 {{requires that 'SocketType.Req' conform to 'ProxyingKind'}}
  // expected-error@-2 {{cannot convert value of type 'PubSocket'}}
}
