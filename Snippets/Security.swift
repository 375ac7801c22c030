//! A CURVE server that lets in the clients whose keys it knows.

import ZeroMQ

func serve(_ context: Context, _ client: CurvePublicKey) throws {
  // snippet.show
  let keys = try CurveKeyPair()
  let authenticator = try Authenticator(context)
  authenticator.serve("backend", by: .keys([client]))
  let server = try context.socket(.rep)
  try server.secure(.curveServer(secretKey: keys.secretKey, clients: .authenticated(domain: "backend")))
  try server.bind("tcp://*:5555")
  // snippet.hide
}
