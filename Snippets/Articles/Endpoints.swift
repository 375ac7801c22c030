//! A wildcard port.

import ZeroMQ

func bind(_ server: RepSocket, _ client: ReqSocket) throws {
  // snippet.show
  let endpoint = try server.bind("tcp://127.0.0.1:*")  // "tcp://127.0.0.1:49152"
  try client.connect(endpoint)
  // snippet.hide
}
