import ZeroMQ

func bridge(_ frontend: ReqSocket, _ backend: PubSocket, _ control: ProxyControl) throws {
  try proxy(frontend: frontend, backend: backend, control: control)
  // expected-error@-1 {{requires that 'SocketType.Req' conform to 'ProxyingKind'}}
  // expected-error@-2 {{cannot convert value of type 'PubSocket'}}
}
