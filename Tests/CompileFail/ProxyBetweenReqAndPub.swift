import ZeroMQ

func bridge(_ frontend: ReqSocket, _ backend: PubSocket) throws {
  // expected-error@+1 {{'proxy(frontend:backend:capture:control:)' is unavailable: these kinds do not go together: ROUTER and DEALER do, XSUB and XPUB, PAIR and PAIR, PULL or SUB and PUSH or PUB; any other pair must be two AnySockets: proxy(frontend: AnySocket(a), backend: AnySocket(b))}}
  try proxy(frontend: frontend, backend: backend)
}
